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
from pmdraft.ingest.textfile import Block, TextFile, TextReport
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
        return self._entries(head)

    def _entries(self, head: str) -> Iterator[LogEntry]:
        if is_json_document(head):
            return self._of_records(json_records(self._text.pieces()))
        if separator := separator_of(head.lstrip("\n").partition("\n")[0]):
            return self._of_records(csv_records(self._text, separator))
        return self._of_lines()

    def _of_records(self, records: Iterator[Record]) -> Iterator[LogEntry]:
        reader = RecordReader(self._clock)
        is_log = False
        line = 0
        try:
            for line, fields, lost in records:
                if lost:
                    self.unread = self.unread._replace(places=self.unread.places + 1, size=self.unread.size + lost)
                entry = reader.entry(fields)
                if entry is None:
                    self._leave_out(line)
                else:
                    entry.line = line
                    is_log = True
                    yield entry
        except DamagedDocument as error:
            self.unread = self.unread._replace(line=int(str(error)))
        except NoZoneError as error:
            raise self._no_zone(line, error) from error
        if not is_log:
            raise self._no_log()

    def _leave_out(self, line: int) -> None:
        self.untimed += 1
        self.untimed_from = self.untimed_from or line

    def _no_zone(self, line: int, error: NoZoneError) -> InputError:
        return InputError(
            f"{self._path}:{line}: the time {str(error)!r} names no zone; say which with --timezone, such as Asia/Tokyo"
        )

    def _no_log(self) -> InputError:
        return InputError(f"{self._path}: no line has a time such as {_EXAMPLES}; is this a log?")

    def _of_lines(self) -> Iterator[LogEntry]:
        blocks = self._text.told_blocks()
        first = next(blocks, Block([], is_plain=True))
        sample = [line for raw in chain(first.lines[:_SAMPLE], first.lines[-_SAMPLE:]) if (line := _fit(raw))]
        has_senders = 2 * sum(bool(_SENDER.match(line)) for line in sample) > len(sample)
        if has_senders:
            sample = [without_sender(line) for line in sample]
        known = self._clock.reference
        self._clock.reference = reference_in(first.lines) or rolled_over(sample, known) or known
        parsers = parsers_for(sample, self._clock)
        lines = chain.from_iterable(map(_fitting, chain((first,), blocks)))
        return self._of_senders(lines, parsers) if has_senders else self._grouped(lines, parsers)

    def _grouped(self, lines: Iterable[str], parsers: list[Parse]) -> Iterator[LogEntry]:
        """Entries with the lines that follow each."""
        parse, *others = parsers
        entry: LogEntry | None = None
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                found = parse(line)
                if found is None:
                    found = _parsed(line, others)
                if isinstance(found, LogEntry):
                    found.line = number
                    if entry is not None:
                        yield entry
                    entry = found
                elif not line or found == "":
                    continue
                elif entry is not None:
                    entry.follow(found or line)
                else:
                    self._leave_out(number)
        except NoZoneError as error:
            raise self._no_zone(number, error) from error
        if entry is None:
            raise self._no_log()
        yield entry

    def _of_senders(self, lines: Iterable[str], parsers: list[Parse]) -> Iterator[LogEntry]:
        """Entries with the lines that follow each, where those of several senders may be in each other's midst."""
        current: dict[str, LogEntry] = {}
        number = 0
        is_log = False
        try:
            for number, raw in enumerate(lines, 1):
                sender, line = _split(raw)
                found = _parsed_first(line, parsers)
                if isinstance(found, LogEntry):
                    is_log = True
                    found.line = number
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
                    self._leave_out(number)
        except NoZoneError as error:
            raise self._no_zone(number, error) from error
        if not is_log:
            raise self._no_log()
        yield from current.values()


def without_sender(line: str) -> str:
    """A line without the name of a service or pod that docker compose or kubectl put before it."""
    return _SENDER.sub("", line, count=1)


def _parsed_first(line: str, parsers: list[Parse]) -> LogEntry | str | None:
    """What the parser of most lines makes of this one, or the first of the others that knows it."""
    parse, *others = parsers
    found = parse(line)
    return _parsed(line, others) if found is None else found


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


def _fitting(block: Block) -> list[str]:
    """The lines of a block as they are read."""
    lines = block.lines
    if block.is_plain and len(max(lines, key=len)) < LONGEST_TEXT:
        return lines
    return [line if line.isprintable() and len(line) < LONGEST_TEXT else _fit(line) for line in lines]


def _split(line: str) -> tuple[str, str]:
    match = _SENDER.match(line)
    return (f"{match[0].strip(' |[]')}: ", line[match.end() :]) if match else ("", line)
