"""The figures that a statement claims, each as a value that compares equal however it is written."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.number_words import number_words
from pmdraft.checks.units import unit_after, unit_before
from pmdraft.quoted_time import find_times
from pmdraft.zone_names import NAMES


class Figure(NamedTuple):
    """Something in a text that can be right or wrong.

    Attributes:
        kind: `number`, `clock` (as written, with its zone), `date` (MM-DD), `duration` (seconds) or `name`
            (letters with digits).
        value: what compares.
        span: where it stands, in code points of the text.
        unit: what a number may be counted in; empty if that is not told.
    """

    kind: str
    value: str
    span: tuple[int, int]
    unit: frozenset[str] = frozenset()


CLOCK = re.compile(
    r"(?<![\d:.+])(?:午前|午後)?\d{1,2}(?::\d\d(?::\d\d)?(?!:?\d)|時(?!間)(?:\d{1,2}分|半)?)(?:\s?[AaPp]\.?[Mm]\b\.?)?"
    rf"(?:\s?\(?(?:{NAMES}|\+\d\d:?\d\d)(?![A-Za-z\d]))?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<y>\d{4})[-/年.])?(?P<m>\d{1,2})(?:[-/](?=\d)|月)(?P<d>\d{1,2})(?![\d/%]|[.-]\d)日?"
    rf"|\b(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH})(?![a-z])"
)
_UNIT = r"日間|週間|か月間?|ヶ月間?|時間|分間|分(?!の)|秒間?|ミリ秒|(?:weeks?|months?|days?|d|hours?|hrs?|h|minutes?|mins?|m|milliseconds?|msecs?|ms|seconds?|secs?|s)(?![A-Za-z])"
DURATION = re.compile(
    # 503s are responses, not seconds.
    r"(?<![\d.,])(?![1-5]\d\ds)(?P<first>\d[\d,]{0,14}(?:\.\d{1,9})?)[ -]?"
    rf"(?P<unit>{_UNIT})"
    r"(?:(?: |と|and )*(?P<second>\d{1,9})[ -]?(?P<unit2>分間?|秒間?|(?:minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z])))?"
)
UNIT_OF_TIME = re.compile(rf"[ -]?(?P<unit>{_UNIT})")
_SECONDS = {
    "日": 86400.0, "週": 604_800.0, "か": 2_592_000.0, "ヶ": 2_592_000.0, "時": 3600.0, "分": 60.0, "秒": 1.0, "ミ": 0.001,
    "w": 604_800.0, "mo": 2_592_000.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "ms": 0.001, "milli": 0.001, "s": 1.0,
}  # fmt: skip
NUMBER = re.compile(
    r"(?<![A-Za-z\d_.,…-])[#¥$€~≒約]?(?P<n>\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)(?P<scale>万|千|億|割|[kKM](?![A-Za-z\d])| (?:thousand|million|billion)\b)?(?!\.?\d)"
)
_SCALES = {
    "万": 10_000, "千": 1_000, "億": 100_000_000, "割": 10, "k": 1_000, "K": 1_000, "M": 1_000_000,
    " thousand": 1_000, " million": 1_000_000, " billion": 1_000_000_000,
}  # fmt: skip
# 4万8千 is one number.
COMPOUND = re.compile(
    r"(?<![A-Za-z\d_.,…-])(?:\d[\d,]{0,6}[億万千百]){1,3}(?:\d[\d,]{0,6}[億万千百]|\d[\d,]{0,6}(?![\d.]))"
)
_PLACE = re.compile(r"(\d[\d,]*)([億万千百]?)")
_PLACES = {"億": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "": 1}
# A commit or a request may begin with a digit: 51d07e9. It is hexadecimal, with letters among the digits.
HASH = r"(?=[\da-f]{0,40}[a-f][\da-f]{0,40}\d)[\da-f]{6,40}"
_NAME = re.compile(
    r"(?<![A-Za-z\d_])(?=[A-Za-z_./:-]{0,40}\d)[A-Za-z][A-Za-z\d_]*(?:[-_./:][A-Za-z\d_]+)*(?![A-Za-z\d_])"
    rf"|(?<![\w.-]){HASH}(?:-[\da-f]{{4,12}}){{0,4}}(?![\w.-]*\w)"
    r"|(?<![\w.])\d{1,4}(?:\.\d{1,5}){2,3}(?![\w]|\.\d)|(?<![\w.-])[1-5]xx(?![A-Za-z\d])",
    re.ASCII,
)
# "One at a time" is a way of speaking, not a figure, and a month without a day is looked up as one.
_IDIOM = re.compile(
    r"(?<!\d)1?\d月(?!間|\s?\d)|1 ?(?:つ|台|件|人|個|本)?(?:ずつ|度)|(?<!\d)1 (?:at a time|by 1)|24/7|\d{1,2}時台|一[つ度]|1 ?(?:時間|分|秒|日|週間?|か月)(?:あたり|当たり|毎|ごと|おき)"
)


def figures(text: str) -> list[Figure]:
    """The figures that a statement claims, the longest reading of each: 14:23 is a clock, not two numbers."""
    normal = same_length_nfkc(text)
    taken = [False] * len(normal)
    for match in _IDIOM.finditer(normal):
        taken[match.start() : match.end()] = [True] * len(match[0])
    found: list[Figure] = []
    for kind, pattern, value_of in _READINGS:
        for match in pattern.finditer(normal):
            start, end = match.span()
            value = value_of(match)
            if value is not None and not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(
                    Figure(kind, value, (start, end), _unit(normal, match) if kind == "number" else frozenset())
                )
    return sorted([*found, *_in_words(normal, taken)], key=lambda figure: figure.span)


def _in_words(text: str, taken: list[bool]) -> list[Figure]:
    """Number words, where a unit says that they count something."""
    found = []
    for value, (start, end) in number_words(text):
        if any(taken[start:end]):
            continue
        if unit := unit_after(text, end):
            found.append(Figure("number", as_value(value), (start, end), unit))
        elif match := UNIT_OF_TIME.match(text, end):
            found.append(Figure("duration", as_value(value * seconds_of(match["unit"])), (start, match.end())))
    return found


def clock_value(text: str, on: date, zone: ZoneInfo) -> str | None:
    """The clock figure as HH:MM in `zone`."""
    midday = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
    at = next(find_times(text, midday, zone), None)
    return f"{at.astimezone(zone):%H:%M}" if at else None


def seconds(match: re.Match[str]) -> float:
    """The length of a match of `DURATION`."""
    total = float(match["first"].replace(",", "")) * seconds_of(match["unit"])
    if match["second"]:
        total += int(match["second"]) * seconds_of(match["unit2"])
    return total


def seconds_of(unit: str) -> float:
    """The length of a unit of time."""
    plain = unit.lower()
    if plain.startswith(("milli", "ms")):
        return 0.001
    return _SECONDS["mo" if plain.startswith("mo") else plain[0]]


def number(digits: str, scale: str | None) -> str:
    """A number as it is compared."""
    return as_value(float(digits.replace(",", "")) * _SCALES.get(scale or "", 1))


def compound(text: str) -> str:
    """The value of a number with several scales: 4万8千, 1億2,000万."""
    return as_value(sum(int(digits.replace(",", "")) * _PLACES[place] for digits, place in _PLACE.findall(text)))


def as_value(value: float) -> str:
    """A number without trailing zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def name_value(text: str) -> str:
    """Letters and digits as they are compared: without case, spaces and hyphens, and a version without its v."""
    return re.sub(r"[\s_-]|(?<![A-Za-z0-9])v(?=\d)", "", text.casefold())


