"""Figures that a sentence gives roughly, or as a bound: about 1万人, 2時間以上, "just under two hours"."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_REACH = 24
LEEWAY = 0.06
"""How far a rounded number may be from what it rounds, as a share."""
_NEAR = 0.15
"""How far what is meant may be from a bound, or from what it is nearly, as a share."""
_COUNTER = r"\s*(?:[一-龥ァ-ヶ]{1,4}?|%|[a-z]{1,12})?\s*"


class _Wording(NamedTuple):
    """What may stand before and after a figure, and how far below and above what is meant may be, as shares of it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    below: float
    above: float


def _wording(before: str, after: str, below: float, above: float) -> _Wording:
    return _Wording(
        re.compile(rf"(?:{before})\s*(?:the |an? )?[約¥$€#]?$", re.IGNORECASE),
        re.compile(rf"{_COUNTER}(?:{after})", re.IGNORECASE),
        below,
        above,
    )


_WORDINGS = (
    # A little less or more than it says.
    _wording(
        r"nearly|almost|just under|just short of|close to|not quite",
        r"近[くい]|弱(?![いく])|足らず|たらず|に迫|にせま|に届かない|そこそこ",
        _NEAR,
        0.0,
    ),
    _wording(
        r"just over|a little over|slightly more than",
        r"強(?![いく])|あまり|余り|ちょっと|と少し|過ぎ|すぎ",
        0.0,
        _NEAR,
    ),
    # Bounds.
    _wording(
        r"more than|over|above|at least|upwards of|no less than|exceed(?:ed|ing|s)?|少なくとも",
        r"以上|(?:の(?:しきい値|閾値|基準|上限))?(?:を超|を越|を上回)|超(?!過)|を超|を越|を上回|or more|\+",
        0.0,
        _NEAR,
    ),
    _wording(
        r"less than|fewer than|under|below|at most|within|up to|no more than|最大|最長|せいぜい|長くて|多くて",
        r"以下|未満|以内|を切|を下回|に満た|or less|or fewer",
        _NEAR,
        0.0,
    ),
    _wording(
        r"約|およそ|ほぼ|ざっと|だいたい|おおむね|about|around|roughly|approximately|some|~|≒",
        r"程度|前後|ほど|くらい|ぐらい|or so|-ish",
        LEEWAY,
        LEEWAY,
    ),
)


def is_roughly(text: str, span: tuple[int, int], value: float, others: Iterable[float], looseness: float = 1.0) -> bool:
    """Whether a figure is said to be rough, or a bound, and one of the others may be what is meant.

    Args:
        text: the sentence.
        span: where the figure stands in it.
        value: the figure.
        others: figures of the evidence, in the unit of `value`.
        looseness: how many times the usual shares it may be off.
    """
    wordings = _wordings(text, span)
    return any(
        -each.below * looseness <= other / value - 1 <= each.above * looseness
        for other in others
        for each in wordings
        if value
    )


def _wordings(text: str, span: tuple[int, int]) -> list[_Wording]:
    start, end = span
    # A figure may begin with the sign: 約1万.
    before = text[max(0, start - _REACH) : start] + (text[start] if text[start] in "約~≒" else "")
    return [
        wording
        for wording in _WORDINGS
        if wording.before.search(before) or wording.after.match(text, end, end + _REACH)
    ]
