"""Figures that the evidence holds, but of something else: the words around them are those of another figure there."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, takewhile

from pmdraft.checks.approximate import is_roughly
from pmdraft.checks.cited import Cited, Fault, nowhere
from pmdraft.checks.figures import PLAIN, Figure, figures, number, same_length_nfkc

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,18}(?:[.:]\d{1,18}){0,6}")
_LETTERED = re.compile(r"(?<![\w.-])[A-Za-z]{2,12}-[a-d](?![\w-])", re.ASCII)
# A message that is a figure with its unit and no more.
_ALONE = re.compile(
    r"\W*(?P<figure>\d[\d.,:]{0,17})(?<![.,:])[ -]?"
    r"(?:[A-Za-z]{1,12}|[一-龥]{1,3}|[ァ-ヶー]{1,6})?(?:です|でした|だ)?\W*"
)
_ISSUE = re.compile(r"#\d{1,9}|(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,9}-\d{1,9}(?!\d)")
_LOOSE = re.compile(r"[\s*_~`\"'“”‘’「」『』<>|…]+")
_OCCASION = re.compile(r"\s?(?:度|回|つ目|番|人目|件目|台目)")
_FROM = re.compile(r"(?<![\d.,:])(?P<first>\d[\d.,:]{0,17})\s?[^\s\d、。]{0,4}\s?(?:から|〜|~|→|->|\bto)\s?$")
_FAR = 4.0
"""How much further than usual a bound may be from what it is said of."""
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
            if _belongs_elsewhere(text, (start, start + len(digits[0])), cited, _DIGITS, figure):
                yield Fault("place", figure.span, nowhere)
    yield from (Fault("place", span, nowhere) for span in _repeated(text, cited))
    if cited.path.endswith(".issue") and _is_issue_of_another(text.strip(), cited):
        yield Fault("place", (0, len(text)), nowhere)
    for match in islice(_LETTERED.finditer(text), _MOST):
        if _belongs_elsewhere(text, match.span(), cited, _LETTERED):
            yield Fault("place", match.span(), nowhere)


def _repeated(text: str, cited: Cited) -> Iterator[tuple[int, int]]:
    """The last place of each number that the statement has more often than all that it cites, and of such a date.

    A number put where another was stands twice. Small numbers recur in any sentence, and so does the day of all that is
    cited; but where the statement tells as many dates as that is of days, each of them is one.
    """
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for figure in figures(text):
        found.setdefault((figure.kind, figure.value), []).append(figure.span)
    days = {f"{reading.item.at.astimezone(reading.zone):%m-%d}" for reading in cited.own}
    dates = [value for kind, value in found if kind == "date"]
    for (kind, value), spans in found.items():
        if kind == "number" and all(_OCCASION.match(text, end) for _, end in spans):
            continue  # what was processed 2度 was refused 2度目
        there = sum(len(reading.held.numbers.get(value, ())) for reading in cited.own) if kind == "number" else 0
        is_day_of_another = kind == "date" and len(dates) < len(days) == len(dates) + len(spans) - 1
        if 0 < there < len(spans) or (is_day_of_another and value in days):
            yield spans[-1]


def _is_issue_of_another(issue: str, cited: Cited) -> bool:
    """Whether another action has that issue, while one that is told beside it belongs to no action."""
    taken = cited.whole.issues if cited.whole else frozenset()
    named = {match[0] for reading in cited.own for match in _ISSUE.finditer(reading.normal)}
    return issue in taken and bool(named - taken - {issue})


def _belongs_elsewhere(
    text: str, span: tuple[int, int], cited: Cited, pattern: re.Pattern[str], figure: Figure | None = None
) -> bool:
    """Whether what stands around a figure stands around another in the evidence, and not around this one there.

    Of what is 6万 it may be told that it is over 5万. One that no text has follows from others, or is the time of a
    message; nothing stands around it there.
    """
    around, mine = _around(text, *span), _value(text[slice(*span)])
    alike = [
        (_likeness(around, other), value == mine, not any(other))
        for value, other in _places(cited, pattern)
        if (":" in value) == (":" in mine) and (value == mine or not _is_said_of(value, mine, text, figure))
    ]
    # Who answers with the figure alone says what it is of by answering.
    if any(is_same and is_alone for _, is_same, is_alone in alike):
        return False
    here = max((score for score, is_same, _ in alike if is_same), default=0)
    there = max((score for score, is_same, _ in alike if not is_same), default=0)
    return there >= here + _TELLING


def _is_said_of(value: str, digits: str, text: str, figure: Figure | None) -> bool:
    """Whether a number, or the digits of a length, said to be rough or a bound, may be said of another."""
    if figure is None or figure.kind not in ("number", "duration"):
        return False
    mine = figure.value if figure.kind == "number" else digits
    if not (PLAIN.fullmatch(value) and PLAIN.fullmatch(mine)):
        return False
    return is_roughly(text, figure.span, float(mine), [float(value)], looseness=_FAR)


def _places(cited: Cited, pattern: re.Pattern[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each figure of the evidence with what stands before and after it."""
    for reading in cited.own:
        text = unicodedata.normalize("NFKC", reading.item.text)
        if alone := _ALONE.fullmatch(text):
            yield _value(alone["figure"]), ("", "")
            continue
        for match in islice(pattern.finditer(text), _MANY):
            before, after = _around(text, *match.span())
            yield _value(match[0]), (before, after)
            # What went from 4,000 to 7,500 is 7,500: what stands before the first belongs to both.
            if first := _FROM.search(text, max(0, match.start() - _REACH), match.start()):
                yield _value(match[0]), (_around(text, *first.span("first"))[0], after)


def _value(digits: str) -> str:
    if ":" in digits:
        return ":".join(digits.split(":")[:2])
    return digits if not digits[0].isdigit() or digits.count(".") > 1 else number(digits, None)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = (
        _LOOSE.sub("", part.casefold()).replace("は", "が").replace("を超えて", "超")
        for part in (text[max(0, start - 2 * _REACH) : start], text[end : end + 2 * _REACH])
    )
    return before[::-1][:_REACH], after[:_REACH]


def _likeness(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How many letters around two figures are alike; those of other figures are none, and kana and kanji tell more."""
    return sum(
        (2 if "\u3040" <= letter <= "\u9fff" else 1)
        for mine, theirs in zip(one, other, strict=True)
        for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False))
        if not letter.isdigit()
    )
