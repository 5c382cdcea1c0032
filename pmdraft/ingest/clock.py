"""Times as machines write them, read with the standard library and named patterns."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_ISO = re.compile(
    r"(?P<y>\d{4})[-/](?P<mo>\d\d)[-/](?P<d>\d\d)[T _](?P<h>\d\d):(?P<mi>\d\d):(?P<s>\d\d)"
    r"(?:[.,](?P<f>\d{1,9}))?(?:\s?(?P<z>Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d(?!\d)))?"
)
_APACHE_ACCESS = re.compile(
    r"(?P<d>\d\d)/(?P<mon>[A-Z][a-z]{2})/(?P<y>\d{4}):(?P<h>\d\d):(?P<mi>\d\d):(?P<s>\d\d) (?P<z>[+-]\d{4})"
)
_APACHE_ERROR = re.compile(
    r"[A-Z][a-z]{2} (?P<mon>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) "
    r"(?P<h>\d\d):(?P<mi>\d\d):(?P<s>\d\d)(?:\.(?P<f>\d{1,9}))? (?P<y>\d{4})"
)
_FORMS = (_ISO, _APACHE_ACCESS, _APACHE_ERROR)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A log line has its time near its start; looking further would find times that messages speak of.
_HEAD = 80


class NoZoneError(ValueError):
    """The time names no zone, and none was given."""


def find_time(line: str, zone: ZoneInfo | None) -> tuple[datetime, int] | None:
    """The time near the start of a line, aware, and where the rest of the line begins.

    Args:
        line: one line of a log.
        zone: zone of times that do not name theirs.

    Raises:
        NoZoneError: the time names no zone and `zone` is None.
    """
    head = line[:_HEAD]
    for form in _FORMS:
        if match := form.search(head):
            at = _from_match(match, zone)
            return (at, match.end()) if at and is_of_our_time(at) else None
    return None


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
        unit = next(unit for unit in (1, 1_000, 1_000_000, 1_000_000_000) if abs(value) / unit < 1e11)
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value / unit)
    except (OverflowError, StopIteration) as error:
        raise ValueError(f"{str(value)[:30]} is no time") from error


def _from_match(match: re.Match[str], zone: ZoneInfo | None) -> datetime | None:
    part = match.groupdict()
    month = _month(part)
    named = _named_zone(part.get("z"))
    if named is None and zone is None:
        raise NoZoneError(match[0])
    fraction = int((part.get("f") or "0").ljust(6, "0")[:6])
    try:
        return datetime(
            int(part["y"]), month, int(part["d"]), int(part["h"]), int(part["mi"]), int(part["s"]), fraction,
            tzinfo=named or zone,
        )  # fmt: skip
    except ValueError:  # 2025-13-45 has the form of a date, but is none
        return None


def _month(part: dict[str, str]) -> int:
    if name := part.get("mon"):
        return _MONTHS.index(name) + 1 if name in _MONTHS else 0
    return int(part["mo"])


def _named_zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in ("Z", "UTC"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * offset) if offset < timedelta(hours=24) else None
