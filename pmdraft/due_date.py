"""Due dates as people say them, read by code."""

import re
import unicodedata
from datetime import date, timedelta

from pmdraft.quoted_time import quotes, without_gaps

_FULL = re.compile(r"(?<!\d)(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})(?!\d)")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})[/月](\d{1,2})(?!\d)")
# 11-12 is a day, 2-3 days and 1-2 weeks are not.
_DASHED = re.compile(
    r"(?<![\d-])(\d{1,2})-(\d{1,2})(?![\d-])(?! ?(?:days?|weeks?|months?|hours?|h\b|日|週|か月|ヶ月|時間|営業日))",
    re.IGNORECASE,
)
_RELATIVE = (
    (re.compile(r"今日|本日|\btoday\b", re.IGNORECASE), 0),
    (re.compile(r"明後日|あさって|\bday after tomorrow\b", re.IGNORECASE), 2),
    (re.compile(r"明日|あした|\btomorrow\b", re.IGNORECASE), 1),
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
"""English names of months, long and short, as a pattern."""
_ORDINAL = r"(?:st|nd|rd|th)?"
_NAMED_MONTH = re.compile(
    rf"\b(?P<mon>{MONTH_NAMES})\.? (?P<d>\d{{1,2}}){_ORDINAL}\b"
    rf"|\b(?P<d2>\d{{1,2}}){_ORDINAL} (?P<mon2>{MONTH_NAMES})\b",
    re.IGNORECASE,
)
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The weekdays, Monday first."""
_WEEKDAY = re.compile(
    rf"(?P<weeks>今週|来週|再来週|this |next )?(?:の)?(?:(?P<ja>[{WEEKDAYS_JA}])曜|(?P<en>{'|'.join(WEEKDAYS_EN)}))",
    re.IGNORECASE,
)


def read_due(quote: str, said_in: str, said_on: date) -> date | None:
    """The date that a quoted phrase means.

    Args:
        quote: the phrase, which must stand in `said_in` word for word.
        said_in: the message it is from.
        said_on: the day of that message, in its people's zone.

    Returns:
        The date, or None if the phrase is not in the message or names no single day.
    """
    if not quote or not quotes(said_in, quote):
        return None
    text = without_gaps(unicodedata.normalize("NFKC", quote))
    try:
        return _absolute(text, said_on) or _relative(text, said_on)
    except ValueError:  # 11/31 has the form of a date, but is none
        return None


def _absolute(text: str, said_on: date) -> date | None:
    if match := _FULL.search(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_DAY.search(text) or _DASHED.search(text):
        return _next(int(match[1]), int(match[2]), said_on)
    if match := _NAMED_MONTH.search(text):
        name = (match["mon"] or match["mon2"])[:3].lower()
        return _next(MONTHS.index(name) + 1, int(match["d"] or match["d2"]), said_on)
    return None


def _next(month: int, day: int, said_on: date) -> date:
    """The next such day; a date that has just gone by is this year's, not next year's."""
    on = date(said_on.year, month, day)
    return on if on >= said_on - timedelta(days=60) else date(said_on.year + 1, month, day)


def _relative(text: str, said_on: date) -> date | None:
    for pattern, days in _RELATIVE:
        if pattern.search(text):
            return said_on + timedelta(days=days)
    if match := _WEEKDAY.search(text):
        wanted = WEEKDAYS_JA.index(match["ja"]) if match["ja"] else WEEKDAYS_EN.index(match["en"].lower())
        ahead = (wanted - said_on.weekday()) % 7
        week = {"来週": 1, "next ": 1, "再来週": 2}.get((match["weeks"] or "").lower(), 0)
        # "Next Friday" is the one in the week that begins on the coming Monday.
        return (
            said_on + timedelta(days=wanted - said_on.weekday() + 7 * week) if week else said_on + timedelta(days=ahead)
        )
    return None
