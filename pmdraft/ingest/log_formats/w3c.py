"""The W3C extended log format, as IIS and CloudFront write it: https://www.w3.org/TR/WD-logfile."""

import re

from pmdraft.ingest.log_clock import LogClock, Moment
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_level import level_of_status
from pmdraft.ingest.log_masking import Masking
from pmdraft.ingest.time_forms import ISO

_FIELDS = "#Fields:"
_VALUE = re.compile(r'"(?:[^"]|"")*"|\S+')
_TIME = re.compile(ISO.pattern)
_METHOD, _PATH, _STATUS = "cs-method", "cs-uri-stem", "sc-status"


class W3c:
    """Lines whose fields a line before them names.

    Args:
        clock: reads the times.
    """

    least_share = 0.0

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock
        self._masking = Masking()
        self._described = False
        self._fields: list[str] = []

    def parse(self, line: str) -> LogEntry | str | None:
        """The entry of this line; nothing for a line that describes the file."""
        if line.startswith("#"):
            if line.startswith(_FIELDS):
                self._fields = line.removeprefix(_FIELDS).split()
            self._described = self._described or line.startswith(("#Software:", "#Version:", _FIELDS))
            return "" if self._described else None
        if not self._fields:
            return None
        values = _VALUE.findall(line)
        fields = dict(zip(self._fields, values, strict=False))
        moment = self._moment(fields)
        if moment is None:
            return None
        status = fields.get(_STATUS, "")
        form = f"{fields.get(_METHOD, '')} {self._masking.masked(fields.get(_PATH, ''))} {status}"
        level = level_of_status(int(status)) if status.isdecimal() else None
        text = " ".join(values[sum(name.startswith(("date", "time")) for name in self._fields[:2]) :])
        return LogEntry(moment.at, moment.written, text, level, form if status else None)

    def _moment(self, fields: dict[str, str]) -> Moment | None:
        """The time of a line: by the standard in UTC, unless the fields are local ones."""
        for date, time, zone in (("date", "time", "Z"), ("date-local", "time-local", "")):
            if date in fields and time in fields:
                match = _TIME.fullmatch(f"{fields[date]} {fields[time]}{zone}".replace('"', ""))
                return self._clock.read(match) if match else None
        return None
