"""Which patterns are worth trying on a sentence: those whose needles are all in it."""

from collections import defaultdict
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from pmdraft.blameless.rules import Matcher, Rule

Candidate = tuple[Rule, Matcher]


class Index:
    """The patterns of some rules by the needles that announce them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules in the order in which they are to be tried."""
        self._all = [(rule, matcher) for rule in rules for matcher in rule.matchers]
        self._always = [number for number, (_, matcher) in enumerate(self._all) if not matcher.needles]
        # Each set of needles of a pattern is a bit; a sentence that has all of them is worth a try.
        self._complete = [(1 << len(matcher.needles)) - 1 for _, matcher in self._all]
        announces: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (_, matcher) in enumerate(self._all):
            for place, needles in enumerate(matcher.needles):
                for needle in needles:
                    announces[needle].append((number, 1 << place))
        self._announces = list(announces.values())
        self._search = AhoCorasick(list(announces), matchkind=MatchKind.Standard)

    def candidates(self, lower: str) -> list[Candidate]:
        """The patterns to try on a sentence in lower case, in order."""
        found: defaultdict[int, int] = defaultdict(int)
        for needle in {hit[0] for hit in self._search.find_matches_as_indexes(lower, overlapping=True)}:
            for number, bit in self._announces[needle]:
                found[number] |= bit
        complete = self._complete
        numbers = [number for number, bits in found.items() if bits == complete[number]]
        return [self._all[number] for number in sorted((*numbers, *self._always))]
