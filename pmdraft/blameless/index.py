"""Which patterns are worth trying on a sentence: those whose needles are all in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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

    def candidates(self, marked: str) -> list[Candidate]:
        """The patterns to try on a sentence, in order.

        Args:
            marked: the sentence in lower case, its actors marked.
        """
        # No letter of an actor is one of ASCII.
        text = marked if marked.isascii() else _ACTOR.sub(SOMEBODY, marked)
        return (self._all if SOMEBODY in text else self._without_actor).announced_in(text)

    @cached_property
    def _all(self) -> "_Search":
        return _Search(self._patterns())

    @cached_property
    def _without_actor(self) -> "_Search":
        """What can match in a sentence without anybody: few of the patterns, for most of the sentences."""
        return _Search(candidate for candidate in self._patterns() if not candidate[1].needs_actor)

    def _patterns(self) -> Iterator[Candidate]:
        return ((rule, matcher) for rule in self._rules for matcher in rule.matchers)


class _Search:
    """One search for all needles of some patterns.

    A number has a bit for each pattern, once for each set of needles that a pattern can have: what is set in all of its
    places is worth a try. Sets that a pattern lacks are there from the start.
    """

    def __init__(self, patterns: Iterable[Candidate]) -> None:
        self._patterns = tuple(patterns)
        self._lacking = 0
        announced: defaultdict[str, int] = defaultdict(int)
        for number, (_, matcher) in enumerate(self._patterns):
            for place in range(MOST_SETS):
                bit = 1 << (place * len(self._patterns) + number)
                if place >= len(matcher.needles):
                    self._lacking |= bit
                    continue
                for needle in matcher.needles[place]:
                    announced[needle] |= bit
        self._announced = list(announced.values())
        # Of the library's ways to hold so many strings, the one that is built and that finds the soonest.
        self._needles = AhoCorasick(
            list(announced), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def announced_in(self, text: str) -> list[Candidate]:
        """The patterns whose needles are all in a text, in order."""
        found = self._lacking
        for needle, _, _ in self._needles.find_matches_as_indexes(text, overlapping=True):
            found |= self._announced[needle]
        many = len(self._patterns)
        complete = (1 << many) - 1
        for place in range(MOST_SETS):
            complete &= found >> (place * many)
        return [self._patterns[number] for number in _bits(complete)] if complete else []


def _bits(number: int) -> Iterable[int]:
    """The places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
