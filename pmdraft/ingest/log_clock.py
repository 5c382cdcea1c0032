"""The clock of one log: its times as moments, with what they leave out taken from elsewhere, and that said."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.evidence import Assumed
from pmdraft.ingest.clock import NoZoneError, is_of_our_time
from pmdraft.ingest.time_forms import BSD, FORMS, offset_named, read_stamp
from pmdraft.ingest.zones import written_zone

_MOST_KNOWN = 20_000
_SECONDS = {f"{second:02}": timedelta(seconds=second) for second in range(60)}
_DAY = timedelta(days=1)
# Lines of several threads need not be quite in order.
_JITTER = timedelta(minutes=1)
HEAD = 80
"""A line has its time within so many characters; further on it may speak of others."""
_WITH_YEAR = tuple(re.compile(form.pattern) for form in FORMS if not form.weak and form is not BSD)
_ANY = datetime(2000, 1, 1)  # noqa: DTZ001 - no form that is searched for needs it


class Written(NamedTuple):
    """How a log wrote a time.

    Attributes:
        zone: the zone it is written in: `UTC`, `+09:00`, or the name of the one that was assumed.
        assumed: what it leaves out.
    """

    zone: str
    assumed: tuple[Assumed, ...] = ()


class Moment(NamedTuple):
    """A moment of a log.

    Attributes:
        at: in UTC, so that moments compare fast.
        written: how the log wrote it.
    """

    at: datetime
    written: Written


class Reference(NamedTuple):
    """What tells the year of times without one: they are taken to be as near to it as can be.

    Attributes:
        at: naive, in the log's own zone.
        is_last: no time of the log is later, as with the time at which its file was last changed.
    """

    at: datetime
    is_last: bool = False


class LogClock:
    """Reads the times of one log, in the order of its lines.

    Args:
        zone: zone of times that do not name theirs.
        reference: tells the year of times without one.
    """

    def __init__(self, zone: ZoneInfo | None, reference: Reference) -> None:
        self.zone = zone
        self.reference = reference
        self._minutes: dict[str, Moment] = {}
        self._fractions: dict[str, timedelta] = {}
        self._repeated: datetime | None = None
        self._put_back = False

    def read(self, match: re.Match[str]) -> Moment | None:
        """The moment of a match of a time form; None if it has the form of a time but is none.

        Raises:
            NoZoneError: it names no zone, and none was given.
        """
        found = self.told(match)
        return Moment(*found) if found else None

    def told(self, match: re.Match[str]) -> tuple[datetime, Written] | None:
        """The parts of `read`'s moment, without what making it costs for each line of a gigabyte."""
        stamp, fraction, zone = match.group("stamp", "f", "z")
        # Nearly every form ends with the second, so a minute that is known gives the rest.
        minute = self._minutes.get(stamp[:-2] + zone if zone else stamp[:-2])
        second = _SECONDS.get(stamp[-2:])
        if minute is None or second is None:
            found = self._within(match) or self._first_read(match)
        else:
            found = minute[0] + second, minute[1]
        if found is None or not fraction:
            return found
        return found[0] + (self._fractions.get(fraction) or self._fraction(fraction)), found[1]

    def _within(self, match: re.Match[str]) -> tuple[datetime, Written] | None:
        """The same of a form with the second in its midst, as in `Sun Dec 04 04:47:44 2005`."""
        key = _minute_key(match)
        minute = self._minutes.get(key) if key else None
        second = _SECONDS.get(match["s"]) if minute else None
        return (minute[0] + second, minute[1]) if minute is not None and second is not None else None

    def _fraction(self, digits: str) -> timedelta:
        if len(self._fractions) >= _MOST_KNOWN:
            self._fractions.clear()
        self._fractions[digits] = fraction = timedelta(microseconds=int(digits[:6].ljust(6, "0")))
        return fraction

    def _first_read(self, match: re.Match[str]) -> Moment | None:
        try:
            at, has_year = read_stamp(match)
            at = at if has_year else with_year(at, self.reference)
        except (ValueError, OverflowError):
            return None
        if not is_of_our_time(at):
            return None
        offset = at.tzinfo or (offset_named(match["z"]) if match["z"] else None)
        assumed = () if has_year else (Assumed.YEAR,)
        if offset is None:
            moment = self._local(at, match["stamp"], assumed)
        else:
            at = at.replace(tzinfo=offset)
            moment = Moment(at.astimezone(UTC), Written(written_zone(at), assumed))
        if self._repeated is None and (key := _minute_key(match)):
            self._keep_minute(key, moment)
        return moment

    def _keep_minute(self, key: str, moment: Moment) -> None:
        if len(self._minutes) >= _MOST_KNOWN:
            self._minutes.clear()
        begin = moment.at - timedelta(seconds=moment.at.second)
        self._minutes[key] = Moment(begin, moment.written)

    def _local(self, at: datetime, text: str, assumed: tuple[Assumed, ...]) -> Moment:
        if self.zone is None:
            raise NoZoneError(text)
        aware = at.replace(tzinfo=self.zone, fold=self._fold(at, self.zone))
        return Moment(aware.astimezone(UTC), Written(self.zone.key, (*assumed, Assumed.ZONE)))

    def _fold(self, at: datetime, zone: ZoneInfo) -> int:
        """1 for a time that comes the second time, after the clocks were put back: the log has gone backwards."""
        first, second = (at.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
        if first is None or second is None or first <= second:
            self._repeated, self._put_back = None, False
            return 0
        if self._repeated and at < self._repeated - _JITTER:
            self._put_back = True
        self._repeated = at
        return int(self._put_back)


def _minute_key(match: re.Match[str]) -> str | None:
    """A stamp without its second, and its zone; None of forms that have no second of two digits."""
    if "s" not in match.re.groupindex or not match["s"]:
        return None
    (start, end), (first, last) = match.span("s"), match.span("stamp")
    after = match.string[end:last]
    return match.string[first:start] + (f"\0{after}" if after else "") + (match["z"] or "")


def with_year(at: datetime, reference: Reference) -> datetime:
    """The time in the year that brings it nearest to the reference.

    Raises:
        ValueError: there is no such year near it.
    """
    years = []
    for year in range(reference.at.year - 4, reference.at.year + 2):  # as far as a leap year may be away
        with suppress(ValueError):
            years.append(at.replace(year=year))
    fitting = [time for time in years if not reference.is_last or time <= reference.at + _DAY]
    return min(fitting, key=lambda time: abs(time - reference.at))


def find_time(text: str, zone: ZoneInfo | None) -> tuple[datetime, int] | None:
    """The time near the start of a text, aware, and where the rest of the text begins.

    Args:
        text: such as a line of a log.
        zone: zone of times that do not name theirs.

    Raises:
        NoZoneError: the time names no zone and `zone` is None.
    """
    for form in _WITH_YEAR:
        if match := form.search(text[:HEAD]):
            moment = LogClock(zone, Reference(_ANY)).read(match)
            offset = offset_named(match["z"]) if match["z"] else None
            return (moment.at.astimezone(offset or zone), match.end()) if moment else None
    return None
