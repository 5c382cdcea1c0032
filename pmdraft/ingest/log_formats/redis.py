"""Redis: `1:M 25 Apr 2024 05:32:35.018 * Ready to accept connections`."""

import re

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import LogLevel
from pmdraft.ingest.time_forms import DAY_FIRST

# The marks of its levels debug, verbose, notice and warning: https://github.com/redis/redis/blob/7.2/src/server.c
_LEVELS = {".": LogLevel.DEBUG, "-": LogLevel.DEBUG, "*": LogLevel.INFO, "#": LogLevel.WARNING}
_LINE = re.compile(rf"\d+:[XCSM] {DAY_FIRST.pattern} (?P<mark>[.*#-]) ")


class Redis:
    """Lines of Redis.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock

    def parse(self, line: str) -> LogEntry | None:
        """The entry that this line begins."""
        match = _LINE.match(line)
        moment = self._clock.read(match) if match else None
        if match is None or moment is None:
            return None
        return LogEntry(moment.at, moment.written, line[match.end() :], _LEVELS[match["mark"]])
