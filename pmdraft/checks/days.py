"""Days in words: weekdays, this week or the next, yesterday or tomorrow, and months without a day."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import DATE, day, same_length_nfkc
from pmdraft.due_date import MONTHS, WEEKDAYS_EN, WEEKDAYS_JA

_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
)
# "May" and "March" are other words too, but for where they follow one of these.
_MONTH_ALONE = re.compile(
    r"\b(?:in|by|of|until|till|since|before|during|through|for|end|mid|early|late|next|last|this)[\s-]"
    rf"(?P<en>{_MONTH})\b(?! \d)"
    r"|(?<![\d.])(?P<ja>1[0-2]|[1-9]) ?月(?!\s?\d|間)"
)
_MONTH_SAID = re.compile(rf"\b(?P<en>{_MONTH})\b|(?<![\d.])(?P<ja>1[0-2]|[1-9]) ?月(?!間)")
_WEEKDAY = re.compile(
    rf"(?P<ja>[{WEEKDAYS_JA}])曜|(?<=[日\d])[（(](?P<short>[{WEEKDAYS_JA}])[)）]"
    rf"|\b(?P<en>(?i:{'|'.join(WEEKDAYS_EN)})|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?=[\s,.)]|$))"
)
_IS_LIMIT = re.compile(r"\b(?:by|until|till|before|due)(?: on| the)?\s*$", re.IGNORECASE)
_IS_LIMIT_JA = re.compile(r"日?(?:いっぱい|中)?(?:まで|締|〆|期限)")
_WEEK = 7
_JUST_BEFORE = 12
"""Letters before a weekday that say of which week it is."""


class _Near(NamedTuple):
    """A way to name a day or a week by how far ahead it is."""

    said: re.Pattern[str]
    """In a statement."""
    alike: re.Pattern[str]
    """In evidence: the same, or what may be told so."""
    ahead: int
    """How many days or weeks, counted from those of the message."""
    is_week: bool


def _near(ahead: int, said: str, alike: str, *, is_week: bool) -> _Near:
    return _Near(re.compile(said, re.IGNORECASE), re.compile(f"{said}|{alike}", re.IGNORECASE), ahead, is_week)


_NEAR = (
    _near(2, r"再来週|翌々週|\bweek after next\b", r"\btwo weeks\b", is_week=True),
    _near(1, r"(?<!再)来週|翌週|\bnext week\b", r"\bthe (?:following|week after)\b|\bnext\b", is_week=True),
    _near(0, r"今週|\bthis week\b", r"週[内末中]|\bweek(?:end)?\b|\bthis\b", is_week=True),
    _near(-1, r"先週|前週|\blast week\b", r"\bthe week before\b|\b(?:last|previous)\b", is_week=True),
    _near(2, r"明後日|あさって|\bday after tomorrow\b", "翌々日", is_week=False),
    _near(1, r"明日|あした|明朝|(?<!day after )\btomorrow\b", r"あす|翌[日朝]|\bnext (?:day|morning)\b", is_week=False),
    _near(
        -1,
        r"昨[日夜晩]|きのう|\byesterday\b|\blast night\b",
        r"前[日夜]|\bprevious\b|\b(?:day|night|evening) before\b|1日前|先日",
        is_week=False,
    ),
)


def find_days(cited: Cited) -> Iterator[Fault]:
    """A fault for each day, week or month in words that is not of what is cited, whichever way that tells it."""
    if not cited.own:
        return
    text = same_length_nfkc(cited.statement.text)
    for near in _NEAR:
        match = near.said.search(text)
        # The week after is that of what is told, not of who tells it.
        if match and match[0][0] not in "翌前" and not any(_is_near(near, reading) for reading in cited.around):
            yield Fault("date", match.span(), partial(_is_near, near))
    for match in _WEEKDAY.finditer(text):
        date_before = next((found for found in DATE.finditer(text) if found.end() == match.start()), None)
        has = partial(_has_weekday, text, match) if date_before is None else partial(_is_weekday_of, date_before, match)
        if not any(has(reading) for reading in cited.around):
            yield Fault("date", match.span(), has)
    for match in _MONTH_ALONE.finditer(text):
        month = _month(match)
        if not any(_has_month(month, reading) for reading in cited.around):
            yield Fault("date", match.span("en" if match["en"] else "ja"), partial(_has_month, month))


def days_said(reading: Reading) -> Iterator[date]:
    """Every day that the words of a piece of evidence mean, counted from its own."""
    text = reading.normal
    for own in _days_of(reading):
        yield from (own + timedelta(days=near.ahead) for near in _NEAR if not near.is_week and near.said.search(text))
        yield from (one for match in _WEEKDAY.finditer(text) for one in _meant(text, match, own))
        for value in reading.held.dates - {f"{one:%m-%d}" for one in _days_of(reading)}:
            if found := _nearest(value, own):
                yield found


def _nearest(value: str, own: date) -> date | None:
    """The day of a month and a day that is nearest."""
    found = []
    for year in (own.year - 1, own.year, own.year + 1):
        with suppress(ValueError):  # 02-30
            found.append(date(year, int(value[:2]), int(value[3:])))
    return min(found, key=lambda one: abs(one - own), default=None)


def _days_of(reading: Reading) -> frozenset[date]:
    return frozenset(moment.astimezone(reading.zone).date() for moment in reading.moments)


def _meant(text: str, match: re.Match[str], own: date) -> Iterator[date]:
    """The days that a weekday may mean, said on a day of one's own: of a week that is told, or the ones around."""
    of_week = own + timedelta(days=_weekday(match) - own.weekday())
    before = text[max(0, match.start() - _JUST_BEFORE) : match.start()]
    told = {near.ahead for near in _NEAR if near.is_week and near.said.search(before)}
    if re.search(r"\bnext\s*$", before, re.IGNORECASE):
        told |= {0, 1}  # "next Friday" may be either
    told = told or {near.ahead for near in _NEAR if near.is_week and near.said.search(text)}
    if told:
        yield from (of_week + timedelta(weeks=week) for week in told)
    else:
        around = (of_week + timedelta(weeks=week) for week in (-1, 0, 1))
        yield from (one for one in around if abs(one - own) < timedelta(days=_WEEK))


