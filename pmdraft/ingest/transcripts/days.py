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
# Zoom: GMT20251204-140158_Recording; Teams: Standup-20251204_140158UTC-Meeting; Meet: Standup (2025-12-04 14:01 GMT+1).
_STARTS = re.compile(
    r"(?P<before>GMT|UTC)?(?<!\d)(?P<day>\d{8}|\d{4}-\d\d-\d\d)[-_ T]"
    r"(?P<h>[01]\d|2[0-3])[:_.-]?(?P<m>[0-5]\d)(?:[:_.-]?(?P<s>[0-5]\d))?(?!\d)"
    r"(?P<after> ?(?:UTC|GMT(?P<offset>[+-]\d{1,2})?|Z))?"
)
# In what stands before the first words: a moment that names its zone.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")
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


def start_of_call(path: Path, options: ChatOptions, head: str = "") -> datetime:
    """When the call began that a transcript's times count from, aware.

    Args:
        path: the transcript, for errors; Zoom, Teams and Meet name it for its start.
        options: the start and zone that the user named, which come first.
        head: what stands before its first words.

    Raises:
        InputError: nobody tells the start, or its zone.
    """
    begins = options.begins
    named = _named_start(path.name)
    if named is None and (match := _INSTANT.search(head)):
        named = datetime.fromisoformat(match[0])
    if not isinstance(begins, datetime) and named is not None and (named.tzinfo or options.zone):
        return named if named.tzinfo else named.replace(tzinfo=options.zone)
    day = _date_of(begins) or (named.date() if named else None) or _day_of_folders(path) or date(2025, 10, 27)
    if not isinstance(begins, datetime):
        if named is not None:
            raise InputError(
                f"{path}: its name says that the call began at {named:%Y-%m-%dT%H:%M}, in no zone; "
                "say in which with --timezone, such as Asia/Tokyo"
            )
        told = f"when that was: --date {day}T14:00" if options.zone else f"when, and where: --date {day}T14:00+09:00"
        raise InputError(f"{path}: its times count from the start of the call; say {told}")
    zone = begins.tzinfo or options.zone
    if zone is None:
        raise InputError(
            f"{path}: --date {begins:%H:%M} names no zone; write it as --date {begins:%Y-%m-%dT%H:%M}+09:00, "
            "or give --timezone, such as Asia/Tokyo"
        )
    return begins.replace(tzinfo=zone)


def _named_start(name: str) -> datetime | None:
    """The start of a call in the name of its file; without a zone where the name has none."""
    for match in _STARTS.finditer(name):
        day, at = day_in(match["day"]), clock(f"{match['h']}:{match['m']}:{match['s'] or '00'}")
        if day is None or at is None:
            continue
        offset = timedelta(hours=int(match["offset"] or 0))
        is_told = match["before"] or match["after"]
        return datetime.combine(day, at, timezone(offset) if is_told else None)
    return None


def _day_of_folders(path: Path) -> date | None:
    """The day that the folders of a file are named for: of a call, the likely one."""
    return next((day for folder in path.parts[-2::-1] if (day := day_in(folder))), None)


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


def _date_of(begins: date | None) -> date | None:
    return begins.date() if isinstance(begins, datetime) else begins
