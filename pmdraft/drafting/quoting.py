"""Whether the words that a claim was made from really stand in the evidence.

A model names the words before it writes; code looks them up. Words that are in no
evidence make a citation void, and a claim of which no citation holds is not taken.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from pmdraft.evidence import Evidence, Incident
from pmdraft.statement import Quotation
from pmdraft.wire import Quoted

# What a copy may differ in without being another text: spaces, mark-up, quotation marks and their like.
_LOOSE = re.compile(r"[\s*_~`\"'“”‘’「」『』<>|\\…。．.,、，]+")
_GAP = re.compile(r"…+|\.{3,}")
_SPOKEN = re.compile(r"「([^「」]{1,400})」|『([^『』]{1,400})』|“([^“”]{1,400})”|\"([^\"]{1,400})\"")
_LEAST_ASCII = 4
_LEAST = 2
# Words this long that stand elsewhere are taken for a slip of the id, shorter ones stand everywhere.
_TELLING = 8


class Miss(NamedTuple):
    """Words that are not where they were said to be."""

    quoted: Quoted
    holder: str | None
    """Id of the evidence that does hold them."""


class LookedUp(NamedTuple):
    """What became of the quotations of one claim."""

    quotes: tuple[Quotation, ...]
    """Those that hold, a wrong id put right."""
    misses: tuple[Miss, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the evidence that holds, each once."""
        return tuple(dict.fromkeys(quote.evidence for quote in self.quotes))


class Quotations:
    """Looks quoted words up in one incident's evidence."""

    def __init__(self, incident: Incident) -> None:
        self._evidence = incident.evidence

    def look_up(self, quoted: Iterable[Quoted]) -> LookedUp:
        """Which of these quotations hold."""
        quotes: dict[tuple[str, str], Quotation] = {}
        misses = []
        for item in quoted:
            holder = self._holder(item)
            if holder != item.id:
                misses.append(Miss(item, holder))
            if holder is not None:
                words = item.words.strip()
                quotes.setdefault((holder, words), Quotation(evidence=holder, words=words))
        return LookedUp(tuple(quotes.values()), tuple(misses))

    def _holder(self, item: Quoted) -> str | None:
        """Id of the evidence that holds the words: the one that was named, else the nearest to it."""
        if item.id in self._folded and _holds(self._folded[item.id], item.words):
            return item.id
        if len(folded(item.words)) < _TELLING:
            return None
        places = {name: place for place, name in enumerate(self._folded)}
        named = places.get(item.id, 0)
        others = [name for name, text in self._folded.items() if _holds(text, item.words)]
        return min(others, key=lambda name: abs(places[name] - named), default=None)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {item.id: folded(item.text) for item in self._evidence}


def folded(text: str) -> str:
    """A text as it is compared: full- and half-width alike, without case, spaces and mark-up."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text).casefold())


def spoken(text: str) -> Iterator[str]:
    """Each passage in quotation marks, without the marks."""
    for match in _SPOKEN.finditer(text):
        yield match[match.lastindex or 0]


def is_quoted_from(words: str, evidence: Iterable[Evidence]) -> bool:
    """Whether any of this evidence holds these words."""
    return any(_holds(folded(item.text), words) for item in evidence)


def _holds(text: str, words: str) -> bool:
    """Whether a folded text has these words; where they leave something out (…), its pieces in their order."""
    whole = folded(words)
    if whole and whole in text:
        return len(whole) >= (_LEAST_ASCII if whole.isascii() else _LEAST) or whole == text
    start = 0
    pieces = [piece for part in _GAP.split(words) if (piece := folded(part))]
    for piece in pieces:
        place = text.find(piece, start)
        if place < 0 or len(piece) < _LEAST:
            return False
        start = place + len(piece)
    return len(pieces) > 1
