"""Lines that have a time, and around it whatever their program writes."""

import re

from pmdraft.ingest.log_clock import HEAD, LogClock
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.time_forms import FORMS, TWELVE_HOURS, TimeForm

# Other text may look like a weak form of time.
_SHARE = 0.2
_OPENING = r"""(?:["'(<\[]|[A-Z], \[)?"""
_CLOSING = r"""["')>\]]?[ \t:|,-]*"""


class BeginsWithTime:
    """Lines that begin with a time of one form; most logs are such.

    Args:
        form: the form of time.
        clock: reads the times.
    """

    def __init__(self, form: TimeForm, clock: LogClock) -> None:
        self.least_share = _SHARE if form.weak else 0.0
        self._match = re.compile(_OPENING + form.pattern + _CLOSING).match
        self._clock = clock
        # java.util.logging writes the time and the place on one line, level and message on the next.
        self._goes_on = form is TWELVE_HOURS

    def parse(self, line: str) -> LogEntry | None:
        """The entry that this line begins."""
        match = self._match(line)
        if match is None:
            return None
        found = self._clock.told(match)
        if found is None:
            return None
        entry = LogEntry(found[0], found[1], line[match.end() :])
        if self._goes_on:
            entry.goes_on = True
        return entry


class TimeSomewhere:
    """Lines that have a time within their first characters, behind a level, a thread or a host.

    Args:
        clock: reads the times.
    """

    # Continuations speak of times too, so without such lines throughout it is no format.
    least_share = 0.5

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock
        self._searches = [re.compile(form.pattern + _CLOSING).search for form in FORMS if not form.weak]

    def parse(self, line: str) -> LogEntry | None:
        """The entry that this line begins; an indented one belongs to the entry before, even if it speaks of a time."""
        if line[:1].isspace():
            return None
        for search in self._searches:
            if (match := search(line, 0, HEAD)) and (moment := self._clock.read(match)):
                before = line[: match.start()].rstrip(" \t\"'(<[")
                text = f"{before} {line[match.end() :]}" if before else line[match.end() :]
                return LogEntry(moment.at, moment.written, text)
        return None


def timed_formats(clock: LogClock) -> list[BeginsWithTime]:
    """A format for each form of time."""
    return [BeginsWithTime(form, clock) for form in FORMS]
