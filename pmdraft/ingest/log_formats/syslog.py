"""Syslog with its priority: RFC 5424, and RFC 3164 as it comes over the wire.

Without a priority a line of syslog is one that begins with a time.
"""

import re

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import level_in, level_of_severity
from pmdraft.ingest.time_forms import BSD, ISO

_PRIORITY = r"<(?P<priority>\d{1,3})>"
_STRUCTURED = r"(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)"
_RFC_5424 = re.compile(
    rf"{_PRIORITY}\d{{1,2}} {ISO.pattern} (?P<host>\S+) (?P<app>\S+) (?P<process>\S+) \S+ {_STRUCTURED}(?: |$)"
)
_RFC_3164 = (re.compile(_PRIORITY + BSD.pattern + " ?"), re.compile(_PRIORITY + ISO.pattern + " ?"))


class Syslog:
    """Lines of syslog with a priority.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock

    def parse(self, line: str) -> LogEntry | None:
        """The entry that this line begins."""
        if not line.startswith("<"):
            return None
        if match := _RFC_5424.match(line):
            process = "" if match["process"] == "-" else f"[{match['process']}]"
            sender = " ".join(part for part in (match["host"], match["app"] + process) if not part.startswith("-"))
            return self._entry(match, f"{sender}: {line[match.end() :]}" if sender else line[match.end() :])
        for form in _RFC_3164:
            if match := form.match(line):
                return self._entry(match, line[match.end() :])
        return None

    def _entry(self, match: re.Match[str], text: str) -> LogEntry | None:
        moment = self._clock.read(match)
        if moment is None:
            return None
        # What programs print is often sent on with one priority for all, so their own word counts if it is graver.
        levels = [level for level in (level_of_severity(int(match["priority"]) % 8), level_in(text)) if level]
        return LogEntry(moment.at, moment.written, text, max(levels))
