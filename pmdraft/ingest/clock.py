"""Instants as machines write them, in ISO 8601 or counted from 1970."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)


class NoZoneError(ValueError):
    """The time names no zone, and none was given."""


def parse_instant(text: str, zone: ZoneInfo | None) -> datetime:
    """An aware time from ISO 8601 text, of any precision up to nanoseconds.

    Raises:
        NoZoneError: it names no zone and `zone` is None.
        ValueError: it is not a time.
    """
    at = datetime.fromisoformat(text.strip())
    if not is_of_our_time(at):
        raise ValueError(f"year {at.year}")
    if at.tzinfo is not None:
        return at
    if zone is None:
        raise NoZoneError(text)
    return at.replace(tzinfo=zone)


def is_of_our_time(at: datetime) -> bool:
    """Whether a moment can be one of an incident; Go's zero time, of year 1, is the usual one that cannot."""
    return 1970 <= at.year < 3000


def from_epoch(value: float) -> datetime:
    """A time from seconds, milli-, micro- or nanoseconds since 1970.

    The unit is told by the size: seconds reach 1e11 only in the year 5138.

    Raises:
        ValueError: it lies outside the years that Python knows.
    """
    try:
        for unit in _UNITS:
            if -1e11 < (seconds := value / unit) < 1e11:
                return _1970 + timedelta(seconds=seconds)
    except OverflowError as error:
        raise ValueError(f"{str(value)[:30]} is no time") from error
    raise ValueError(f"{str(value)[:30]} is no time")
