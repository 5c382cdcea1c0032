"""The stretch of time that evidence is taken from."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pmdraft.ingest.clock import parse_instant

_AGO = re.compile(r"(\d{1,5})\s?([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, both included; None is open.

    Attributes:
        since: aware time.
        until: aware time.
    """

    since: datetime | None = None
    until: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or at >= self.since) and (self.until is None or at <= self.until)

    def around(self, moments: list[datetime], margin: timedelta) -> "Window":
        """This window, its open ends closed by the first and last of `moments` and a margin."""
        if not moments:
            return self
        return Window(self.since or _shifted(min(moments), -margin), self.until or _shifted(max(moments), margin))


def moment(text: str, zone: ZoneInfo | None, now: datetime, *, ends_day: bool = False) -> datetime:
    """What a user means by an end of a window: a time, a date, or how long ago (`90m`, `3h`, `2d`, `1w`).

    Args:
        text: as the user wrote it.
        zone: zone of a time or date that names none.
        now: the time.
        ends_day: whether a date means the end of its day instead of its beginning.

    Raises:
        NoZoneError: it names no zone and `zone` is None.
        ValueError: it is not a time.
    """
    if match := _AGO.fullmatch(text.strip()):
        return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
    at = parse_instant(text, zone)
    if ends_day and _DATE.fullmatch(text.strip()):
        return at + timedelta(days=1, microseconds=-1)
    return at


def _shifted(at: datetime, by: timedelta) -> datetime:
    """`at` shifted, or as it is where that leaves the years that Python knows."""
    try:
        return at + by
    except OverflowError:
        return at
