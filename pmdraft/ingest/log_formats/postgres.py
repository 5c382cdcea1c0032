"""PostgreSQL: what it says of an error comes as lines of their own, each with the time again, and is one entry."""

import re

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import LogLevel
from pmdraft.ingest.time_forms import ISO

_LEVELS = {
    "PANIC": LogLevel.FATAL,
    "FATAL": LogLevel.FATAL,
    "ERROR": LogLevel.ERROR,
    "WARNING": LogLevel.WARNING,
    "NOTICE": LogLevel.INFO,
    "INFO": LogLevel.INFO,
    "LOG": LogLevel.INFO,
}
_DEBUG = "DEBUG"
_FURTHER = ("DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "STATEMENT")
# Two spaces stand behind the word, which nothing else writes: https://www.postgresql.org/docs/current/runtime-config-logging.html
_LINE = re.compile(
    rf"{ISO.pattern}(?: [A-Z]{{3,5}})?[ :](?:.{{0,200}}?[ :])??(?P<word>{'|'.join((*_LEVELS, *_FURTHER))}|DEBUG\d?):  "
)


class Postgres:
    """Lines of PostgreSQL's own log.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock

    def parse(self, line: str) -> LogEntry | str | None:
        """The entry that this line begins, or the line of the entry before."""
        match = _LINE.match(line)
        if match is None:
            return None
        word = match["word"]
        if word in _FURTHER:
            return line[match.start("word") :]
        moment = self._clock.read(match)
        if moment is None:
            return None
        level = _LEVELS.get(word, LogLevel.DEBUG)
        return LogEntry(moment.at, moment.written, line[match.start("word") :], level)
