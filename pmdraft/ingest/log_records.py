"""Entries from records: objects with a time, a level and a message under the many names that loggers use."""

import json
import re
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pmdraft.ingest.clock import from_epoch
from pmdraft.ingest.log_clock import LogClock, Moment, Written
from pmdraft.ingest.log_entry import LogEntry, entry_of
from pmdraft.ingest.log_level import LogLevel, level_named, level_of_severity, level_of_status
from pmdraft.ingest.time_forms import FORMS
from pmdraft.shown import one_line, visible

# Names are looked up in lower case, whole ("log.level") and by their last part ("level"); the first that serves counts.
_TIMES = (
    "@timestamp", "timestamp", "time", "ts", "datetime", "@t", "t", "asctime", "eventtime", "event_time", "date",
    "log_time", "logtime", "timegenerated", "time_generated", "receivetimestamp", "created_at",
)  # fmt: skip
_LEVELS = (
    "level", "log.level", "severity", "levelname", "lvl", "loglevel", "log_level", "severitytext", "severity_text",
    "@l", "status",
)  # fmt: skip
_TEXTS = (
    "message", "msg", "@message", "event", "text", "textpayload", "short_message", "@m", "@mt", "log", "body", "line",
    "logmessage", "eventname",
)  # fmt: skip
_LOGGERS = (
    "logger", "service", "service.name", "logger_name", "name", "component", "syslog_identifier", "source", "app",
)  # fmt: skip
_STACKS = (
    "stack_trace", "stacktrace", "stack", "traceback", "exc_info", "exception", "error", "err", "@x", "error_message",
)  # fmt: skip
_STATUSES = ("statuscode", "status_code", "status", "http_status", "httpstatus", "sc-status")
_METHODS = ("method", "request_method", "requestmethod", "http_method")
_PATHS = ("uri", "url", "path", "requesturl", "request_uri", "request_path")
_JOURNAL_TIME, _JOURNAL_LEVEL = "__realtime_timestamp", "priority"
# Fields of CloudWatch Logs Insights, whose times are in UTC and do not say so:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
_INSIGHTS = ("@ptr", "@logstream", "@log", "@message", "@ingestiontime")
_PATTERNS = tuple(re.compile(form.pattern) for form in FORMS if not form.weak)
_NAME_OF_ZONE = re.compile(r"\[[\w/+-]{1,40}\]$")
_EPOCH = re.compile(r"\d{10,19}(?:\.\d{1,9})?")
_MOST_SHAPES = 1_000
_UTC = Written("UTC")
_FIRST_EPOCH = 1e9  # smaller numbers are counts and durations
_MOST_FIELDS, _DEEPEST, _SHOWN_FIELDS = 200, 4, 30
_Fields = dict[str, object]


class Roles(NamedTuple):
    """The names that a record has of those that serve for each thing, the first that serves first."""

    times: tuple[str, ...]
    levels: tuple[str, ...]
    named: tuple[str, ...]
    texts: tuple[str, ...]
    loggers: tuple[str, ...]
    stacks: tuple[str, ...]
    statuses: tuple[str, ...]
    methods: tuple[str, ...]
    paths: tuple[str, ...]
    insights: tuple[str, ...]
    journal: tuple[str, ...]


# A status that is no level is not shown as one.
_OF_ROLES = (
    _TIMES,
    _LEVELS,
    _LEVELS[:-1],
    _TEXTS,
    _LOGGERS,
    _STACKS,
    _STATUSES,
    _METHODS,
    _PATHS,
    _INSIGHTS,
    (_JOURNAL_TIME,),
)


class RecordReader:
    """Makes entries of the records of one log.

    Args:
        clock: reads the times that are written as text.
    """

    def __init__(self, clock: LogClock) -> None:
        self.clock = clock
        self._flat: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._roles: dict[tuple[str, ...], Roles] = {}

    def entry(self, record: dict[str, object]) -> LogEntry | None:
        """The entry of a record; None if it has no time that can be read.

        Raises:
            NoZoneError: its time names no zone, and none was given.
        """
        fields = self._fields(record)
        roles = self.roles_in(fields)
        moment = self._moment(fields, roles)
        if moment is None:
            return None
        words = _words(fields, roles.texts)
        inner = _inner(words) if words.startswith("{") else None  # a program's own record, passed on by a collector
        level = _level(fields, roles)
        if inner is not None:
            fields, roles = inner, self.roles_in(inner)
            level = _level(fields, roles) or level
        stack = _words(fields, roles.stacks) if roles.stacks else ""
        text = _shown(fields, roles, level)
        return entry_of(moment, text if not stack or stack in text else f"{text}\n{stack}", level)

    def _fields(self, record: dict[str, object]) -> _Fields:
        """The fields of a record; those of one log have mostly the same names, which are then looked at once."""
        for value in record.values():
            if isinstance(value, dict):
                return by_name(record)
        names = tuple(record)
        pairs = self._flat.get(names)
        if pairs is None:
            if len(self._flat) >= _MOST_SHAPES:
                self._flat.clear()
            pairs = self._flat[names] = [(name, str(own)) for name, own in by_name({own: own for own in names}).items()]
        return {name: record[own] for name, own in pairs}

    def roles_in(self, fields: Mapping[str, object]) -> Roles:
        """The names of these fields that serve for something."""
        names = tuple(fields)
        roles = self._roles.get(names)
        if roles is None:
            if len(self._roles) >= _MOST_SHAPES:
                self._roles.clear()
            roles = self._roles[names] = Roles(*(tuple(filter(fields.__contains__, known)) for known in _OF_ROLES))
        return roles

    def _moment(self, fields: _Fields, roles: Roles) -> Moment | None:
        journal = fields.get(_JOURNAL_TIME)
        if isinstance(journal, str) and journal.isdecimal():
            return counted(int(journal) / 1e6)
        zone = "Z" if roles.insights else ""
        for name in roles.times:
            if (value := fields[name]) and (moment := self._read(value, zone)):
                return moment
        texts = (value for value in fields.values() if isinstance(value, str))
        return next((moment for text in texts if (moment := self._written(text))), None)

    def _read(self, value: object, zone: str) -> Moment | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return counted(value)
        if not isinstance(value, str):
            return None
        if value[:10].isdecimal() and _EPOCH.fullmatch(value):
            return counted(float(value) if "." in value else int(value))
        return self._written(value + zone) or self._written(value)

    def _written(self, text: str) -> Moment | None:
        text = text.strip()
        if text.endswith("]"):
            text = _NAME_OF_ZONE.sub("", text)
        for pattern in _PATTERNS:
            if match := pattern.fullmatch(text):
                return self.clock.read(match)
        return None