def same_length_nfkc(text: str) -> str:
    """Full-width forms made half-width one by one, so that spans stay those of the text."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", character)) == 1 else character for character in text
    )


def day(match: re.Match[str]) -> str | None:
    """The date of a match of `DATE` as MM-DD; None if there is no such day."""
    name = match["m1"] or match["m2"]
    month = _MONTHS[name[:3].lower()] if name else int(match["m"])
    of_month = int(match["d"] or match["d1"] or match["d2"])
    return f"{month:02}-{of_month:02}" if 1 <= month <= 12 and 1 <= of_month <= 31 else None


def _unit(text: str, match: re.Match[str]) -> frozenset[str]:
    if match.re is NUMBER and match["scale"] == "割":
        return frozenset({"percent"})
    return unit_before(text, match.start()) or unit_after(text, match.end())


# In this order: what is read as one kind is not read again as another.
_READINGS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("name", _NAME, lambda match: name_value(match[0]) if any(letter.isdigit() for letter in match[0]) else None),
    ("date", DATE, day),
    ("clock", CLOCK, lambda match: match[0]),
    ("duration", DURATION, lambda match: as_value(seconds(match))),
    ("number", COMPOUND, lambda match: compound(match[0])),
    ("number", NUMBER, lambda match: number(match["n"], match["scale"])),
)
