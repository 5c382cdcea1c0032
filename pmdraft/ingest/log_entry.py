"""Log files, plain or JSON lines, as a stream of entries; a stack trace is one entry."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.errors import InputError
from pmdraft.ingest.clock import NoZoneError, find_time, from_epoch, is_of_our_time, parse_instant
from pmdraft.shown import visible

_LEVELS = {
    "fatal": 4, "critical": 4, "crit": 4, "alert": 4, "emerg": 4, "panic": 4, "severe": 3, "error": 3, "err": 3,
    "warning": 2, "warn": 2, "info": 1, "notice": 1, "debug": 0, "trace": 0,
}  # fmt: skip
ERROR, WARNING, INFO = 3, 2, 1
_LEVEL = re.compile(rf"(?<![\w/.-])({'|'.join(_LEVELS)})(?![\w/-])", re.IGNORECASE)
# Without a level, these words at least say that something went wrong.
_TROUBLE = re.compile(r"\b(?:error|exception|fail(?:ed|ure)|traceback|refused|timed out|timeout)\b", re.IGNORECASE)
_TIME_KEYS = ("@timestamp", "timestamp", "time", "ts", "datetime", "t")
_LEVEL_KEYS = ("level", "severity", "levelname", "lvl", "log.level")
_TEXT_KEYS = ("message", "msg", "event", "text")
_STACK_KEYS = ("stack", "stacktrace", "stack_trace", "exception", "exc_info", "error", "err")
_EXAMPLES = "2025-10-27T14:23:05+09:00 or [27/Oct/2025:14:23:05 +0900]"
_LONGEST_LINE = 8_000
_MOST_CONTINUATION_LINES = 40


@dataclass(slots=True)
class LogEntry:
    """One entry of a log.

    Attributes:
        line: its first line in the file, from 1.
        at: when it was written, aware.
        level: 4 fatal, 3 error, 2 warning, 1 info or unknown, 0 debug.
        text: the entry without its time, one line.
        more: the lines that follow it, such as a stack trace.
        unread: how many lines followed beyond those.
    """

    line: int
    at: datetime
    level: int
    text: str
    more: list[str] = field(default_factory=list)
    unread: int = 0

    def follow(self, line: str) -> None:
        """Take in a line that belongs to this entry."""
        if len(self.more) < _MOST_CONTINUATION_LINES:
            self.more.append(line)
        else:
            self.unread += 1


def read_entries(path: Path, zone: ZoneInfo | None) -> Iterator[LogEntry]:
    """Stream the entries of a log.

    Args:
        path: a text file; each line JSON, or text with a time near its start.
        zone: zone of times that do not name theirs.

    Raises:
        InputError: it cannot be read, no line has a time, or times lack a zone that was not given.
    """
    current: LogEntry | None = None
    number = 0
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, raw in enumerate(file, 1):
                line = visible(raw[:_LONGEST_LINE]).rstrip()
                entry = _entry(number, line, zone)
                if entry is not None:
                    if current is not None:
                        yield current
                    current = entry
                elif current is not None and line.strip():
                    current.follow(line)
    except NoZoneError as error:
        raise InputError(
            f"{path}:{number}: the time {str(error)!r} names no zone; say which with --timezone, such as Asia/Tokyo"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    if current is not None:
        yield current
    elif number:
        raise InputError(f"{path}: no line has a time such as {_EXAMPLES}; is this a log?")
    else:
        raise InputError(f"{path}: empty file; leave it out")


def _entry(number: int, line: str, zone: ZoneInfo | None) -> LogEntry | None:
    if line.startswith("{") and (entry := _json_entry(number, line, zone)):
        return entry
    if line[:1].isspace():
        return None  # a continuation, even if it speaks of a time
    found = find_time(line, zone)
    if found is None:
        return None
    at, end = found
    text = line[end:].removeprefix('"').lstrip(" \t]-:|,")
    # Most write the level after the time, some before it.
    named = _LEVEL.search(text[:120]) or _LEVEL.search(line[:end])
    level = _LEVELS[named[1].lower()] if named else WARNING if _TROUBLE.search(text) else INFO
    return LogEntry(number, at, level, text)


def _json_entry(number: int, line: str, zone: ZoneInfo | None) -> LogEntry | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    at = _json_time(_first(record, _TIME_KEYS), zone)
    if at is None:
        return None
    named = _first(record, _LEVEL_KEYS)
    text = _first(record, _TEXT_KEYS)
    source = _first(record, ("logger", "service", "name", "component"))
    shown = " ".join(str(part) for part in (str(named or "").upper(), f"[{source}]" if source else "", text) if part)
    stack = _first(record, _STACK_KEYS)
    if isinstance(stack, dict):  # bunyan and pino: {"message", "stack"}
        stack = stack.get("stack")
    entry = LogEntry(number, at, _json_level(named), " ".join((shown or line).split()))
    for line_of_stack in stack.splitlines() if isinstance(stack, str) else ():
        entry.follow(line_of_stack)
    return entry


def _json_time(value: object, zone: ZoneInfo | None) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            at = from_epoch(value)
            return at if is_of_our_time(at) else None
        return parse_instant(value, zone) if isinstance(value, str) else None
    except NoZoneError:
        raise
    except ValueError:
        return None


def _json_level(value: object) -> int:
    if isinstance(value, int):  # bunyan and pino: 60 fatal, 50 error, 40 warn, 30 info
        return max(0, min(4, value // 10 - 2))
    return _LEVELS.get(str(value).lower(), INFO)


def _first(record: dict[str, object], keys: tuple[str, ...]) -> object:
    return next((record[key] for key in keys if record.get(key) not in (None, "")), None)
