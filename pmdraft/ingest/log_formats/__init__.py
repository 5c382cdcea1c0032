"""The formats that lines of logs have; a module for each."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_formats.access import AccessLog, HaProxy
from pmdraft.ingest.log_formats.json_lines import JsonLines
from pmdraft.ingest.log_formats.klog import Klog
from pmdraft.ingest.log_formats.logfmt import Logfmt
from pmdraft.ingest.log_formats.postgres import Postgres
from pmdraft.ingest.log_formats.redis import Redis
from pmdraft.ingest.log_formats.syslog import Syslog
from pmdraft.ingest.log_formats.timed import TimeSomewhere, timed_formats
from pmdraft.ingest.log_formats.w3c import W3c
from pmdraft.ingest.log_records import RecordReader

Parse = Callable[[str], LogEntry | str | None]


class Format(Protocol):
    """A format of lines."""

    @property
    def least_share(self) -> float:
        """The part of a log that it must make up, because other text may look like it by chance; 0 for none."""

    def parse(self, line: str) -> LogEntry | str | None:
        """The entry that a line begins; a text that belongs to the entry before, empty if it tells nothing; or None.

        Raises:
            NoZoneError: its time names no zone, and none was given.
        """


def all_formats(clock: LogClock) -> list[Format]:
    """Every format, the particular before the general."""
    records = RecordReader(clock)
    return [
        JsonLines(records),
        Syslog(clock),
        W3c(clock),
        AccessLog(clock),
        HaProxy(clock),
        Klog(clock),
        Redis(clock),
        Postgres(clock),
        Logfmt(records),
        *timed_formats(clock),
        TimeSomewhere(clock),
    ]


def parsers_for(sample: Sequence[str], clock: LogClock) -> list[Parse]:
    """How to parse the lines of a log: by the formats that a sample of it has, then by those that may yet come."""
    hits = _hits(sample, all_formats(LogClock(clock.zone, clock.reference)))
    there: list[Parse] = []
    later: list[Parse] = []
    for number, form in enumerate(all_formats(clock)):
        if hits[number] and hits[number] >= form.least_share * hits.total():
            there.append(form.parse)
        elif not form.least_share:
            later.append(form.parse)
    return there + later


def entries_in(lines: Sequence[str], clock: LogClock) -> int:
    """How many of these lines begin an entry, or belong to one."""
    return _hits(lines, all_formats(clock)).total()


def _hits(sample: Sequence[str], formats: list[Format]) -> Counter[int]:
    """How many lines each format is the first to parse."""
    hits: Counter[int] = Counter()
    for line in sample:
        for number, form in enumerate(formats):
            try:
                fits = form.parse(line) is not None
            except NoZoneError:
                fits = True
            if fits:
                hits[number] += 1
                break
    return hits
