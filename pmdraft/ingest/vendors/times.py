"""Times as alerting tools write them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from pmdraft.ingest.clock import NoZoneError, from_epoch, parse_instant

# 2024/08/14 21:28:56 GMT, 2021.01.02 10:20:30
_DATE_AND_TIME = re.compile(
    r"(\d{4})[./-](\d\d)[./-](\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_EPOCH = re.compile(r"\d{9,19}(?:\.\d{1,9})?")


class NoTimeError(ValueError):
    """A payload does not say when."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one payload.

    Attributes:
        zone: zone of times that do not name theirs.
        received: when the payload came in, for vendors that write no time; from its envelope.
    """

    zone: ZoneInfo | None
    received: datetime | None = None

    def read(self, value: str | float | None) -> datetime:
        """An aware time from ISO 8601 or RFC 2822 text or a number since 1970; `received` if there is none.

        Raises:
            NoTimeError: there is none, and when the payload came in is not known either.
            NoZoneError: it names no zone, and none was given.
            ValueError: it is not a time.
        """
        if value is None:
            if self.received is None:
                raise NoTimeError("no time")
            return self.received
        if isinstance(value, int | float):
            return from_epoch(value)
        text = value.strip()
        if _EPOCH.fullmatch(text):
            return from_epoch(float(text) if "." in text else int(text))
        if match := _DATE_AND_TIME.fullmatch(text):
            year, month, day, time, zone = match.groups(default="")
            return parse_instant(f"{year}-{month}-{day}T{time}{'Z' if zone in ('UTC', 'GMT') else zone}", self.zone)
        try:
            return parse_instant(text, self.zone)
        except NoZoneError:
            raise
        except ValueError:
            return _rfc(text)


def _rfc(text: str) -> datetime:
    """Such as `Sat Oct 26 23:20:39 UTC 2024`; abbreviated zones other than those of RFC 2822 have no one meaning."""
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise ValueError(f"{text[:50]!r} is no time") from error
    if at.tzinfo is None:
        raise ValueError(f"{text[:50]!r} names its zone by an abbreviation")
    return at
