"""Wrong numbers, units, times, dates and durations."""

import re
from collections.abc import Iterator
from random import Random

from evals.mutations.mutant import Mutant, Place, replaced

_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])|(?<!\d)(\d{1,2})時(\d{1,2})分")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])|(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{1,2})月(\d{1,2})日")
_DURATION = re.compile(
    r"(?<![\w.,:/#-])(?![1-5]\d\ds)(\d+(?:\.\d+)?)"
    r"(?= ?(?:秒|分(?!の)|時間|日間|週間|(?:ms|s|min|h|seconds?|minutes?|hours?|days?|weeks?)\b))"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.,:/#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    r"(?![\d:]|[.,/-]?\d| ?(?:月|日|時|分|秒|ms|s\b|min|hour|day|week|second|xx))"
)
_UNITS = {
    r"(?<=\d)%": ["件", " GB"],
    r"(?<=\d) percent\b": [" seconds"],
    r"(?<=\d)秒間?": ["分"],
    r"(?<=\d)分間?(?!の)": ["時間", "秒"],
    r"(?<=\d)時間": ["日間"],
    r"(?<=\d)ms\b": ["s"],
    r"(?<=\d)(?<![1-5]\d\d)s\b": ["ms"],
    r"(?<=\d) seconds?\b": [" minutes"],
    r"(?<=\d) minutes?\b": [" hours", " seconds"],
    r"(?<=\d) hours?\b": [" days", " minutes"],
    r"(?<=\d) ?min\b": [" h"],
    r"(?<=\d) ?GB\b": ["MB", "TB"],
    r"(?<=\d) ?MB\b": ["GB", "KB"],
    r"(?<=\d)人": ["件", "%"],
    r"(?<=\d)件": ["人", "%"],
    r"(?<=\d)倍": ["%", "件"],
    r"(?<=\d)台": ["%", "件"],
    r"(?<=\d) (?:users|people)\b": [" requests", "%"],
    r"(?<=\d) times\b": ["%"],
    r"(?<=\d) hosts\b": [" percent"],
    r"(?<=\d) (?:orders|requests|tickets)\b": [" users"],
}
"""What each unit is made."""


def numbers(place: Place, random: Random) -> Iterator[Mutant]:
    """Each number, made another."""
    for match in _NUMBER.finditer(place.statement.text):
        yield from replaced("number", place, match.span(), _another(match[0], random))


def durations(place: Place, random: Random) -> Iterator[Mutant]:
    """Each length of time, made another."""
    for match in _DURATION.finditer(place.statement.text):
        yield from replaced("duration", place, match.span(), _another(match[0], random))


def units(place: Place, random: Random) -> Iterator[Mutant]:
    """Each unit, made another."""
    for pattern, others in _UNITS.items():
        for match in re.finditer(pattern, place.statement.text):
            yield from replaced("unit", place, match.span(), random.choice(others))


def times(place: Place, random: Random) -> Iterator[Mutant]:
    """Each time of day, made another."""
    for match in _CLOCK.finditer(place.statement.text):
        hour, minute = (int(part) for part in match.groups() if part)
        later = (hour * 60 + minute + random.choice([-60, -17, -3, -1, 1, 2, 7, 23, 60, 90])) % 1440
        words = f"{later // 60:02}:{later % 60:02}" if match[1] else f"{later // 60}時{later % 60}分"
        yield from replaced("time", place, match.span(), words)


def dates(place: Place, random: Random) -> Iterator[Mutant]:
    """Each date, made another."""
    for match in _DATE.finditer(place.statement.text):
        last = next(group for group in (7, 5, 2) if match[group])
        day = (int(match[last]) + random.choice([1, 2, 7, 11]) - 1) % 28 + 1
        yield from replaced("date", place, match.span(last), f"{day:0{len(match[last])}}")


def _another(number: str, random: Random) -> str:
    """Another number of the same form: a digit changed, one more, ten times as much, halved."""
    plain = number.replace(",", "")
    value = float(plain)
    changed = random.choice([value + 1, value * 10, value * 2, value / 2 if value > 3 else value + 2, value + 7])
    if "." not in plain:
        return f"{round(changed):,}" if "," in number else f"{round(changed)}"
    return f"{changed:.{len(plain.partition('.')[2])}f}"
