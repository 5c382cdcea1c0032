"""One entry of a log, whatever format the log has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pmdraft.ingest.log_clock import Moment, Written
from pmdraft.ingest.log_level import LogLevel

LONGEST_TEXT = 8_000
"""Characters of one line of an entry that are kept."""
_MOST_FURTHER_LINES = 40


@dataclass(slots=True)
class LogEntry:
    """One entry of a log.

    Attributes:
        at: when it was written, in UTC.
        written: how the log wrote that.
        text: the entry without its time, one line.
        level: what its format says; None where only its words can tell.
        form: what tells entries of one form from others, where the format knows better than the words.
        more: the lines that follow it, such as a stack trace.
        unread: how many lines followed beyond those.
        goes_on: its first line ends with the next one.
        line: its first line in the file, from 1.
    """

    at: datetime
    written: Written
    text: str
    level: LogLevel | None = None
    form: str | None = None
    more: Sequence[str] = ()
    unread: int = 0
    goes_on: bool = False
    line: int = 0

    def follow(self, line: str) -> None:
        """Take in a line that belongs to this entry."""
        if self.goes_on:
            self.text = f"{self.text} {line}"
            self.goes_on = False
        elif len(self.more) < _MOST_FURTHER_LINES:
            self.more = [*self.more, line]
        else:
            self.unread += 1


def entry_of(moment: Moment, text: str, level: LogLevel | None = None, form: str | None = None) -> LogEntry:
    """An entry of a text that may have several lines."""
    first, *more = text.split("\n") if "\n" in text else (text,)
    entry = LogEntry(moment.at, moment.written, first[:LONGEST_TEXT], level, form)
    for line in more:
        if line.strip():
            entry.follow(line.rstrip()[:LONGEST_TEXT])
    return entry
