"""The figures in a text, each as a value that compares equal however it is written."""

import re
import unicodedata
from collections.abc import Callable, Iterator
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
    # 503s are responses, not seconds.
    r"(?<![\d.,])(?![1-5]\d\ds)(?P<first>\d[\d,]{0,14}(?:\.\d{1,9})?)[ -]?"
    r"(?P<unit>日間|時間|分間|分(?!の)|秒間?|(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z]))"
    r"(?:(?: |と|and )*(?P<second>\d{1,9})[ -]?(?P<unit2>分間?|秒間?|(?:minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z])))?"
)
_SECONDS = {"日": 86400, "時": 3600, "分": 60, "秒": 1, "d": 86400, "h": 3600, "m": 60, "s": 1}
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.,-])[#¥$€~≒約]?(?P<n>\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)(?P<scale>万|千|億|[kKM](?![A-Za-z\d]))?(?!\.?\d)"
)
_SCALES = {"万": 10_000, "千": 1_000, "億": 100_000_000, "k": 1_000, "K": 1_000, "M": 1_000_000}
_NAME = re.compile(
    r"(?<![A-Za-z\d_])(?=[A-Za-z_./:-]{0,40}\d)[A-Za-z][A-Za-z\d_]*(?:[-_./:][A-Za-z\d_]+)*(?![A-Za-z\d_])"
)
# "One at a time" is a way of speaking, not a figure.
_IDIOM = re.compile(r"1 ?(?:つ|台|件|人|個|本)?(?:ずつ|度)|(?<!\d)1 (?:at a time|by 1)|24/7")
# api-1→6, api-1〜6 and api-1,2,3 name each host.
_SERIES = re.compile(
    r"(?<![A-Za-z_-])(?P<stem>[A-Za-z][A-Za-z_-]{0,40})(?P<first>\d{1,3})(?P<more>(?:\s?(?:→|〜|~|–|-|,|、|/)\s?\d{1,3}(?!\d)){1,50})"
)
_ALL_DIGITS = re.compile(r"\d{1,18}(?:[.,]\d{1,18}){0,12}")


def figures(text: str) -> list[Figure]:
    """The figures that a statement claims, the longest reading of each: 14:23 is a clock, not two numbers."""
    normal = _same_length_nfkc(text)
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
                found.append(Figure(kind, value, (start, end)))
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
        letters=_name(normal) + "".join(f" {name}" for name in _series(normal)),
    )


def clock_value(text: str, on: date, zone: ZoneInfo) -> str | None:
    """The clock figure as HH:MM in `zone`."""
    midday = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
    at = next(find_times(text, midday, zone), None)
    return f"{at.astimezone(zone):%H:%M}" if at else None


def _series(text: str) -> Iterator[str]:
    for match in _SERIES.finditer(text):
        first, *others = (int(number) for number in re.findall(r"\d+", match["first"] + match["more"]))
        is_range = len(others) == 1 and "," not in match["more"] and "、" not in match["more"]
        members = range(first, min(others[0], first + 99) + 1) if is_range else (first, *others)
        yield from (_name(f"{match['stem']}{number}") for number in members)


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
    """Letters and digits as they are compared: without case, spaces and hyphens, and a version without its v."""
    return re.sub(r"[\s_-]|(?<![A-Za-z0-9])v(?=\d)", "", text.casefold())


def _same_length_nfkc(text: str) -> str:
    """Full-width forms made half-width one by one, so that spans stay those of the text."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", character)) == 1 else character for character in text
    )


def _day(match: re.Match[str]) -> str | None:
    month, day = int(match["m"]), int(match["d"])
    return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


# In this order: what is read as one kind is not read again as another.
_READINGS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("name", _NAME, lambda match: _name(match[0]) if any(letter.isdigit() for letter in match[0]) else None),
    ("date", _DATE, _day),
    ("clock", _CLOCK, lambda match: match[0]),
    ("duration", _DURATION, lambda match: str(_seconds(match))),
    ("number", _NUMBER, lambda match: _number(match["n"], match["scale"])),
)