def _is_near(near: _Near, reading: Reading) -> bool:
    if near.alike.search(reading.normal):
        return True
    for own in _days_of(reading):
        days = _WEEK if near.is_week else 1
        first = own - timedelta(days=own.weekday() if near.is_week else 0) + timedelta(days=days * near.ahead)
        if any(first <= one < first + timedelta(days=days) for one in days_said(reading)):
            return True
    return False


def _has_weekday(text: str, match: re.Match[str], reading: Reading) -> bool:
    is_limit = _IS_LIMIT.search(text, 0, match.start()) or _IS_LIMIT_JA.match(text, match.end())
    said = set(days_said(reading))
    for own in _days_of(reading):
        if own.weekday() == _weekday(match) and not is_limit:
            return True
        if said.intersection(_meant(text, match, own)):
            return True
    return False


def _is_weekday_of(date_before: re.Match[str], match: re.Match[str], reading: Reading) -> bool:
    """Whether the date that stands right before a weekday is one."""
    value = day(date_before)
    return any(
        found.weekday() == _weekday(match)
        for own in _days_of(reading)
        if value and (found := _nearest(value, own)) is not None
    )


def _has_month(month: int, reading: Reading) -> bool:
    days = {*days_said(reading), *_days_of(reading)}
    return any(one.month == month for one in days) or any(
        _month(match) == month for match in _MONTH_SAID.finditer(reading.normal)
    )


def _weekday(match: re.Match[str]) -> int:
    if letter := match["ja"] or match["short"]:
        return WEEKDAYS_JA.index(letter)
    return [name[:2] for name in WEEKDAYS_EN].index(match["en"][:2].casefold())


def _month(match: re.Match[str]) -> int:
    return int(match["ja"]) if match["ja"] else MONTHS.index(match["en"][:3].casefold()) + 1
