"""Entries from records: objects with a time, a level and a message under the many names that loggers use."""

import json
import re
from collections import deque

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
_FIRST_EPOCH = 1e9  # smaller numbers are counts and durations
_MOST_FIELDS, _DEEPEST, _SHOWN_FIELDS = 200, 4, 30
_Fields = dict[str, object]


class RecordReader:
    """Makes entries of the records of one log.

    Args:
        clock: reads the times that are written as text.
    """

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock

    def entry(self, record: dict[str, object]) -> LogEntry | None:
        """The entry of a record; None if it has no time that can be read.

        Raises:
            NoZoneError: its time names no zone, and none was given.
        """
        fields = _by_name(record)
        moment = self._moment(fields)
        if moment is None:
            return None
        inner = _inner(_words(fields, _TEXTS))  # a program's own record, passed on by what collects the log
        level = _level(fields)
        if inner is not None:
            level, fields = _level(inner) or level, inner
        stack = _words(fields, _STACKS)
        text = _shown(fields, level)
        return entry_of(moment, text if not stack or stack in text else f"{text}\n{stack}", level)

    def _moment(self, fields: _Fields) -> Moment | None:
        journal = fields.get(_JOURNAL_TIME)
        if isinstance(journal, str) and journal.isdecimal():
            return _counted(int(journal) / 1e6)
        zone = "Z" if any(name in fields for name in _INSIGHTS) else ""
        for name in _TIMES:
            if (value := fields.get(name)) and (moment := self._read(value, zone)):
                return moment
        texts = (value for value in fields.values() if isinstance(value, str))
        return next((moment for text in texts if (moment := self._written(text))), None)

    def _read(self, value: object, zone: str) -> Moment | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _counted(value)
        if not isinstance(value, str):
            return None
        if _EPOCH.fullmatch(value):
            return _counted(float(value) if "." in value else int(value))
        return self._written(value + zone) or self._written(value)

    def _written(self, text: str) -> Moment | None:
        text = _NAME_OF_ZONE.sub("", text.strip())
        for pattern in _PATTERNS:
            if match := pattern.fullmatch(text):
                return self._clock.read(match)
        return None


def _counted(value: float) -> Moment | None:
    try:
        return Moment(from_epoch(value), Written("UTC")) if value >= _FIRST_EPOCH else None
    except ValueError:
        return None


def _by_name(record: dict[str, object]) -> _Fields:
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
    return _by_name(record) if isinstance(record, dict) else None


def _level(fields: _Fields) -> LogLevel | None:
    """What a record says of its level; an HTTP status may make it graver."""
    level = _named_level(fields)
    for name in _STATUSES:
        status = str(fields.get(name))
        if len(status) == 3 and status.isdecimal() and "100" <= status < "600":
            return max(level or LogLevel.INFO, level_of_status(int(status)))
    return level


def _named_level(fields: _Fields) -> LogLevel | None:
    if _JOURNAL_TIME in fields:
        return level_of_severity(int(text)) if (text := str(fields.get(_JOURNAL_LEVEL))).isdecimal() else None
    for name in _LEVELS:
        value = fields.get(name)
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


def _shown(fields: _Fields, level: LogLevel | None) -> str:
    """A record in one line: its level, what wrote it, and what it says."""
    words = _words(fields, _TEXTS)
    if not words:
        pairs = [f"{name}={value}" for name, value in fields.items() if "." not in name and name not in _TIMES]
        return one_line(" ".join(pairs[:_SHOWN_FIELDS]))
    named = _words(fields, _LEVELS[:-1])  # a status that is no level is none
    label = one_line(named.upper(), 20) if named and not named.isdecimal() else level.name if level else ""
    logger = one_line(_words(fields, _LOGGERS), 80)
    request = _request(fields)
    parts = (label, f"[{logger}]" if logger else "", words, "" if request in words else request)
    return " ".join(part for part in parts if part)


def _request(fields: _Fields) -> str:
    """The HTTP request that a record is about: method, path and status."""
    method, path = _words(fields, _METHODS), _words(fields, _PATHS)
    status = next((str(fields[name]) for name in _STATUSES if str(fields.get(name)).isdecimal()), "")
    return one_line(f"{method} {path} {status}") if method and path else ""
