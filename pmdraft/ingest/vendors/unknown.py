"""JSON of no known vendor, kept as text: its fields a line each, at a time that is found in it."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pmdraft.ingest.alert import Told
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.log_clock import find_time
from pmdraft.ingest.vendors.fields import text_of
from pmdraft.ingest.vendors.subject import NOTE, Moment, Subject
from pmdraft.ingest.vendors.times import Clock, NoTimeError

VENDOR = "Unknown tool"
_TITLES = ("title", "name", "summary", "subject", "alert", "alertname", "message", "text", "description", "event")
_TIME_WORDS = {"time", "timestamp", "date", "datetime", "ts", "clock", "epoch", "when"}
_LAST_WORDS = {"at", "on"}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Numbers and texts that could be read as other times are codes and sizes.
_YEARS = range(2000, 2100)
_MOST_LINES = 60
_LONGEST_LINE = 500


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The payload as a note.

    Raises:
        NoTimeError: no time is in it, and when it came in is not known.
        NoZoneError: the only times in it name no zone, and none was given.
    """
    fields = list(_fields(body))
    # A time in a list is that of an item, such as one of a document's events, and not the payload's own.
    at = _time_in(list(_fields(body, with_lists=False)), clock) or clock.received
    if at is None:
        raise NoTimeError("no time")
    titles = {name.rpartition(".")[2].lower(): text for name, value in reversed(fields) if (text := text_of(value))}
    what = next((titles[name] for name in _TITLES if name in titles), "payload")
    found = replace(clock, received=at)
    yield from Subject(VENDOR, what.splitlines()[0]).events(found, Moment(NOTE, None, detail=_told(fields) or None))


def text_in(body: dict[str, object]) -> str:
    """The payload's fields, a line each."""
    return _told(list(_fields(body)))


def _told(fields: list[tuple[str, object]]) -> str:
    lines = [f"{name}: {text[:_LONGEST_LINE]}" for name, value in fields if (text := text_of(value))]
    more = [f"… and {len(lines) - _MOST_LINES} more fields"] if len(lines) > _MOST_LINES else []
    return "\n".join(lines[:_MOST_LINES] + more)


def _fields(body: dict[str, object], *, with_lists: bool = True) -> Iterator[tuple[str, object]]:
    """All values that are neither objects nor lists, the outermost first, each with the names that lead to it."""
    waiting: deque[tuple[str, object]] = deque(body.items())
    while waiting:
        name, value = waiting.popleft()
        if isinstance(value, dict):
            waiting.extend((f"{name}.{inner}", item) for inner, item in value.items())
        elif isinstance(value, list):
            waiting.extend((name, item) for item in value if with_lists)
        else:
            yield name, value


def _time_in(fields: list[tuple[str, object]], clock: Clock) -> datetime | None:
    """The first value under the name of a time, else the first text that begins with one."""
    without_zone: NoZoneError | None = None
    for wanted in (_named_time, _time_in_text):
        for name, value in fields:
            try:
                at = wanted(name, value, clock)
            except NoZoneError as error:
                without_zone = without_zone or error
                continue
            if at and at.year in _YEARS:
                return at
    if without_zone and clock.received is None:
        raise without_zone
    return None


def _named_time(name: str, value: object, clock: Clock) -> datetime | None:
    words = re.split(r"[^a-z]+", _CAPITAL.sub("_", name.rpartition(".")[2]).lower())
    if not (_TIME_WORDS & set(words) or words[-1] in _LAST_WORDS):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return clock.read(value)
    except NoZoneError:
        raise
    except ValueError:
        return None


def _time_in_text(name: str, value: object, clock: Clock) -> datetime | None:  # noqa: ARG001 - as its twin has it
    found = find_time(value, clock.zone) if isinstance(value, str) else None
    return found[0] if found else None