def counted(value: float) -> Moment | None:
    """The moment of a number that counts from 1970; None if it is too small, or too large, to be one."""
    try:
        return Moment(from_epoch(value), _UTC) if value >= _FIRST_EPOCH else None
    except ValueError:
        return None


def by_name(record: dict[str, object]) -> _Fields:
    """The values that are no objects under their names in lower case, the outermost first."""
    fields: _Fields = {}
    waiting: deque[tuple[str, int, dict[str, object]]] = deque([("", 0, record)])
    while waiting:
        prefix, depth, part = waiting.popleft()
        for name, value in part.items():
            full = f"{prefix}{name}".lower()
            if isinstance(value, dict):
                if depth < _DEEPEST:
                    waiting.append((f"{full}.", depth + 1, value))
            elif len(fields) < _MOST_FIELDS:
                fields.setdefault(full, value)
                fields.setdefault(full.rpartition(".")[2], value)
    return fields


def _words(fields: _Fields, names: tuple[str, ...]) -> str:
    """The first of these fields that holds text."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.rstrip() if value.isprintable() else visible(value).rstrip()
        # The journal writes what is not UTF-8 as the numbers of its bytes.
        if isinstance(value, list) and value and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
            return visible(bytes(value).decode("utf-8", "replace")).rstrip()
    return ""


def _inner(text: str) -> _Fields | None:
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return by_name(record) if isinstance(record, dict) else None


def _level(fields: _Fields, roles: Roles) -> LogLevel | None:
    """What a record says of its level; an HTTP status may make it graver."""
    level = _named_level(fields, roles)
    for name in roles.statuses:
        status = str(fields[name])
        if len(status) == 3 and status.isdecimal() and "100" <= status < "600":
            return max(level or LogLevel.INFO, level_of_status(int(status)))
    return level


def _named_level(fields: _Fields, roles: Roles) -> LogLevel | None:
    if _JOURNAL_TIME in fields:
        return level_of_severity(int(text)) if (text := str(fields.get(_JOURNAL_LEVEL))).isdecimal() else None
    for name in roles.levels:
        value = fields[name]
        number = str(value)
        if number.isdecimal() and name != "status":
            return _level_of_number(int(number[:9]), is_severity="short_message" in fields)
        if isinstance(value, str) and (level := level_named(value)) is not None:
            return level
    return None


def _level_of_number(number: int, *, is_severity: bool) -> LogLevel | None:
    """Bunyan and pino: 60 fatal, 50 error, 40 warn, 30 info, 20 debug; GELF: as syslog."""
    if number < 10:
        return level_of_severity(number) if is_severity else None
    steps = ((60, LogLevel.FATAL), (50, LogLevel.ERROR), (40, LogLevel.WARNING), (30, LogLevel.INFO))
    return next((level for least, level in steps if number >= least), LogLevel.DEBUG)


def _shown(fields: _Fields, roles: Roles, level: LogLevel | None) -> str:
    """A record in one line: its level, what wrote it, and what it says."""
    words = _words(fields, roles.texts)
    if not words:
        pairs = [f"{name}={value}" for name, value in fields.items() if "." not in name and name not in _TIMES]
        return one_line(" ".join(pairs[:_SHOWN_FIELDS]))
    named = _words(
        fields, tuple(name for name in roles.levels if name != _LEVELS[-1])
    )  # a status that is no level is none
    label = _short(named.upper(), 20) if named and not named.isdecimal() else level.name if level else ""
    logger = _short(_words(fields, roles.loggers), 80) if roles.loggers else ""
    request = _request(fields, roles) if roles.methods and roles.paths else ""
    parts = (label, f"[{logger}]" if logger else "", words, "" if request in words else request)
    return " ".join(filter(None, parts))


@lru_cache(maxsize=1_000)
def _short(text: str, most: int) -> str:
    """A name in one line; there are few in a log, on many lines."""
    return one_line(text, most)


def _request(fields: _Fields, roles: Roles) -> str:
    """The HTTP request that a record is about: method, path and status."""
    method, path = _words(fields, roles.methods), _words(fields, roles.paths)
    status = next((str(fields[name]) for name in roles.statuses if str(fields[name]).isdecimal()), "")
    return one_line(f"{method} {path} {status}") if method and path else ""
