"""klog and glog, as Kubernetes' own programs write: `E1027 14:23:05.123456    1234 file.go:12] message`."""

import re

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import LogLevel
from pmdraft.ingest.time_forms import KLOG

_LEVELS = {"I": LogLevel.INFO, "W": LogLevel.WARNING, "E": LogLevel.ERROR, "F": LogLevel.FATAL}
_LINE = re.compile(rf"(?P<level>[IWEF]){KLOG.pattern} +\d+ (?=\S+:\d+\] )")


class Klog:
    """Lines of klog.

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
        return LogEntry(moment.at, moment.written, line[match.end() :], _LEVELS[match["level"]])
