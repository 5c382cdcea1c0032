"""Whether a figure that no evidence holds follows from figures that it does hold: rounded, reckoned, counted."""

import re
from collections import Counter
from datetime import datetime
from itertools import combinations, permutations
from typing import NamedTuple

from pmdraft.checks.approximate import is_roughly
from pmdraft.checks.cited import Cited
from pmdraft.checks.days import days_said
from pmdraft.checks.figures import DATE, PLAIN, Figure, as_value, clock_value, figures
from pmdraft.checks.number_words import is_counted

_RECKONED = re.compile(
    r"合計|総計|計\s*\d|平均|の差(?!分)|合わせて|\b(?:total|sum|altogether|combined|average|mean|difference|in all)\b",
    re.IGNORECASE,
)
_NOT_SMALL = 20
_HALF_A_TENTH = 0.05
_NUMBERED = re.compile(r"([a-z][a-z_-]*)\d{1,3}")
_IN_SECONDS = re.compile(r"秒|\d ?(?:s|secs?|seconds?|ms|milliseconds?)\b")


class _Slack(NamedTuple):
    """What may stand before and after a time that is not meant to the minute, and how many minutes off that may be."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    least: int
    most: int


_AROUND = _Slack(
    re.compile(r"(?:\b(?:about|around|roughly|approximately|circa)\s|[約~])$", re.IGNORECASE),
    re.compile(r"\s?(?:頃|ごろ|ころ|前後|あたり|or so|-ish)"),
    -10,
    10,
)
_PAST = _Slack(
    re.compile(r"\b(?:after|past|since)\s$", re.IGNORECASE),
    re.compile(r"\s?(?:を?過ぎ|を?すぎ|を?回|以降|以後)"),
    0,
    30,
)
_UNTIL = _Slack(
    re.compile(r"\b(?:before|by|until|till)\s$", re.IGNORECASE),
    re.compile(r"\s?(?:少し|すこし)?(?:前(?!後)|まえ|まで|には|を前に)"),
    -30,
    0,
)
_SLACKS = (_AROUND, _PAST, _UNTIL)
_MINUTE = 60.0
_FEW = 9
_HALF_A_SCORE = 5
_ALIKE = 3.5
"""How many times as long a length may be that is told of the same thing."""
_LOOSE = 2.0
"""How much more loosely people tell lengths of time than numbers."""
_WHOLE = (86400.0, 3600.0, 1800.0, 600.0, 300.0, 60.0, 10.0, 5.0, 1.0)
"""Lengths that one may be rounded to, in seconds."""
_SECOND = 1.0


def follows(figure: Figure, cited: Cited) -> bool:
    """Whether a figure that no evidence holds follows from figures that it does hold."""
    if "/" in figure.value:
        # A third may be told by the numbers, where nobody tells another fraction.
        part, whole = figure.value.split("/")
        return int(part) < int(whole) and not any(
            "/" in number for reading in cited.own for number in reading.held.numbers
        )
    if figure.kind == "number":
        return (
            _is_near(figure, cited)
            or _is_reckoned(figure, cited)
            or _counts_citations(figure, cited)
            or _is_told_by_words(figure, cited)
            or _counts_members(figure, cited)
        )
    if figure.kind == "date":
        return _is_day_in_words(figure, cited)
    if figure.kind == "clock":
        return _is_about_then(figure, cited)
    return figure.kind == "duration" and (_is_bare(figure, cited) or _is_reckoned_length(figure, cited))


def _is_about_then(figure: Figure, cited: Cited) -> bool:
    """Whether it says "about", "past" or "by" some time, and a time of the evidence is about then."""
    text, (start, end) = cited.statement.text, figure.span
    slacks = [slack for slack in _SLACKS if slack.before.search(text, 0, start) or slack.after.match(text, end)]
    return any(
        slack.least <= _minutes(clock) - _minutes(value) <= slack.most
        for reading in cited.own
        if (value := clock_value(figure.value, reading.first_day, reading.zone))
        for slack in slacks
        if value.endswith("0" if slack is _AROUND else ":00")
        for clock in reading.held.clocks
    )


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _is_day_in_words(figure: Figure, cited: Cited) -> bool:
    """Whether the evidence has no date, and names that day in words: 来週の金曜."""
    if any(DATE.search(reading.normal) for reading in cited.own):
        return False
    return any(f"{one:%m-%d}" == figure.value for reading in cited.own for one in days_said(reading))


def _is_told_by_words(figure: Figure, cited: Cited) -> bool:
    """Whether a small count stands in no number: "a slot", "both"."""
    counter = cited.statement.text[figure.span[1] :].lstrip()[:1]
    return any(is_counted(figure.value, counter, reading.item.text) for reading in cited.own)


def _counts_citations(figure: Figure, cited: Cited) -> bool:
    """Whether it counts the messages or alerts that are cited."""
    return bool(figure.unit & {"count", "occasions"}) and figure.value == str(len(cited.own)) != "1"


def _counts_members(figure: Figure, cited: Cited) -> bool:
    """Whether it counts things that are named by a number: b1, b2 and b3 are three."""
    if not figure.unit & {"hosts", "count"}:
        return False
    named = {one.value for reading in cited.own for one in figures(reading.item.text) if one.kind == "name"}
    stems = Counter(match[1] for name in named if (match := _NUMBERED.fullmatch(name)))
    return any(str(count) == figure.value for count in stems.values())


def _is_near(figure: Figure, cited: Cited) -> bool:
    """Whether it is said to be rough, and some number that is less round may be what is meant."""
    others = (
        float(other)
        for reading in cited.own
        for other in reading.held.numbers
        if PLAIN.fullmatch(other) and reading.held.has_number(other, figure.unit) and _is_rounder(figure.value, other)
    )
    return is_roughly(cited.statement.text, figure.span, float(figure.value), others)


def _is_rounder(value: str, other: str) -> bool:
    return len(value.strip("0.")) < len(other.strip("0."))


def _is_reckoned(figure: Figure, cited: Cited) -> bool:
    """Whether it is reckoned from two numbers, and the statement says so: 4 of 380 MB are 1,520 MB in total.

    How many times as much one number is as another is reckoned by saying so.
    """
    if "ratio" in figure.unit and _is_ratio(float(figure.value), cited):
        return True
    if not _RECKONED.search(cited.statement.text):
        return False
    known = _known(cited) - {0, 1}
    pairs = combinations(sorted(known)[:60], 2)
    return any(figure.value in (as_value(b - a), as_value(a + b), as_value((a + b) / 2)) for a, b in pairs) or any(
        figure.value == as_value(float(other.value) * times)
        for other in figures(cited.statement.text)
        if other.kind == "number" and "/" not in other.value and float(other.value) in known
        for times in known
    )


def _known(cited: Cited) -> set[float]:
    """Every number that is cited."""
    return {float(value) for reading in cited.own for value in reading.held.numbers if PLAIN.fullmatch(value)}


def _is_ratio(value: float, cited: Cited) -> bool:
    """Whether one number is so many times another, where nobody tells how many times; small ones are that by chance."""
    units = (unit for reading in cited.own for units in reading.held.numbers.values() for unit in units)
    if any("ratio" in unit for unit in units):
        return False
    pairs = permutations(sorted(number for number in _known(cited) if number >= _NOT_SMALL)[:60], 2)
    return any(abs(a / b - value) <= _HALF_A_TENTH for a, b in pairs)


def _is_reckoned_length(figure: Figure, cited: Cited) -> bool:
    """Whether the draft computes that length of time, or two of the cited times are that far apart."""
    length = float(figure.value)
    times = sorted({at for reading in cited.own for at in reading.held.times})[:60]
    # People count from clock to clock, and leave the seconds away.
    between = {
        apart
        for a, b in combinations(times, 2)
        for apart in ((b - a).total_seconds(), (_to_the_minute(b) - _to_the_minute(a)).total_seconds())
    }
    told = {length for reading in cited.own for length in reading.held.durations}
    is_told = any(length / _ALIKE <= other <= _ALIKE * length for other in told)
    # The draft's own 22 minutes do not bear out the 22 seconds that are told.
    is_of_another_unit = any(reading.held.has_length(_digits(figure, cited)) for reading in cited.own)
    others = told if is_told or is_of_another_unit else between | cited.computed
    others = {other for other in others if _is_rounder_length(length, other)}
    if is_roughly(cited.statement.text, figure.span, length, others, looseness=_LOOSE):
        return True
    if length < _SECOND:
        return False
    if length < _MINUTE:
        return any(abs(gap - length) <= _SECOND for gap in between)
    if _IN_SECONDS.search(cited.statement.text[slice(*figure.span)]):
        return False
    if any(abs(gap - length) <= _MINUTE / 2 for gap in between):
        return True
    return length in cited.computed and not (is_told or is_of_another_unit)


def _to_the_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _is_rounder_length(length: float, other: float) -> bool:
    whole = next((unit for unit in _WHOLE if length % unit == 0), 0.0)
    # Nobody rounds to 41 minutes.
    is_round = bool(whole) and (length / whole <= _FEW or length / whole % _HALF_A_SCORE == 0)
    return is_round and other % whole != 0


def _is_bare(figure: Figure, cited: Cited) -> bool:
    """Whether the evidence has its number without any unit."""
    return any(reading.held.has_bare_number(_digits(figure, cited)) for reading in cited.own)


def _digits(figure: Figure, cited: Cited) -> str:
    """The number that a length of time begins with; empty if that is a word."""
    digits = re.match(r"[\d.,]+", cited.statement.text[slice(*figure.span)])
    return as_value(float(digits[0].replace(",", "").rstrip("."))) if digits else ""
