"""Every figure that a piece of evidence holds, read generously."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.figures import (
    CLOCK,
    DATE,
    DURATION,
    FRACTION,
    HASH,
    NUMBER,
    UNIT_OF_TIME,
    as_value,
    day,
    fraction,
    name_value,
    number,
    seconds,
    seconds_of,
)
from pmdraft.checks.number_words import number_words, ordinals
from pmdraft.checks.units import agree, unit_after, unit_before
from pmdraft.quoted_time import find_times

# api-1→6, api-1〜6 and api-1,2,3 name each host.
SERIES = re.compile(
    r"(?<![A-Za-z_-])(?P<stem>[A-Za-z][A-Za-z_-]{0,40})(?P<first>\d{1,3})"
    r"(?P<more>(?:\s?(?:→|〜|~|–|-|,|、|/|and|と)\s?\d{1,3}(?!\d)){1,50})"
)
# The 6 of api-6 and the 9 of p99 count nothing; the 503 of HTTP503 may be meant.
_DIGITS = re.compile(
    r"(?<![A-Za-z_][-_])(?<![A-Za-z_])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\dA-Za-z_.])(?<![A-Za-z_]-)\d{1,18}(?:\.\d{1,18}){0,12}|(?<=[A-Za-z_])\d{3,18}|(?<=[A-Za-z_]-)\d{3,18}|(?<=\d,)\d{1,18}(?![\d.])"
)
# The 1 of the request 1c92e07b counts nothing either.
_HASH = re.compile(r"(?<![A-Za-z0-9])(?=[0-9a-f]{0,39}\d)(?=[0-9a-f]{0,39}[a-f])[0-9a-f]{6,40}(?![A-Za-z0-9])")
_SHORT_HASH = re.compile(rf"{HASH}(?<=.{{7}})")
_CLASS = re.compile("[1-5]xx")
# 9/9 pods: so many of so many, and no day.
_OF_SO_MANY = re.compile(
    r"(?<![\d/.])(\d{1,4})/(\d{1,4})(?=\s?(?:[個台本件人つ]|pods?|nodes?|hosts?|replicas?|ready|up\b|healthy|running|ok\b|of\b|done|が?(?:Ready|Running)|正常|稼働|完了|成功|失敗|落ち))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s?(?:〜|~|-|–|から|to)\s?(?P<to>\d{1,18}(?:\.\d{1,9})?)")
# The colon of "since 09:05: exports hang" is not part of the time.
_SINGLE = re.compile(r"\b(?:an?|another|one) (minute|hour|day|week|month)\b", re.IGNORECASE)
_SETTING = re.compile(
    r"(?<=[A-Za-z0-9][._-])(?P<unit>ms|millis|s|secs?|seconds?|m|mins?|minutes?|hours?|days?)\"?\s?[=:]\s?\"?"
    r"(?P<n>\d{1,12}(?:\.\d{1,6})?)(?![\d.:])",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?<=\d\d):(?!\d)")
_TIME_UNIT = frozenset({"time"})
# The second approver is 人 and 件 and 回, not 2 %; so is the 6 of api-1→6.
_THINGS = frozenset({"people", "count", "hosts", "occasions", "ratio or occasions"})
_GLUED = re.compile(r"(?<=[a-z]) (?=\d)")


class Held(NamedTuple):
    """The figures of one piece of evidence."""

    numbers: Mapping[str, tuple[frozenset[str], ...]]
    """The units of each occurrence of each number, an empty one where none is told."""
    times: tuple[datetime, ...]
    """Every moment that it tells or speaks of, in the zone of the drafts."""
    clocks: frozenset[str]
    """The same as HH:MM."""
    dates: frozenset[str]
    durations: frozenset[float]
    """In seconds."""
    letters: str
    """The text without hyphens and case, to look names up in."""

    def has_number(self, value: str, unit: frozenset[str] = frozenset()) -> bool:
        """Whether it holds a number, of that unit or of an untold one."""
        return any(agree(unit, other) for other in self.numbers.get(value, ()))

    def has_bare_number(self, value: str) -> bool:
        """Whether it holds a number without a unit."""
        return any(not unit for unit in self.numbers.get(value, ()))

    def has_length(self, value: str) -> bool:
        """Whether it holds a length of time of that many of some unit."""
        return _TIME_UNIT in self.numbers.get(value, ())

    def has_name(self, value: str) -> bool:
        """Whether it holds a name, as `name_value` gives it; api1 is not in api12."""
        if _CLASS.fullmatch(value):  # 5xx of 503
            return re.search(rf"(?<![\d.]){value[0]}(?:xx|\d\d)(?![\d.]\d)", self.letters) is not None
        before = r"(?<![\d.])" if value[:1].isdigit() else ""
        after = r"(?!\d|\.\d)" if value[-1:].isdigit() else r"(?![a-z])"
        if _SHORT_HASH.fullmatch(value):  # a commit is told by its first letters
            before, after = r"(?<![\da-z.])", r"(?=[\da-f]*(?![\da-z]))"
        return value in self.letters and re.search(before + re.escape(value) + after, self.letters) is not None


def held(text: str, moments: Sequence[datetime], zone: ZoneInfo, named: str = "") -> Held:
    """The figures in the text of evidence, and in its own times.

    Args:
        text: the text.
        moments: when it was written (and, for log lines, until when).
        zone: zone that drafts show times in.
        named: names that belong to it without standing in it, such as its channel's.
    """
    normal = unicodedata.normalize("NFKC", text)
    spoken = list(find_times(_COLON.sub(" ", normal), moments[0], zone)) if moments else []
    times = tuple(at.astimezone(zone) for at in (*moments, *spoken))
    days = {f"{at:%m-%d}" for at in times}
    days |= {value for match in DATE.finditer(normal) if (value := day(match))}
    letters = "\n".join([_letters(normal), _letters(named), *_series(normal)])
    return Held(
        numbers=_numbers(normal, times),
        times=times,
        clocks=frozenset(f"{at:%H:%M}" for at in times),
        dates=frozenset(days),
        durations=frozenset(
            (*(seconds(match) for match in DURATION.finditer(normal)), *_in_words(normal), *_settings(normal))
        ),
        letters=f"{letters}\n{_GLUED.sub('', letters)}",
    )


def _in_words(text: str) -> Iterator[float]:
    """The lengths of time whose number is a word: five minutes."""
    for value, (_, end) in number_words(text):
        if match := UNIT_OF_TIME.match(text, end):
            yield value * seconds_of(match["unit"])
    for match in _SINGLE.finditer(text):
        yield seconds_of(match[1])


def _settings(text: str) -> Iterator[float]:
    """The lengths of time that settings and log fields give: max.poll.interval.ms=60000, cache_ttl_s: 1800."""
    return (float(match["n"]) * seconds_of(match["unit"]) for match in _SETTING.finditer(text))


def _letters(text: str) -> str:
    return re.sub(r"[_-]|(?<![A-Za-z0-9])v(?=\d)", "", text.casefold())


def _series(text: str) -> Iterator[str]:
    for match in SERIES.finditer(text):
        first, *others = (int(number) for number in re.findall(r"\d+", match["first"] + match["more"]))
        is_range = len(others) == 1 and re.search(r"[,、/と]|and", match["more"]) is None
        members = range(first, min(others[0], first + 99) + 1) if is_range else (first, *others)
        yield from (name_value(f"{match['stem']}{number}") for number in members)


def _numbers(text: str, times: Sequence[datetime]) -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = {}
    for value, unit in (*_scaled(text), *_plain(text), *((str(at.year), frozenset[str]()) for at in times)):
        found.setdefault(value, []).append(unit)
    return {value: tuple(units) for value, units in found.items()}


def _scaled(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """1万, 10k and 2割."""
    for match in NUMBER.finditer(text):
        if (match["scale"] or "").strip() == "割":
            yield number(match["n"], "割"), frozenset({"percent"})
        elif match["scale"]:
            yield number(match["n"], match["scale"]), unit_before(text, match.start()) or unit_after(text, match.end())


def _plain(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Numbers as they stand; what is a time of day or a date is none."""
    masked = _HASH.sub(_blank, DATE.sub(_blank, CLOCK.sub(_blank, text)))
    lengths = {match.start("first") for match in DURATION.finditer(masked)}
    members = {place for match in SERIES.finditer(masked) for place in range(*match.span("more"))}
    for match in _DIGITS.finditer(masked):
        until = _UNTIL.match(masked, match.end())
        end = until.end() if until else match.end()
        is_length = match.start() in lengths or (until is not None and until.start("to") in lengths)
        unit = _TIME_UNIT if is_length else unit_before(masked, match.start() - 1) or unit_after(masked, end)
        if not unit and match.start() in members:
            unit = _THINGS
        yield (match[0] if match[0].count(".") > 1 else number(match[0], None)), unit
    for counted, (_, end) in number_words(masked):
        yield as_value(counted), unit_after(masked, end)
    for match in FRACTION.finditer(text):
        yield fraction(match), frozenset()
    for match in _OF_SO_MANY.finditer(text):
        yield from ((number(part, None), _THINGS) for part in match.groups())
    for counted in ordinals(masked):
        yield as_value(counted), _THINGS


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
