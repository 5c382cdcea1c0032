"""Access logs of web servers in the common and combined format (Apache, nginx), and HAProxy's HTTP log."""

import re

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import LogLevel, level_of_status
from pmdraft.ingest.log_masking import Masking
from pmdraft.ingest.time_forms import BSD, DAY_FIRST, ISO

_COMMON = re.compile(
    rf"(?P<who>[^\s\[]++ )[^\s\[]++ (?:[^\s\[]++ )?+(?:[^\s\[]++ )?+(?:[^\s\[]++ )?+\[{DAY_FIRST.pattern}\] "
    r"(?P<told>\"(?P<method>[A-Z]{3,10}|[^\" ]*) ?(?P<path>[^\" ?]*+)[^\"]*+\" (?P<status>\d{3})\b.*)"
)
_VERSION = re.compile(r"v[0-9]{1,2}")
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_MOST_KNOWN = 20_000
# https://docs.haproxy.org/2.8/configuration.html#8.2.3
_HAPROXY = tuple(
    re.compile(
        rf"(?:<\d{{1,3}}>)?{form.pattern} (?P<told>\S+ haproxy\[\d+\]: \S+ \[[^\]]+\] (?P<front>\S+) (?P<back>\S+) "
        r"[-+\d]+(?:/[-+\d]+){4} (?P<status>-?\d{1,3}) .*)"
    )
    for form in (BSD, ISO)
)


class AccessLog:
    """Lines of which each tells of one request; their form is the request's path and what it came to.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock
        self._masking = Masking()
        self._known: dict[tuple[str, bytes, str, str], tuple[str, LogLevel]] = {}

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        match = _COMMON.match(line)
        found = self._clock.told(match) if match else None
        if match is None or found is None:
            return None
        who, told, method, path, status = match.group("who", "told", "method", "path", "status")
        # A form tells where the path has digits, but not which, except in versions such as v1.
        zeroed = path.encode("utf-8", "surrogatepass").translate(_ZEROS)
        versions = "".join(_VERSION.findall(path)) if b"v0" in zeroed else ""
        key = (method, zeroed, versions, status)
        form, level = self._known.get(key) or self._first(key, path)
        return LogEntry(found[0], found[1], who + told, level, form)

    def _first(self, key: tuple[str, bytes, str, str], path: str) -> tuple[str, LogLevel]:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        method, _, _, status = key
        form = f"{method} {self._masking.masked(path)} {status}"
        self._known[key] = known = (form, level_of_status(int(status)))
        return known


class HaProxy:
    """Requests in the log of HAProxy; what else it writes are lines of syslog.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        for pattern in _HAPROXY:
            if (match := pattern.match(line)) and (moment := self._clock.read(match)):
                status = int(match["status"])
                # -1: there was no answer, because one side went away.
                level = level_of_status(status) if status > 0 else LogLevel.WARNING
                form = f"haproxy {match['front']} {match['back']} {status}"
                return LogEntry(moment.at, moment.written, match["told"], level, form)
        return None
