"""Entries of a log grouped by their form, in bounded memory however many forms there are."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import LogLevel, level_of
from pmdraft.ingest.log_masking import Masking, Outcome, form_in, outcome_in

RARE = 3
"""Entries of one form that are still rare: below a warning, it is they that tell something."""
SHOWN_LINES = 12
_SHOWN_LINE, _SHOWN_TEXT = 500, 4_000
# How far into a text its form is told; further on stand values.
_TELLING = 300
_MOST_SHAPES = 20_000
_MOST_PATTERNS = 1_000
_MOST_PATHS = 50
OTHER_PATHS = "…"
"""Stands for the paths beyond the first ones."""
_CRASH = re.compile(
    r"Traceback \(most recent call last\)|panic: |fatal error: |goroutine \d+ \[|Exception in thread|Unhandled"
)
_THROWN = re.compile(r"(?:Caused by: )?((?:[\w$]+[.:])*[\w$]*(?:Error|Exception|Failure|Fault|Interrupt|panic))\b")


@dataclass(slots=True)
class Pattern:
    """Entries of one form.

    Attributes:
        example: the first of them in time.
        level: how grave they are.
        count: how many there are.
        last: when the last of them was written.
        before: how many were written in the stretch before the incident.
        during: how many in the incident.
        paths: how many told of each path, such as `/v1/items/#`.
    """

    example: LogEntry
    level: LogLevel
    count: int
    last: datetime
    before: int = 0
    during: int = 0
    paths: Counter[str] = field(default_factory=Counter)


class Stretches(NamedTuple):
    """What is held against each other to see a change.

    Attributes:
        before: beginning of the stretch before the incident, in UTC; it ends where the incident begins.
        begin: beginning of the incident.
        end: its end.
    """

    before: datetime
    begin: datetime
    end: datetime


@dataclass(slots=True)
class _Shape:
    """What the words of a text come to: its level, its form, and where it tells an outcome."""

    level: LogLevel
    form: str
    """Without its path, so that an error that strikes every path is one."""
    path: str = ""
    """Its path, if it is worth telling."""
    outcome: Outcome | None = None
    patterns: dict[str, Pattern] = field(default_factory=dict)
    """The patterns of this shape by what their entries told besides."""


class Patterns:
    """Groups entries.

    Args:
        stretches: when to count entries towards a change of their rate; None for never.

    Attributes:
        dropped: entries of forms that were given up, because there were too many.
    """

    def __init__(self, stretches: Stretches | None) -> None:
        self._stretches = stretches
        self._masking = Masking()
        self._shapes: dict[tuple[LogLevel | None, str], _Shape] = {}
        self._quick: dict[LogLevel | None, dict[bytes, _Shape]] = {level: {} for level in (None, *LogLevel)}
        self._patterns: dict[LogLevel, dict[tuple[str, str], Pattern]] = {level: {} for level in LogLevel}
        self._first_told: dict[str, str] = {}
        self.dropped = 0

    def add(self, entry: LogEntry) -> None:
        """Count an entry to the others of its form."""
        # Written out, for this runs for each line of a gigabyte: calls would take as long as the work.
        if entry.form is None:
            # Most lines differ from one before in their digits only, and dropping those is the fastest thing to do.
            quick = entry.text[:_TELLING].encode("utf-8", "replace").translate(None, b"0123456789")
            shape = self._quick[entry.level].get(quick) or self._first_shape(entry, quick)
        else:
            shape = self._shape_of(entry.level, entry.form, "")
        told = shape.outcome.number(entry.text) if shape.outcome else ""
        if entry.more:
            told = _thrown(entry) or told
        pattern = shape.patterns.get(told) or self._pattern(shape, told, entry)
        pattern.count += 1
        if path := shape.path:
            is_kept = path in pattern.paths or len(pattern.paths) < _MOST_PATHS
            pattern.paths[path if is_kept else OTHER_PATHS] += 1
        at = entry.at
        if at > pattern.last:
            pattern.last = at
        elif at < pattern.example.at:
            pattern.example = _shortened(entry)
        if self._stretches and self._stretches.before <= at <= self._stretches.end:
            if at < self._stretches.begin:
                pattern.before += 1
            else:
                pattern.during += 1

    def all(self) -> list[Pattern]:
        """The patterns that were kept."""
        return [pattern for kept in self._patterns.values() for pattern in kept.values()]

    def _first_shape(self, entry: LogEntry, quick: bytes) -> _Shape:
        known = self._quick[entry.level]
        if len(known) >= _MOST_SHAPES:
            known.clear()
        text = entry.text[:_TELLING]
        known[quick] = shape = self._shape_of(entry.level, self._masking.masked(text), text)
        return shape

    def _shape_of(self, level: LogLevel | None, masked: str, text: str) -> _Shape:
        shape = self._shapes.get((level, masked))
        if shape is None:
            if len(self._shapes) >= _MOST_SHAPES:
                self._forget_shapes()
            form, outcome = form_in(masked), outcome_in(text)
            known = level_of(text) if level is None else level
            path = form.path if outcome or known >= LogLevel.WARNING else ""
            self._shapes[level, masked] = shape = _Shape(known, form.words, path, outcome)
        return shape

    def _pattern(self, shape: _Shape, told: str, entry: LogEntry) -> Pattern:
        level = max(shape.level, shape.outcome.level(told)) if shape.outcome and told.isdecimal() else shape.level
        if level < LogLevel.WARNING and any(_CRASH.match(line) for line in entry.more):
            level = LogLevel.ERROR
        patterns = self._patterns[level]
        # Loggers often leave out the trace when an error comes again.
        key = (shape.form, told or self._first_told.get(shape.form, ""))
        self._first_told.setdefault(shape.form, told)
        pattern = patterns.get(key)
        if pattern is None:
            if len(patterns) >= _MOST_PATTERNS:
                self._drop_half(patterns)
            pattern = patterns[key] = Pattern(_shortened(entry), level, 0, entry.at)
        shape.patterns[told] = pattern
        return pattern

    def _drop_half(self, patterns: dict[tuple[str, str], Pattern]) -> None:
        """Give up those that tell least: rare ones first, of those the ones outside the incident, then the oldest."""
        order = sorted(patterns, key=lambda key: _worth(patterns[key]))
        for key in order[: len(order) // 2]:
            self.dropped += patterns.pop(key).count
        self._forget_shapes()

    def _forget_shapes(self) -> None:
        """Shapes are but a way to patterns, and lead to none that was given up."""
        self._shapes.clear()
        self._first_told.clear()
        for known in self._quick.values():
            known.clear()


def _shortened(entry: LogEntry) -> LogEntry:
    """The entry with no more of it than is shown."""
    entry.text = entry.text[:_SHOWN_TEXT]
    entry.unread += max(0, len(entry.more) - SHOWN_LINES + 1)
    entry.more = [line[:_SHOWN_LINE] for line in entry.more[: SHOWN_LINES - 1]]
    return entry


def _worth(pattern: Pattern) -> tuple[bool, bool, datetime]:
    return pattern.count > RARE, pattern.during > 0, pattern.last


def _thrown(entry: LogEntry) -> str:
    """The name of what the lines below an entry say was thrown last: the root cause in Java, the error in Python."""
    names = [match[1] for line in entry.more if (match := _THROWN.match(line.lstrip()))]
    return names[-1] if names else ""
