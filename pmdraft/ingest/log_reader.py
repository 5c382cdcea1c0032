"""A log file as a stream of entries, whatever its compression, encoding and format."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from pmdraft.errors import InputError
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.compression import Progress
from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_documents import (
    DamagedDocument,
    Record,
    UnreadJson,
    csv_records,
    is_json_document,
    json_records,
    separator_of,
)
from pmdraft.ingest.log_entry import LONGEST_TEXT, LogEntry
from pmdraft.ingest.log_formats import Parse, parsers_for
from pmdraft.ingest.log_records import RecordReader
from pmdraft.ingest.log_year import reference_for, reference_in, rolled_over
from pmdraft.ingest.textfile import TextFile, TextReport
from pmdraft.ingest.window import Window
from pmdraft.shown import visible

_EXAMPLES = "2025-10-27T14:23:05+09:00 or [27/Oct/2025:14:23:05 +0900]"
_SAMPLE = 300
# Docker compose puts the name of the service before each line, kubectl that of the pod.
_SENDER = re.compile(r"[\w.-]{1,80} +\| |\[pod/[\w./-]{1,200}\] ")
_MOST_SENDERS = 200


class LogFile:
    """The entries of one log; use it as a context manager, and go through it once.

    Args:
        path: the file.
        zone: zone of times that do not name theirs.
        window: where the incident is, which tells the year of times that name none.
        progress: told how far the file is read.

    Attributes:
        untimed: how many lines and records belong to no entry, because none with a time came before.
        untimed_from: the first of them, from 1.
        unread: what of a document could not be read.

    Raises:
        InputError: it cannot be opened; while iterating: it cannot be read, is empty, no line has a time, or times
            lack a zone that was not given.
    """

    def __init__(self, path: Path, zone: ZoneInfo | None, window: Window, progress: Progress | None = None) -> None:
        self._path = path
        self._text = TextFile(path, progress)
        self._clock = LogClock(zone, reference_for(path, zone, window))
        self._line = 0
        self.untimed = 0
        self.untimed_from = 0
        self.unread = UnreadJson()

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._text.__exit__()

    @property
    def report(self) -> TextReport:
        """What was met in the text of the file so far."""
        return self._text.report

    def __iter__(self) -> Iterator[LogEntry]:
        """The entries, in the order of the file; of several senders in one, each entry once it is complete."""
        head = self._text.head()
        if not head:
            raise InputError(f"{self._path}: empty file; leave it out")
        entry = None
        try:
            for entry in self._entries(head):
                yield entry
        except NoZoneError as error:
            raise InputError(
                f"{self._path}:{self._line}: the time {str(error)!r} names no zone; "
                "say which with --timezone, such as Asia/Tokyo"
            ) from error
        if entry is None:
            raise InputError(f"{self._path}: no line has a time such as {_EXAMPLES}; is this a log?")

    def _entries(self, head: str) -> Iterator[LogEntry]:
        if is_json_document(head):
            return self._of_records(json_records(self._text.pieces()))
        if separator := separator_of(head.lstrip("\n").partition("\n")[0]):
            return self._of_records(csv_records(self._text, separator))
        return self._of_lines()

    def _of_records(self, records: Iterator[Record]) -> Iterator[LogEntry]:
        reader = RecordReader(self._clock)
        try:
            for self._line, fields, lost in records:
                if lost:
                    self.unread = self.unread._replace(places=self.unread.places + 1, size=self.unread.size + lost)
                entry = reader.entry(fields)
                if entry is None:
                    self._leave_out()
                else:
                    entry.line = self._line
                    yield entry
        except DamagedDocument as error:
            self.unread = self.unread._replace(line=int(str(error)))

    def _leave_out(self) -> None:
        self.untimed += 1
        self.untimed_from = self.untimed_from or self._line

    def _of_lines(self) -> Iterator[LogEntry]:
        blocks = self._text.blocks()
        first = next(blocks, [])
        sample = [line for raw in chain(first[:_SAMPLE], first[-_SAMPLE:]) if (line := _fit(raw))]
        has_senders = 2 * sum(bool(_SENDER.match(line)) for line in sample) > len(sample)
        if has_senders:
            sample = [without_sender(line) for line in sample]
        known = self._clock.reference
        self._clock.reference = reference_in(first) or rolled_over(sample, known) or known
        parsers = parsers_for(sample, self._clock)
        return self._grouped(chain.from_iterable(chain((first,), blocks)), parsers, _SENDER if has_senders else None)

    def _grouped(
        self, lines: Iterable[str], parsers: list[Parse], sender_at: re.Pattern[str] | None
    ) -> Iterator[LogEntry]:
        """Entries with the lines that follow each; those of several senders may be in each other's midst."""
        current: dict[str, LogEntry] = {}
        sender = ""
        parse, *others = parsers
        for self._line, raw in enumerate(lines, 1):
            line = raw if raw.isprintable() and len(raw) < LONGEST_TEXT else _fit(raw)
            if sender_at:
                sender, line = _split(line, sender_at)
            found = parse(line)
            if found is None:
                found = _parsed(line, others)
            if isinstance(found, LogEntry):
                found.line = self._line
                if sender:
                    found.text = sender + found.text
                if sender in current:
                    yield current[sender]
                current[sender] = found
                if len(current) > _MOST_SENDERS:
                    yield from current.values()
                    current.clear()
            elif not line or found == "":
                continue
            elif sender in current:
                current[sender].follow(found or line)
            else:
                self._leave_out()
        yield from current.values()


def without_sender(line: str) -> str:
    """A line without the name of a service or pod that docker compose or kubectl put before it."""
    return _SENDER.sub("", line, count=1)


def _parsed(line: str, parsers: list[Parse]) -> LogEntry | str | None:
    """What the first parser that knows this line makes of it; an indented one belongs to the entry before."""
    if line and not line[0].isspace():
        for parse in parsers:
            if (found := parse(line)) is not None:
                return found
    return None


def _fit(line: str) -> str:
    """A line as it is read: nothing invisible in it, and not endless unless it is one record."""
    if not line.startswith("{"):
        line = line[:LONGEST_TEXT]
    return (line if line.isprintable() else visible(line)).rstrip()


def _split(line: str, sender_at: re.Pattern[str]) -> tuple[str, str]:
    match = sender_at.match(line)
    return (f"{match[0].strip(' |[]')}: ", line[match.end() :]) if match else ("", line)
