"""Figures that a message which the statement cites corrects, and that it tells all the same."""

import re
from collections.abc import Iterator
from functools import partial

from pmdraft.checks.approximate import LEEWAY
from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.clauses import clauses
from pmdraft.checks.figures import Figure, clock_value, figures
from pmdraft.checks.units import agree
from pmdraft.likeness import terms_of

_CORRECTS = re.compile(
    r"訂正|正しくは|正確には|ではなく|の誤り|の間違い"
    r"|\b(?:correct(?:ion|ed|ing)|to be (?:exact|precise)|make that|scratch that|rather than)\b",
    re.IGNORECASE,
)
_KINDS = ("clock", "date", "duration", "number")
_FEW = 2
"""Figures of one kind in a correction: the right one, and the one that it takes the place of."""
_LITTLE = 3
"""Content words, figures among them, of a clause that says no more than what the right figure is."""


def find_corrected(cited: Cited) -> Iterator[Fault]:
    """A fault for each figure of a kind that a cited message corrects, where the right one is not told."""
    corrections = [reading for reading in cited.own if _CORRECTS.search(reading.item.text)]
    if not corrections or len(cited.own) < len(corrections) + 1:
        return
    told = [figure for figure in figures(cited.statement.text) if figure.kind in _KINDS]
    words = frozenset(word for word in terms_of(cited.statement.text) if not word[0].isdigit())
    for reading in corrections:
        right = figures(_said(reading.normal, words))
        for kind in _KINDS:
            new = [figure for figure in right if figure.kind == kind]
            mine = [figure for figure in told if figure.kind == kind and any(_agree(figure, other) for other in new)]
            if not mine or len(new) > _FEW or any(_is_told(one, other, reading) for one in mine for other in new):
                continue
            yield Fault("corrected", mine[0].span, partial(_is, reading.item.id), {"by": reading.item.id})


def _said(text: str, words: frozenset[str]) -> str:
    """The clauses of a correction that may be of what a statement tells: they share a word with it, or say little."""
    return " ".join(
        clause
        for clause in clauses(text)
        if len(mine := terms_of(_CORRECTS.sub("", clause))) <= _LITTLE or mine & words
    )


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be of the same thing; of numbers both must say what they count."""
    return one.kind != "number" or bool(one.unit and other.unit and agree(one.unit, other.unit))


def _is_told(one: Figure, other: Figure, reading: Reading) -> bool:
    """Whether a figure is the right one, or that one rounded."""
    if one.kind == "clock":
        return clock_value(one.value, reading.first_day, reading.zone) == clock_value(
            other.value, reading.first_day, reading.zone
        )
    if one.kind == "number":
        return abs(float(one.value) - float(other.value)) <= LEEWAY * float(other.value)
    return one.value == other.value


def _is(name: str, reading: Reading) -> bool:
    return reading.item.id == name
