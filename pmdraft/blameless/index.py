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
        numbered = list(enumerate(matcher for _, matcher in self._all))
        self._of_anybody = _Announcements((n, each.needles) for n, each in numbered if each.needs_actor)
        self._of_words = _Announcements((n, each.needles) for n, each in numbered if not each.needs_actor)

    def candidates(self, lower: str, *, with_actors: bool) -> list[Candidate]:
        """The patterns to try on a sentence in lower case, in order.

        Args:
            lower: the sentence.
            with_actors: whether the sentence may speak of somebody, without whom most patterns cannot match.
        """
        numbers = self._of_words.complete_in(lower)
        if with_actors:
            numbers += self._of_anybody.complete_in(lower)
        return [self._all[number] for number in sorted(numbers)]


class _Announcements:
    """Which patterns, by number, have all of their needles in a text."""

    def __init__(self, patterns: Iterable[tuple[int, tuple[tuple[str, ...], ...]]]) -> None:
        self._always: list[int] = []
        # Each set of needles of a pattern is a bit; a text that has all of them is worth a try.
        self._complete: dict[int, int] = {}
        announces: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, sets in patterns:
            if not sets:
                self._always.append(number)
            self._complete[number] = (1 << len(sets)) - 1
            for place, needles in enumerate(sets):
                for needle in needles:
                    announces[needle].append((number, 1 << place))
        self._announces = list(announces.values())
        self._search = AhoCorasick(list(announces), matchkind=MatchKind.Standard)

    def complete_in(self, lower: str) -> list[int]:
        found: dict[int, int] = {}
        for needle in {hit[0] for hit in self._search.find_matches_as_indexes(lower, overlapping=True)}:
            for number, bit in self._announces[needle]:
                found[number] = found.get(number, 0) | bit
        complete = self._complete
        return [number for number, bits in found.items() if bits == complete[number]] + self._always
