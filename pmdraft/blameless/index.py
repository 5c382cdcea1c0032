"""Which patterns are worth trying on a sentence: those whose needles are all in it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pmdraft.blameless.actors import ANY_ACTOR
from pmdraft.blameless.needles import MOST_SETS, SOMEBODY
from pmdraft.blameless.rules import Matcher, Rule

_ACTOR = re.compile(f"[{ANY_ACTOR}]+")

Candidate = tuple[Rule, Matcher]


class Index:
    """The patterns of some rules by the needles that announce them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules in the order in which they are to be tried."""
        self._rules = tuple(rules)

    @cached_property
    def _all(self) -> list[Candidate]:
        return [(rule, matcher) for rule in self._rules for matcher in rule.matchers]

    @cached_property
    def _of_words(self) -> int:
        """The patterns that match without anybody, a bit for each."""
        return sum(1 << number for number, (_, matcher) in enumerate(self._all) if not matcher.needs_actor)

    @cached_property
    def _search(self) -> tuple[AhoCorasick, list[int], int]:
        """What finds needles, what each of them announces, and what needs no announcing.

        A number has a bit for each pattern, once for each set of needles that a pattern can have: what is set in all
        of its places is worth a try. Sets that a pattern lacks are there from the start.
        """
        lacking = 0
        announced: defaultdict[str, int] = defaultdict(int)
        for number, (_, matcher) in enumerate(self._all):
            for place in range(MOST_SETS):
                bit = 1 << (place * len(self._all) + number)
                if place >= len(matcher.needles):
                    lacking |= bit
                    continue
                for needle in matcher.needles[place]:
                    announced[needle] |= bit
        # Of the library's ways to hold so many strings, the one that is built and that finds the soonest.
        search = AhoCorasick(list(announced), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
        return search, list(announced.values()), lacking

    def candidates(self, marked: str) -> list[Candidate]:
        """The patterns to try on a sentence, in order.

        Args:
            marked: the sentence in lower case, its actors marked.
        """
        text = _ACTOR.sub(SOMEBODY, marked)
        search, announced, found = self._search
        for needle in {hit[0] for hit in search.find_matches_as_indexes(text, overlapping=True)}:
            found |= announced[needle]
        many = len(self._all)
        complete = (1 << many) - 1 if SOMEBODY in text else self._of_words
        for place in range(MOST_SETS):
            complete &= found >> (place * many)
        return [self._all[number] for number in _bits(complete)] if complete else []


def _bits(number: int) -> Iterable[int]:
    """The places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
