"""What was read from a Slack channel, kept as it comes in, so that no page is asked for twice.

A channel has a file of JSON lines in the user's cache: the pages as Slack gave
them, each with the stretch of time that it covers, between lines that mark where
a reading began and ended. A line that a killed run left half written is passed over.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from pmdraft.errors import InputError
from pmdraft.ingest.slack_message import SlackMessage, instant
from pmdraft.records import Record

SETTLED = timedelta(days=1)
"""What was this old when it was read is not asked for again: it seldom changes or gets a first reply."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A reading that broke off longer ago is begun anew, for it would mix two states of the channel.
_GOES_ON_WITHIN = timedelta(hours=6)

MESSAGES = TypeAdapter(tuple[SlackMessage, ...])


class Span(NamedTuple):
    """A stretch of time: after `low`, up to and with `high`."""

    low: datetime
    high: datetime


class Line(Record):
    """One line of a channel's file."""

    kind: Literal["begin", "history", "thread", "end"]
    at: AwareDatetime
    """When it was written."""
    span: Span | None = None
    """The page holds all that the channel has in it; None where it tells of no stretch."""
    thread: str | None = None
    """`ts` of the thread's first message."""
    after: str | None = None
    """The page goes on after this reply; None: it begins the thread."""
    whole: bool = False
    """Whether the thread was read to its end."""
    messages: tuple[dict[str, object], ...] = ()
    """As Slack gave them."""


@dataclass(slots=True)
class Thread:
    """What is known of a thread."""

    messages: dict[str, SlackMessage] = field(default_factory=dict)
    read: datetime | None = None
    """When it was last read to its end; None: it broke off."""
    fresh: bool = False
    """Whether this reading has seen it."""

    def replies(self, parent: str) -> list[str]:
        """`ts` of the replies, in the order of time."""
        return sorted((ts for ts in self.messages if ts != parent), key=instant)


class ChannelStore:
    """The kept pages of one channel.

    Args:
        path: the channel's file.
        now: the time.
        anew: forget what was read before.

    Raises:
        InputError: the file cannot be read or written.
    """

    def __init__(self, path: Path, now: datetime, *, anew: bool = False) -> None:
        self._path = path
        self.messages: dict[str, SlackMessage] = {}
        """The channel's own messages, by `ts`."""
        self.threads: dict[str, Thread] = {}
        """By the `ts` of the first message."""
        self.fresh: set[str] = set()
        """`ts` of the messages that this reading has seen."""
        self._covered: list[Span] = []
        lines = [] if anew else list(_lines(path))
        begun = _unfinished(lines, now)
        for number, line in enumerate(lines):
            self._take(line, current=begun is not None and number > begun)
        if anew:
            append(path, b"", anew=True)
        if begun is None:
            self._add(Line(kind="begin", at=now))

    def gaps(self, wanted: Span) -> list[Span]:
        """What of a stretch of time is not known, the newest first."""
        gaps, top = [], wanted.high
        for known in sorted(self._covered, key=lambda span: span.high, reverse=True):
            if known.high <= wanted.low:
                break
            if known.high < top:
                gaps.append(Span(known.high, top))
            top = min(top, known.low)
        return [*gaps, Span(wanted.low, top)] if top > wanted.low else gaps

    def add_history(self, messages: Sequence[dict[str, object]], span: Span | None, now: datetime) -> None:
        """Keep a page of the channel's history that holds all messages of `span`."""
        self._add(Line(kind="history", at=now, span=span, messages=tuple(messages)))

    def add_thread(
        self, thread: str, messages: Sequence[dict[str, object]], *, after: str | None, whole: bool, now: datetime
    ) -> None:
        """Keep a page of a thread."""
        self._add(Line(kind="thread", at=now, thread=thread, after=after, whole=whole, messages=tuple(messages)))

    def end(self, now: datetime) -> None:
        """Mark that everything wanted was read; the next reading looks for changes again."""
        self._add(Line(kind="end", at=now))

    def _add(self, line: Line) -> None:
        append(self._path, line.model_dump_json(exclude_defaults=True).encode() + b"\n")
        self._take(line, current=True)

    def _take(self, line: Line, *, current: bool) -> None:
        messages = {message.ts: message for message in MESSAGES.validate_python(line.messages)}
        if line.kind == "history":
            if line.span is not None:
                self._cover(line.span, messages, None if current else line.at - SETTLED)
            self.messages |= messages
            self.fresh |= messages.keys() if current else set()
        elif line.kind == "thread" and line.thread is not None:
            known = self.threads.get(line.thread) if line.after else None
            thread = self.threads[line.thread] = known or Thread()
            thread.messages |= messages
            thread.read = line.at if line.whole else None
            thread.fresh = current and line.whole

    def _cover(self, span: Span, messages: dict[str, SlackMessage], settled: datetime | None) -> None:
        # What an earlier page had here and this one has not was deleted in between.
        for ts in [ts for ts in self.messages if ts not in messages and span.low < instant(ts) <= span.high]:
            del self.messages[ts]
        high = span.high if settled is None else min(span.high, settled)
        if high > span.low:
            self._covered.append(Span(span.low, high))


def _unfinished(lines: Sequence[Line], now: datetime) -> int | None:
    """Where the last reading begins, if it broke off a short while ago."""
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].kind == "end":
            return None
        if lines[number].kind == "begin":
            return number if timedelta() <= now - lines[number].at < _GOES_ON_WITHIN else None
    return None


def _lines(path: Path) -> Iterator[Line]:
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); remove it, or --refresh") from error
    for text in data.splitlines():
        try:
            line = Line.model_validate_json(text)
            MESSAGES.validate_python(line.messages)
        except ValidationError:  # half a line, or one of another version: its page is asked for again
            continue
        yield line


def append(path: Path, data: bytes, *, anew: bool = False) -> None:
    """Add lines to a file that only the user may read; `anew` empties it first.

    Raises:
        InputError: it cannot be written.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | (os.O_TRUNC if anew else 0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            # One call a line, and never behind half a line that a killed run left.
            file.write(b"\n" + data if size and data and file.read(1) != b"\n" else data)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}); name another folder in PMDRAFT_CACHE_DIR"
        ) from error
