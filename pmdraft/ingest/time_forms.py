"""The forms in which logs write their times, each a regular expression with the same named groups."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from pmdraft.zone_names import FIXED, zones_named

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ABBREVIATION = rf"(?:{'|'.join(sorted(FIXED, key=len, reverse=True))})(?![A-Za-z])"
# By this constant the logs of daemontools and runit count (https://cr.yp.to/libtai/tai64.html), 10 s of TAI included.
_TAI64_EPOCH = (1 << 62) + 10
_LEAP_YEAR = 1904

_DAY, _MONTH, _YEAR = r"(?P<d>\d{1,2})", rf"(?P<mon>{'|'.join(_MONTHS)})", r"(?P<y>\d{4})"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = r"(?P<h>\d\d):(?P<mi>\d\d):(?P<s>\d\d)"
_CLOCK_OF_12 = r"(?P<h>\d{1,2}):(?P<mi>\d\d):(?P<s>\d\d) (?P<half>[AP]M)"
_FRACTION = r"(?:[.,](?P<f>\d{1,9}))?"
# Hours alone are an offset only right behind the time: "14:23:05+09", not "14:23:05 -12 items".
_ZONE = rf"(?: ?(?P<z>[+-]\d\d:?\d\d(?!\d)|{_ABBREVIATION}|(?<=\d)[+-]\d\d(?![\d:])))?"
_NO_FRACTION, _NO_ZONE = r"(?P<f>(?!))?", r"(?P<z>(?!))?"


class TimeForm(NamedTuple):
    """A form of times.

    Attributes:
        pattern: regular expression with the groups `stamp` (all that tells the second), `f` (its fraction) and `z`
            (its zone), and further ones for `read_stamp`.
        weak: other things look like this too, so it is a time only where lines begin with it throughout a log.
    """

    pattern: str
    weak: bool = False


def _form(stamp: str, after: str = _FRACTION + _NO_ZONE, *, weak: bool = False) -> TimeForm:
    return TimeForm(f"(?P<stamp>{stamp}){after}", weak)


ISO = _form(rf"{_YEAR}[-/.](?P<mo>\d\d)[-/.](?P<d>\d\d)[T _]{_CLOCK}", _FRACTION + _ZONE)
"""2025-10-27T14:23:05.123+09:00, 2025/10/27 14:23:05, 2025-10-27 14:23:05,123 JST."""
BASIC_ISO = _form(
    rf"{_YEAR}(?P<mo>\d\d)(?P<d>\d\d)[T -](?P<h>\d\d):?(?P<mi>\d\d):?(?P<s>\d\d)", _FRACTION + _ZONE, weak=True
)
"""20251027T142305Z."""
DAY_FIRST = _form(rf"(?:{_WEEKDAY}, )?{_DAY}[ /-]{_MONTH}[ /-]{_YEAR}[ :T]{_CLOCK}", _FRACTION + _ZONE)
"""27/Oct/2025:14:23:05 +0900 (Apache, nginx), 27 Oct 2025 14:23:05.018, 27-Oct-2025 14:23:05.018."""
CTIME = _form(
    rf"(?:{_WEEKDAY} )?{_MONTH} {{1,2}}{_DAY} {_CLOCK}(?:\.(?P<f>\d{{1,9}}))?"
    rf"(?: (?P<z>{_ABBREVIATION}))? {_YEAR}(?!\d)",
    "",
)
"""Mon Oct 27 14:23:05 2025, as of C's ctime and Apache's error log."""
YEAR_THIRD = _form(rf"{_MONTH} {{1,2}}{_DAY},? {_YEAR},? {_CLOCK}(?! [AP]M)", _FRACTION + _ZONE)
"""Oct 27 2025 14:23:05."""
TWELVE_HOURS = _form(rf"{_MONTH} {_DAY}, {_YEAR},? {_CLOCK_OF_12}", _NO_FRACTION + _NO_ZONE)
"""Oct 27, 2025 2:23:05 PM, as of java.util.logging."""
AMERICAN = _form(rf"(?P<mo>\d{{1,2}})/{_DAY}/{_YEAR},? {_CLOCK_OF_12}", _NO_FRACTION + _NO_ZONE)
"""10/27/2025 2:23:05 PM."""
JAPANESE = _form(
    rf"{_YEAR}年 ?(?P<mo>\d{{1,2}})月 ?{_DAY}日[^\d\n]{{0,5}}(?P<h>\d{{1,2}})[:時](?P<mi>\d\d)[:分](?P<s>\d\d)秒?"
)
"""2025年10月27日 14時23分05秒."""
BSD = _form(rf"(?:{_WEEKDAY} )?{_MONTH} {{1,2}}{_DAY} {_CLOCK}(?! \d{{4}}\b)", r"(?:\.(?P<f>\d{1,9}))?" + _NO_ZONE)
"""Oct 27 14:23:05, as of syslog (RFC 3164); no year."""
SHORT = _form(rf"(?P<y>\d\d)/(?P<mo>\d\d)/(?P<d>\d\d) {_CLOCK}", weak=True)
"""25/10/27 14:23:05, as of Spark."""
DIGITS = _form(r"(?P<y>\d\d)(?P<mo>\d\d)(?P<d>\d\d) {1,2}(?P<h>\d{1,2}?):?(?P<mi>\d\d):?(?P<s>\d\d)(?= )", weak=True)
"""251027 142305, as of Hadoop; 251027 14:23:05, as of MySQL before 5.7."""
EPOCH = _form(r"(?P<epoch>1\d{9}(?:\d{3}){0,3})", r"(?:\.(?P<f>\d{1,9}))?(?=[\s\]:,|]|$)" + _NO_ZONE, weak=True)
"""1761542585, 1761542585.123, 1761542585123: seconds, milli-, micro- or nanoseconds since 1970."""
TAI64N = _form(r"@(?P<tai>4[0-9a-f]{15})(?P<nano>[0-9a-f]{8})?(?=\s|$)", _NO_FRACTION + _NO_ZONE)
"""@4000000043322583 3b6e1a8c without the space, as of daemontools."""
KLOG = _form(rf"(?P<mo>\d\d)(?P<d>\d\d) {{1,2}}{_CLOCK}", r"\.(?P<f>\d{6})" + _NO_ZONE, weak=True)
"""1027 14:23:05.123456, as of Kubernetes and glog; no year."""

FORMS = (
    ISO, DAY_FIRST, CTIME, YEAR_THIRD, BSD, TWELVE_HOURS, AMERICAN, JAPANESE, TAI64N, BASIC_ISO, SHORT, DIGITS, EPOCH,
)  # fmt: skip


class Stamp(NamedTuple):
    """What a time says as it is written, without fraction and zone.

    Attributes:
        at: naive, or aware where the form counts from a fixed moment.
        has_year: whether a year is written; without one it is that of a leap year.
    """

    at: datetime
    has_year: bool = True


def read_stamp(match: re.Match[str]) -> Stamp:
    """The date and time of a match of a form.

    Raises:
        ValueError: it has the form of a time but is none: 2025-13-45.
    """
    part = match.groupdict()
    if epoch := part.get("epoch"):
        return Stamp(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(epoch.ljust(16, "0")[:16])))
    if tai := part.get("tai"):
        micro = int(part["nano"] or "0", 16) // 1000
        return Stamp(
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(tai, 16) - _TAI64_EPOCH, microseconds=micro)
        )
    year = part.get("y")
    hour = int(part["h"])
    if half := part.get("half"):
        hour = hour % 12 + (12 if half == "PM" else 0)
    at = datetime(  # noqa: DTZ001 - its zone is written apart
        _LEAP_YEAR if year is None else int(year) + (2000 if len(year) == 2 else 0),
        _MONTHS.index(part["mon"]) + 1 if part.get("mon") else int(part["mo"]),
        int(part["d"]),
        hour,
        int(part["mi"]),
        int(part["s"]),
    )
    return Stamp(at, has_year=year is not None)


def offset_named(text: str) -> tzinfo | None:
    """The zone of `Z`, `UTC`, `JST`, `+0900`, `+09:00` or `+09`; None if it is no zone."""
    return next(iter(zones_named(text)), None)
