"""The content words of an incident's evidence, and how much of a statement they hold."""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from pmdraft.checks.glossary import concepts
from pmdraft.evidence import Evidence, Incident
from pmdraft.likeness import terms_of

_UNITS = terms_of(
    "パーセント ポイント 時間 分間 秒間 percent minutes seconds hours days times users people hosts ユーザー 全体"
)
"""What figures are counted in; they are looked up with their figures."""


class Share(NamedTuple):
    """How much of a statement's content is in evidence."""

    cited: float
    best: float
    """In the one piece of evidence that holds most of it."""
    best_id: str


Unit = frozenset[str]
"""A content word in each form that it may have in evidence."""


class Vocabulary:
    """The content words of one incident's evidence.

    Args:
        incident: the redacted incident.
    """

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self._of: dict[str, frozenset[str]] = {}

    def of(self, item: Evidence) -> frozenset[str]:
        """The content words of a piece of evidence, and the concepts that it speaks of."""
        if item.id not in self._of:
            text = f"{item.text} {item.author or ''} {item.title or ''}"
            self._of[item.id] = terms_of(text) | frozenset(name for unit in concepts(text) for name in unit)
        return self._of[item.id]

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """The ids of the evidence that holds each word."""
        holders: dict[str, list[str]] = {}
        for item in self._incident.evidence:
            for word in self.of(item):
                holders.setdefault(word, []).append(item.id)
        return holders

    def share(self, units: Collection[Unit], cited: Iterable[Evidence]) -> Share:
        """How much of these words is in the evidence that is cited, and in the one that fits best."""
        count = len(self._incident.evidence)
        weights = {
            unit: math.log((count + 1) / (max(len(self._holders.get(word, ())) for word in unit) + 0.5))
            for unit in units
        }
        total = sum(weights.values()) or 1.0
        held = frozenset[str]().union(*(self.of(item) for item in cited))
        scores: Counter[str] = Counter()
        for unit, weight in weights.items():
            for name in {name for word in unit for name in self._holders.get(word, ())}:
                scores[name] += weight  # type: ignore[assignment]  # a counter of weights
        best_id, best = max(scores.items(), key=lambda pair: pair[1], default=("", 0.0))
        return Share(sum(weight for unit, weight in weights.items() if unit & held) / total, best / total, best_id)

    def is_rare(self, word: str, share: float) -> bool:
        """Whether at most that share of the evidence has it, or three pieces."""
        return len(self._holders.get(word, ())) <= max(3.0, share * len(self._incident.evidence))

    def knows(self, word: str) -> bool:
        """Whether any evidence has it."""
        return word in self._holders


def units_of(text: str, vocabulary: Vocabulary, *, is_foreign: bool) -> set[Unit]:
    """The words of a statement that evidence in that language could hold; figures are looked up elsewhere."""
    words = {word for word in terms_of(text) if not word[0].isdigit() and len(word) > 1} - _UNITS
    if not is_foreign:
        # クローズ and 終了 are one: what has the same translation says the same.
        return {frozenset({word}).union(*concepts(word)) for word in words}
    names = {frozenset({word}) for word in words if word.isascii() and vocabulary.knows(word)}
    return names | set(concepts(text))
