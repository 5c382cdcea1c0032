"""Which patterns are worth trying on a sentence: those one of whose needles is in it."""

import re
from collections import defaultdict
from collections.abc import Iterable

from pmdraft.blameless.needles import trie_pattern
from pmdraft.blameless.rules import Matcher, Rule

Candidate = tuple[Rule, Matcher]


class Index:
    """The patterns of some rules by the needles that announce them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules in the order in which they are to be tried."""
        self._all = [(rule, matcher) for rule in rules for matcher in rule.matchers]
        needles = {needle for _, matcher in self._all for needle in matcher.needles or ()}
        self._always = [number for number, (_, matcher) in enumerate(self._all) if not matcher.needles]
        self._by_needle: defaultdict[str, set[int]] = defaultdict(set)
        for number, (_, matcher) in enumerate(self._all):
            for needle in matcher.needles or ():
                # The search stops at the shortest needle that it meets, so a longer one counts under that.
                self._by_needle[next(needle[:n] for n in range(1, len(needle) + 1) if needle[:n] in needles)].add(
                    number
                )
        self._announced = re.compile(f"(?=({trie_pattern(needles)}))") if needles else None

    def candidates(self, lower: str, start: int, end: int) -> list[Candidate]:
        """The patterns to try on `lower[start:end]`, in order."""
        numbers = set(self._always)
        if self._announced:
            met = {match[1] for match in self._announced.finditer(lower, start, end)}
            numbers.update(*(self._by_needle[needle] for needle in met))
        return [self._all[number] for number in sorted(numbers)]
