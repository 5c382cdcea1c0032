"""The figures in a text, each as a value that compares equal however it is written."""

import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.quoted_time import find_times


class Figure(NamedTuple):
    """Something in a text that can be right or wrong.

    Attributes:
        kind: `number`, `clock` (HH:MM), `date` (MM-DD), `duration` (seconds) or `name` (letters with digits).
        value: what compares.
        span: where it stands, in code points of the text.
    """

    kind: str
    value: str
    span: tuple[int, int]


_CLOCK = re.compile(
    r"(?<![\d:.])\d{1,2}(?::\d\d(?::\d\d)?(?![\d:])|時(?!間)(?:\d{1,2}分|半)?)(?:\s?[AaPp]\.?[Mm]\b\.?)?"
)
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<y>\d{4})[-/年.])?(?P<m>\d{1,2})(?:[-/](?=\d)|月)(?P<d>\d{1,2})(?![\d/.%]|-\d)日?"
)
_DURATION = re.compile(
    r"(?<![\d.,])(?P<first>\d[\d,]*(?:\.\d+)?)[ -]?(?P<unit>日間|時間|分間|分(?!の)|秒間?|days?\b|d\b|hours?\b|hrs?\b|h\b|minutes?\b|mins?\b|m\b|seconds?\b|secs?\b|s\b)"
    r"(?:(?: |と|and )*(?P<second>\d+)[ -]?(?P<unit2>分間?|秒間?|minutes?\b|mins?\b|m\b|seconds?\b|secs?\b|s\b))?"
)
_SECONDS = {"日": 86400, "時": 3600, "分": 60, "秒": 1, "d": 86400, "h": 3600, "m": 60, "s": 1}
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.,-])[#¥$€~≒約]?(?P<n>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万|千|億|[kKM](?![A-Za-z\d]))?(?![\d.]*\d)"
)
_SCALES = {"万": 10_000, "千": 1_000, "億": 100_000_000, "k": 1_000, "K": 1_000, "M": 1_000_000}
_NAME = re.compile(
    r"(?<![A-Za-z\d_])(?=[A-Za-z_./:-]{0,40}\d)[A-Za-z][A-Za-z\d_]*(?:[-_./:][A-Za-z\d_]+)*(?![A-Za-z\d_])"
)
_ALL_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def figures(text: str) -> list[Figure]:
    """The figures that a statement claims, the longest reading of each: 14:23 is a clock, not two numbers."""
    normal = _same_length_nfkc(text)
    found: list[Figure] = []
    taken = [False] * len(normal)

    def take(kind: str, match: re.Match[str], value: str) -> None:
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append(Figure(kind, value, (start, end)))

    for match in _NAME.finditer(normal):
        if any(character.isdigit() for character in match[0]):
            take("name", match, _name(match[0]))
    for match in _DATE.finditer(normal):
        if 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31:
            take("date", match, f"{int(match['m']):02}-{int(match['d']):02}")
    for match in _CLOCK.finditer(normal):
        take("clock", match, match[0])
    for match in _DURATION.finditer(normal):
        take("duration", match, str(_seconds(match)))
    for match in _NUMBER.finditer(normal):
        take("number", match, _number(match["n"], match["scale"]))
    return sorted(found, key=lambda figure: figure.span)


class Held(NamedTuple):
    """Every figure that a piece of evidence holds, read generously."""

    numbers: frozenset[str]
    clocks: frozenset[str]
    dates: frozenset[str]
    durations: frozenset[str]
    letters: str
    """The text without spaces, hyphens and case, to look names up in."""


def held(text: str, moments: list[datetime], zone: ZoneInfo) -> Held:
    """The figures in the text of evidence, and in its own times.

    Args:
        text: the text.
        moments: when it was written (and, for log lines, until when).
        zone: zone that drafts show times in.
    """
    normal = unicodedata.normalize("NFKC", text)
    spoken = list(find_times(normal, moments[0], zone)) if moments else []
    times = [at.astimezone(zone) for at in (*moments, *spoken)]
    days = {f"{at:%m-%d}" for at in times}
    days |= {figure.value for figure in figures(normal) if figure.kind == "date"}
    return Held(
        numbers=_numbers(normal) | _numbers_of(times),
        clocks=frozenset(f"{at:%H:%M}" for at in times),
        dates=frozenset(days),
        durations=frozenset(str(_seconds(match)) for match in _DURATION.finditer(normal)),
        letters=_name(normal),
    )


def clock_value(text: str, on: date, zone: ZoneInfo) -> str | None:
    """The clock figure as HH:MM in `zone`."""
    midday = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
    at = next(find_times(text, midday, zone), None)
    return f"{at.astimezone(zone):%H:%M}" if at else None


def _numbers(text: str) -> frozenset[str]:
    values = {_number(match["n"], match["scale"]) for match in _NUMBER.finditer(text)}
    for match in _ALL_DIGITS.finditer(text):
        values.add(_number(match[0].replace(",", ""), None) if match[0].count(".") <= 1 else match[0])
        values |= {_number(part, None) for part in re.split(r"[.,]", match[0])}
    return frozenset(values)


def _numbers_of(times: list[datetime]) -> frozenset[str]:
    return frozenset(str(part) for at in times for part in (at.year, at.month, at.day, at.hour, at.minute))


def _number(digits: str, scale: str | None) -> str:
    value = float(digits.replace(",", "")) * _SCALES.get(scale or "", 1)
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _seconds(match: re.Match[str]) -> int:
    total = float(match["first"].replace(",", "")) * _SECONDS[match["unit"][0]]
    if match["second"]:
        total += int(match["second"]) * _SECONDS[match["unit2"][0]]
    return round(total)


def _name(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()


def _same_length_nfkc(text: str) -> str:
    """Full-width forms made half-width one by one, so that spans stay those of the text."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", character)) == 1 else character for character in text
    )
