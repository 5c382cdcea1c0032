"""The figures that a statement claims, each as a value that compares equal however it is written."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
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

    @property
    def is_telling(self) -> bool:
        """Whether it is not in a text by chance, as one digit is."""
        return self.kind != "number" or len(self.value) > 1


NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,9})?"
"""A number without a scale, as a pattern."""
PLAIN = re.compile(r"\d+(?:\.\d+)?")
"""The value of a number: neither a version nor a fraction."""
CLOCK = re.compile(
    r"(?<![\d:.+])(?:(?:午前|午後) ?)?\d{1,2}(?::\d\d(?::\d\d)?(?!:?\d)| ?時(?!間)(?: ?\d{1,2} ?分| ?半)?|(?=\s?[AaPp]\.?[Mm]\b))(?:\s?[AaPp]\.?[Mm]\b\.?)?"
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
    r"(?<![\d/.-])(?:(?P<y>\d{4})(?:[-/.]| ?年 ?))?(?P<m>\d{1,2})(?:[-/](?=\d)| ?月 ?)(?P<d>\d{1,2})(?![\d/%]|[.-]\d)(?: ?日)?"
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
# What follows 億 or 万: 1万2,600, 6万1千, 1億2千万.
_REST = r"(?: ?(?:\d,\d{3}|\d{3,4}|\d ?千(?: ?\d ?百)?|\d ?百)(?![\d,]*\.?\d)(?: ?万)?){0,2}"
NUMBER = re.compile(
    r"(?<![A-Za-z\d_.,…-])[#¥$€~≒約]?(?P<n>\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)"
    rf"(?P<scale> ?(?:[千百]?[億万]|[千百]){_REST}| ?割|[kKM](?![A-Za-z\d])| (?:thousand|million|billion)\b)?(?!\.?\d)"
)
_SCALES = {
    "割": 10, "k": 1_000, "K": 1_000, "M": 1_000_000, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_MYRIADS = {"百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000}
# The 99th percentile is p99, 3分の1 is one number, and 13時38分から39分 has two times.
FRACTION = re.compile(r"(?<!時)(?<!時 )(?<!\d)(?P<of>\d{1,3}) ?分の ?(?P<n>\d{1,3})(?![\d:時月])")
_PERCENTILE = re.compile(
    r"(?<![\d.])(?P<n>\d{2}(?:\.\d)?)(?:(?:th|st|nd|rd)?[ -]?percentile|\s?パーセンタイル)", re.IGNORECASE
)
_SAME_HOUR = re.compile(
    r"(?P<hour>(?:(?:午前|午後) ?)?\d{1,2}) ?時 ?\d{1,2} ?分 ?(?:から|〜|~|、|と|・|および|及び) ?"
    r"(?P<again>(?P<minute>\d{1,2}) ?分)(?![間後前])"
)
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
    # For one of them, and not even one.
    r"1 ?[人件台回本名個社通] ?(?:当たり|あたり|につき)|1 ?[人件台回本名個社通](?= ?\d)"
    r"|1 ?[人件台回本名個社通つ度秒分]?(?:も|たりとも)(?=[^。、]{0,12}(?:な[いかくし]|ません|ず))"
    r"|(?<!\d)1?\d ?月(?!間|\s?\d)|1 ?(?:つ|台|件|人|個|本)?(?:ずつ|度)|(?<!\d)1 (?:at a time|by 1)|24/7|\d{1,2} ?時台|一[つ度]|1 ?(?:時間|分|秒|日|週間?|か月)(?:あたり|当たり|毎|ごと|おき)"
)


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures that a statement claims, the longest reading of each: 14:23 is a clock, not two numbers."""
    normal = same_length_nfkc(text)
    taken = [False] * len(normal)
    for match in _IDIOM.finditer(normal):
        taken[match.start() : match.end()] = [True] * len(match[0])
    found: list[Figure] = []
    for kind, pattern, value_as, group in _OTHERWISE:
        for match in pattern.finditer(normal):
            start, end = match.span(group)
            taken[start:end] = [True] * (end - start)
            found.append(Figure(kind, value_as(match), (start, end)))
    for kind, pattern, value_of in _READINGS:
        for match in pattern.finditer(normal):
            start, end = match.span()
            value = value_of(match)
            if value is not None and not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(
                    Figure(kind, value, (start, end), _unit(normal, match) if kind == "number" else frozenset())
                )
    return tuple(sorted([*found, *_in_words(normal, taken)], key=lambda figure: figure.span))


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
    how_many = (scale or "").strip()
    if how_many[:1] in _MYRIADS:
        return as_value(_in_myriads(digits + how_many))
    return as_value(float(digits.replace(",", "")) * _SCALES.get(how_many, 1))


def _in_myriads(text: str) -> float:
    """The value of 41万2,600 or 1億2千万."""
    total = part = 0.0
    for digits, scale in re.findall(r"([\d.,]*) ?([億万千百]?)", text):
        size = _MYRIADS.get(scale, 1)
        value = float(digits.replace(",", "")) if digits else float(not part and bool(scale))
        if size < _MYRIADS["万"]:
            part += value * size
        else:
            total, part = total + (part + value) * size, 0.0
    return total + part


def fraction(match: re.Match[str]) -> str:
    """The value of a match of `FRACTION`."""
    return f"{match['n']}/{match['of']}"


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
    if (match["scale"] or "").strip() == "割":
        return frozenset({"percent"})
    return unit_before(text, match.start()) or unit_after(text, match.end())


_OTHERWISE: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str], str | int], ...] = (
    ("name", _PERCENTILE, lambda match: f"p{match['n'].replace('.', '')}", 0),
    ("number", FRACTION, fraction, 0),
    ("clock", _SAME_HOUR, lambda match: f"{match['hour']}時{match['minute']}分", "again"),
)
# In this order: what is read as one kind is not read again as another.
_READINGS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("name", _NAME, lambda match: name_value(match[0]) if any(letter.isdigit() for letter in match[0]) else None),
    ("date", DATE, day),
    ("clock", CLOCK, lambda match: match[0]),
    ("duration", DURATION, lambda match: as_value(seconds(match))),
    ("number", NUMBER, lambda match: number(match["n"], match["scale"])),
)
