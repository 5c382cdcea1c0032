"""Figures that the evidence holds, but of something else: the words around them are those of another figure there."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, takewhile

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import figures, number, same_length_nfkc

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,18}(?:[.:]\d{1,18}){0,6}")
_LETTERED = re.compile(r"(?<![\w.-])[A-Za-z]{2,12}-[a-d](?![\w-])", re.ASCII)
_LOOSE = re.compile(r"[\s*_~`\"'“”‘’「」『』<>|…]+")
_REACH = 24
_MANY = 300
"""Figures of one piece of evidence that are compared."""
_MOST = 30
"""And figures of one statement."""
_TELLING = 10
"""How many more letters must be alike around another figure; one of kana or kanji counts twice."""


def find_misplaced(cited: Cited) -> Iterator[Fault]:
    """A fault for each number, time or duration whose surroundings belong to another figure of the evidence."""
    text = same_length_nfkc(cited.statement.text)
    for figure in figures(text)[:_MOST]:
        digits = _DIGITS.search(text[slice(*figure.span)])
        if figure.kind not in ("name", "date") and digits:
            start = figure.span[0] + digits.start()
            # A figure that is in no text is found elsewhere, or is the time of the evidence itself.
            unsaid = 0 if figure.kind == "clock" else _REACH * 4
            if _belongs_elsewhere(text, (start, start + len(digits[0])), cited, _DIGITS, unsaid):
                yield Fault("place", figure.span, _nowhere)
    yield from (Fault("place", span, _nowhere) for span in _repeated(text, cited))
    for match in islice(_LETTERED.finditer(text), _MOST):
        if _belongs_elsewhere(text, match.span(), cited, _LETTERED, _REACH * 4):
            yield Fault("place", match.span(), _nowhere)


def _repeated(text: str, cited: Cited) -> Iterator[tuple[int, int]]:
    """The last place of each number that the statement has more often than all that it cites.

    A number put where another was stands twice. Small numbers recur in any sentence.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for figure in figures(text):
        if figure.kind == "number":
            found.setdefault(figure.value, []).append(figure.span)
    for value, spans in found.items():
        there = sum(len(reading.held.numbers.get(value, ())) for reading in cited.own)
        if 0 < there < len(spans):
            yield spans[-1]


def _belongs_elsewhere(text: str, span: tuple[int, int], cited: Cited, pattern: re.Pattern[str], unsaid: int) -> bool:
    """Whether what stands around a figure stands around another in the evidence, and not around this one there."""
    around, mine = _around(text, *span), _value(text[slice(*span)])
    alike = [
        (_likeness(around, other), value == mine)
        for value, other in _places(cited, pattern)
        if (":" in value) == (":" in mine)
    ]
    here = max((score for score, is_same in alike if is_same), default=unsaid)
    there = max((score for score, is_same in alike if not is_same), default=0)
    return there >= here + _TELLING


def _nowhere(_: Reading) -> bool:
    return False


def _places(cited: Cited, pattern: re.Pattern[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each figure of the evidence with what stands before and after it."""
    for reading in cited.own:
        text = unicodedata.normalize("NFKC", reading.item.text)
        for match in islice(pattern.finditer(text), _MANY):
            yield _value(match[0]), _around(text, *match.span())


def _value(digits: str) -> str:
    if ":" in digits:
        return ":".join(digits.split(":")[:2])
    return digits if not digits[0].isdigit() or digits.count(".") > 1 else number(digits, None)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = (
        _LOOSE.sub("", part.casefold())
        for part in (text[max(0, start - 2 * _REACH) : start], text[end : end + 2 * _REACH])
    )
    return before[::-1][:_REACH], after[:_REACH]


def _likeness(one: tuple[str, str], other: tuple[str, str]) -> int:
    return sum(
        2 if "\u3040" <= letter <= "\u9fff" else 1
        for mine, theirs in zip(one, other, strict=True)
        for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False))
    )
