"""Ranges: two ends that cannot be one range, and an end that is not that of the range which the evidence tells."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading, nowhere
from pmdraft.checks.figures import NUMERAL, figures, number, same_length_nfkc

_CLOCK = r"\d{1,2}:\d\d"
# What joins two ends and nothing else, and what tells a change as well: 100→500, from 500 to 100.
_ONLY = r"[〜~–—]|through"
_ALSO = r"から|→|->|to|until|till"
_RANGE = re.compile(
    r"(?<![\d.,:/#-])(?P<stem>[A-Za-z][A-Za-z_-]{0,40}(?=\d))?"
    rf"(?P<first>{_CLOCK}|{NUMERAL})(?P<unit> ?(?:[一-龥ァ-ヶ]{{1,4}}|%))?"
    rf"\s?(?:(?P<only>{_ONLY})|(?P<also>{_ALSO}))\s?"
    rf"(?P<stem2>[A-Za-z][A-Za-z_-]{{0,40}}(?=\d))?(?P<last>{_CLOCK}|{NUMERAL})(?![\d:/]|[.,]\d)",
)
_INSTEAD = re.compile(
    r"\s?(?:instead of|rather than|(?:では|じゃ|で)?なく(?:て)?、?|の(?:つもり|はず)が、?)\s?", re.IGNORECASE
)
_MANY = 50
"""Ranges of one text that are looked at."""


class Range(NamedTuple):
    """Two ends, as they are compared."""

    stem: str
    """What the numbers belong to: `api-` of api-1〜6; empty for plain numbers and times."""
    first: str
    last: str
    spans: tuple[tuple[int, int], tuple[int, int]]
    tells_change: bool
    """Whether it may tell how something changed, which may go down."""

    @property
    def is_impossible(self) -> bool:
        """Whether it has one end twice, or runs backwards; past midnight a time may."""
        if ":" in self.first or self.tells_change:
            return self.first == self.last
        return float(self.first) >= float(self.last)


def find_ranges(cited: Cited) -> Iterator[Fault]:
    """A fault for each range that is none, and for each end that another end in the evidence belongs to."""
    if not cited.own:
        return
    yield from _told_twice(cited)
    text = same_length_nfkc(cited.statement.text)
    theirs = [found for reading in cited.own for found in _ranges(_normal(reading))]
    for mine in _ranges(text):
        if mine.is_impossible and not any(_is_same(mine, other) for other in theirs):
            yield Fault("range", (mine.spans[0][0], mine.spans[1][1]), nowhere)
            continue
        span = _wrong_end(mine, theirs)
        if span and not any(_says(reading, text[slice(*span)]) for reading in cited.own):
            yield Fault("range", span, nowhere)


def _told_twice(cited: Cited) -> Iterator[Fault]:
    """A fault for each figure that is put against itself: 30 minutes instead of 30 minutes."""
    text = cited.statement.text
    for one, other in pairwise(figures(text)):
        between = text[one.span[1] : other.span[0]]
        if _INSTEAD.fullmatch(between) and (one.kind, one.value, one.unit) == (other.kind, other.value, other.unit):
            yield Fault("range", (one.span[0], other.span[1]), nowhere)


def _wrong_end(mine: Range, theirs: list[Range]) -> tuple[int, int] | None:
    """Where the end of a range stands that is another in the one with the same other end."""
    alike = [other for other in theirs if other.stem == mine.stem]
    if any(_is_same(mine, other) for other in alike):
        return None
    if any(other.first == mine.first for other in alike):
        return mine.spans[1]
    return mine.spans[0] if any(other.last == mine.last for other in alike) else None


def _is_same(one: Range, other: Range) -> bool:
    return (one.stem, one.first, one.last) == (other.stem, other.first, other.last)


def _ranges(text: str) -> Iterator[Range]:
    for match in islice(_RANGE.finditer(text), _MANY):
        first, last = match["first"], match["last"]
        stem, other = ((match[name] or "").casefold() for name in ("stem", "stem2"))
        if (":" in first) == (":" in last) and other in ("", stem):
            spans = (match.span("first"), match.span("last"))
            yield Range(stem, _value(first), _value(last), spans, match["also"] is not None)


def _value(end: str) -> str:
    return end.zfill(5) if ":" in end else number(end, None)


def _says(reading: Reading, end: str) -> bool:
    """Whether its text has that time or number, wherever."""
    return re.search(rf"(?<![\d.,:]){re.escape(end)}(?![\d:]|[.,]\d)", _normal(reading)) is not None


def _normal(reading: Reading) -> str:
    return unicodedata.normalize("NFKC", reading.item.text)
