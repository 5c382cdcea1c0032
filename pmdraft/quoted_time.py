"""Times that a message speaks of, read from the words in which it says them."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import accumulate
from zoneinfo import ZoneInfo

from pmdraft.zone_names import NAMES, UNKNOWN, zones_named

_CLOCK = re.compile(
    r"(?<![\d:.])(?P<zone_ja>日本時間\s?)?(?P<ampm_ja>午前|午後)?\s?(?P<h>\d{1,2})(?::(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?(?![\d:])|時(?!間)(?:(?P<mj>\d{1,2})分|(?P<half>半))?|(?=\s?[AaPp]\.?[Mm]\b))"
    r"(?:\s?(?P<ampm>[AaPp]\.?[Mm]\.?)(?![A-Za-z]))?"
    rf"(?:\s?\(?(?P<zone>{NAMES}|\+\d\d:?\d\d|(?P<unknown>{UNKNOWN}))(?![A-Za-z\d]))?"
)
_DATE = re.compile(r"(?<!\d)(?:(?P<y>\d{4})[-/年.])?(?P<mo>\d{1,2})[-/月](?P<d>\d{1,2})(?!\d)日?")
# Japanese is also written with a space around its numbers: 11 月 19 日 午後 1 時 38 分.
_GAP = re.compile(r"(?<=\d) (?=[年月日時分秒])|(?<=[年月時]) (?=\d)|(?<=時) (?=半)|(?<=午[前後]) (?=\d)")
_AHEAD = timedelta(minutes=5)
_LONG_AHEAD = timedelta(days=180)


def find_times(text: str, said_at: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every time of day in `text`, aware, on the day that it most likely means.

    Args:
        text: what somebody wrote.
        said_at: when they did. A time without a date is the last such moment before that.
        zone: zone of times that do not name theirs.
    """
    normal = without_gaps(unicodedata.normalize("NFKC", text))
    dates = {match.end(): match for match in _DATE.finditer(normal)}
    for match in _CLOCK.finditer(normal):
        # A date just before the time, as in "10/27 14:23", belongs to it.
        date = next((dates[end] for end in range(match.start(), match.start() - 3, -1) if end in dates), None)
        if (at := _moment(match, date, said_at, zone)) is not None:
            yield at


def without_gaps(text: str) -> str:
    """A half-width text without the spaces inside Japanese dates and times."""
    return _GAP.sub("", text)


def read_time(quote: str, said_at: datetime, zone: ZoneInfo) -> datetime | None:
    """The first time in a quoted phrase, or None if there is none."""
    return next(find_times(quote, said_at, zone), None)


def quotes(text: str, quote: str) -> bool:
    """Whether `text` holds `quote` word for word, full- and half-width alike; 4:23 is not in 14:23."""
    wanted = _folded(quote)
    words = unicodedata.normalize("NFKC", text).casefold().split()
    whole = "".join(words)
    ends = {0, *accumulate(map(len, words))}
    start = whole.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_cut(whole, start, ends) or _cut(whole, end, ends)):
            return True
        start = whole.find(wanted, start + 1)
    return False


def _cut(text: str, at: int, ends: set[int]) -> bool:
    """Whether a number or a time would be cut in two there; a space in the text parts them as well."""
    before, after = text[max(0, at - 2) : at], text[at : at + 1]
    return at not in ends and after.isdigit() and (before[-1:].isdigit() or re.fullmatch(r"\d[:.]", before) is not None)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _moment(match: re.Match[str], date: re.Match[str] | None, said_at: datetime, zone: ZoneInfo) -> datetime | None:
    clock = _clock(match)
    if clock is None or match["unknown"]:
        return None
    name = match["zone"] or (match["zone_ja"] or "").strip()
    own: tuple[tzinfo, ...] = zones_named(name) or (zone,)
    found = [at for one in own if (at := _in_zone(clock, date, said_at, one)) is not None]
    # Of zones that share a name it is the one in which the time had just been.
    return min(found, key=lambda at: (at > said_at + _AHEAD, abs(said_at - at)), default=None)


def _in_zone(
    clock: tuple[int, int, int], date: re.Match[str] | None, said_at: datetime, own: tzinfo
) -> datetime | None:
    day = said_at.astimezone(own)
    try:
        if date is not None:
            day = day.replace(year=int(date["y"] or day.year), month=int(date["mo"]), day=int(date["d"]))
            if date["y"] is None and day - said_at > _LONG_AHEAD:
                day = day.replace(year=day.year - 1)  # of 12/31, said in January
        at = day.replace(hour=clock[0], minute=clock[1], second=clock[2], microsecond=0)
    except ValueError:
        return None
    if date is None and at > said_at + _AHEAD:
        earlier = at - timedelta(days=1)
        # "Shortly after midnight, of 23:50" against "at noon, of a meeting at 15:00".
        at = earlier if said_at - earlier < timedelta(hours=12) else at
    return at


def _clock(match: re.Match[str]) -> tuple[int, int, int] | None:
    hour = int(match["h"])
    minute = 30 if match["half"] else int(match["m"] or match["mj"] or 0)
    half_day = (match["ampm"] or "").lower()[:1] or {"午前": "a", "午後": "p"}.get(match["ampm_ja"] or "", "")
    if half_day and hour <= 12:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    second = int(match["s"] or 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
