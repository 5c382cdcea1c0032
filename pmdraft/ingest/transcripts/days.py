"""The days and zones of a transcript that gives mere clock times."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.ingest.chat import ChatOptions

CLOCK = (
    r"(?:(?:午前|午後|AM|PM) ?)?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?:[ \u00a0\u202f]?[aApP]\.?[mM]\.?)?"
    r"|(?:午前|午後)?[0-9]{1,2}時[0-9]{1,2}分(?:[0-9]{1,2}秒)?"
)
"""Pattern of a time of day as people and chats write it, for both languages."""

_CLOCK = re.compile(
    r"(?P<before>午前|午後|AM|PM)? ?(?P<h>[0-9]{1,2})[:：時](?P<m>[0-9]{1,2})"
    r"(?:[:：分](?P<s>[0-9]{1,2})(?:[.,](?P<f>[0-9]{1,9}))?)?[分秒]?[ \u00a0\u202f]?(?P<after>[aApP]\.?[mM]\.?)?"
)
# Lines may be a little out of order, and clocks are put back by an hour in autumn; beyond that it is the next day.
_NEXT_DAY = timedelta(hours=1)
_ZONE = re.compile(r"Z|UTC|GMT|JST|(?P<sign>[+-])(?P<h>[01]\d|2[0-3]):?(?P<m>[0-5]\d)")
_ZOOM = re.compile(r"GMT(\d{8})-(\d{6})")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


class Days:
    """Gives clock times their day, a new one whenever the clock goes past midnight.

    Args:
        path: the transcript, for errors, and for a day in its name: `2019-04-19.log`.
        options: the day and zone that the user named.

    Attributes:
        day: the day that the next clock time is of; None while nobody has told.
        assumed: whether that is the user's word: a transcript may tell it itself by `begin`.
    """

    def __init__(self, path: Path, options: ChatOptions) -> None:
        self._path = path
        self._zone: tzinfo | None = options.zone
        named = day_in(path.name)
        self.day = named or _date_of(options.begins)
        self.assumed = named is None
        self._last: datetime | None = None

    def begin(self, day: date) -> None:
        """The transcript says that this day begins."""
        if day != self.day:
            self._last = None
        self.day = day
        self.assumed = False

    def at(self, clock: time, line: int) -> datetime:
        """The moment of a clock time, aware.

        Args:
            clock: the time of day; aware if the transcript names its zone.
            line: where it stands, for errors.

        Raises:
            InputError: neither the transcript nor the user tells the day, or the zone.
        """
        if self.day is None:
            raise InputError(
                f"{self._path}:{line}: the time {clock:%H:%M} has no date; say on which day the transcript begins: "
                "--date 2025-10-27"
            )
        naive = datetime.combine(self.day, clock.replace(tzinfo=None))
        if self._last is not None and naive < self._last - _NEXT_DAY:
            self.day += timedelta(days=1)
            naive = datetime.combine(self.day, clock.replace(tzinfo=None))
        self._last = max(naive, self._last or naive)
        return naive.replace(tzinfo=clock.tzinfo or self.zone(line))

    def zone(self, line: int) -> tzinfo:
        """The zone of times that name none.

        Raises:
            InputError: the user has not named it.
        """
        if self._zone is None:
            raise InputError(
                f"{self._path}:{line}: its times name no zone; say which with --timezone, such as Asia/Tokyo"
            )
        return self._zone


def start_of_call(path: Path, options: ChatOptions) -> datetime:
    """When the call began that a transcript's times count from, aware.

    Args:
        path: the transcript, for errors; Zoom names it for its start: `GMT20251204-140158_Recording.vtt`.
        options: the start and zone that the user named.

    Raises:
        InputError: nobody tells the start, or its zone.
    """
    if (match := _ZOOM.search(path.name)) and (named := day_in(match[1])) and (at := clock(_spaced(match[2]))):
        return datetime.combine(named, at, UTC)
    begins = options.begins
    if not isinstance(begins, datetime):
        raise InputError(
            f"{path}: its times count from the start of the call; say when that was: --date 2025-10-27T14:00"
        )
    zone = begins.tzinfo or options.zone
    if zone is None:
        raise InputError(f"{path}: --date {begins:%H:%M} names no zone; say which with --timezone, such as Asia/Tokyo")
    return begins.replace(tzinfo=zone)


def clock(text: str) -> time | None:
    """The time of day in `14:23`, `14:23:05`, `2:23 PM`, `午後2:23` or `14時23分`; None if it is none."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour = int(match["h"])
    half = (match["before"] or match["after"] or "").lower().replace(".", "")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half in ("pm", "午後") else 0)
    try:
        return time(hour, int(match["m"]), int(match["s"] or 0), int((match["f"] or "0").ljust(6, "0")[:6]))
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """The first day of our time that a text such as the name of a file has in figures: 2019-04-19, 20190419."""
    for match in _IN_NAME.finditer(text):
        if (day := day_of(int(match[1]), int(match[2]), int(match[3]))) is not None:
            return day
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of our time; None if there is no such day."""
    try:
        return date(year, month, day) if 1970 <= year < 3000 else None
    except ValueError:
        return None


def zone_of(written: str | None) -> tzinfo | None:
    """The zone that is written behind a time: `Z`, `UTC`, `JST`, `+09:00`; None if there is none."""
    if written is None or not (match := _ZONE.fullmatch(written)):
        return None
    if match["h"] is None:
        return timezone(timedelta(hours=9)) if written == "JST" else UTC
    offset = timedelta(hours=int(match["h"]), minutes=int(match["m"]))
    return timezone(-offset if match["sign"] == "-" else offset)


def _spaced(digits: str) -> str:
    return f"{digits[:2]}:{digits[2:4]}:{digits[4:]}"


def _date_of(begins: date | None) -> date | None:
    return begins.date() if isinstance(begins, datetime) else begins
