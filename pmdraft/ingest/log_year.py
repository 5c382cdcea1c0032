"""The year of a log whose times name none."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.ingest.log_clock import Reference, with_year
from pmdraft.ingest.time_forms import BSD, FORMS, KLOG, read_stamp
from pmdraft.ingest.window import Window

_WITHOUT = re.compile(rf"(?:<\d{{1,3}}>)?{BSD.pattern}")
_KLOG = re.compile(rf"[IWEF]{KLOG.pattern}")
_WITH = tuple(re.compile(form.pattern) for form in FORMS if not form.weak and form is not BSD)
_PRIORITY = re.compile(r"<\d{1,3}>(?:\d{1,2} )?|\[")
_FAR = 500
_MONTHS = timedelta(days=90)


def reference_for(path: Path, zone: ZoneInfo | None, window: Window) -> Reference:
    """The middle of the incident's window; where there is none, when the file was last changed."""
    known = [end for end in (window.since, window.until) if end is not None]
    if known:
        middle = min(known) + (max(known) - min(known)) / 2
        return Reference(_naive(middle, zone))
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        changed = datetime.now(UTC)
    return Reference(_naive(changed, zone), is_last=True)


def reference_in(lines: Iterable[str]) -> Reference | None:
    """A time with its year: one that a line without it tells further on, of the same day, or one of another line.

    HAProxy writes both, and messages often say once more when something was.
    """
    other: Reference | None = None
    for line in lines:
        own = _WITHOUT.match(line) or _KLOG.match(line)
        if own is None:
            other = other or _full(line)
            continue
        day = _stamp(own)
        for form in _WITH:
            found = form.search(line, own.end(), own.end() + _FAR)
            said = _stamp(found) if found else None
            if said and day and (said.month, said.day) == (day.month, day.day):
                return Reference(said)
    return other


def rolled_over(lines: Iterable[str], reference: Reference) -> Reference | None:
    """Where times without a year go back by months, it was New Year: what comes after is of the last year that fits."""
    before: datetime | None = None
    for line in lines:
        own = _WITHOUT.match(line) or _KLOG.match(line)
        at = _stamp(own) if own else None
        if before and at and before - at > _MONTHS:
            return Reference(with_year(at, reference))
        before = at or before
    return None


def _full(line: str) -> Reference | None:
    """The time that a line begins with, if it has a year."""
    begin = _PRIORITY.match(line)
    for form in _WITH:
        if (found := form.match(line, begin.end() if begin else 0)) and (at := _stamp(found)):
            return Reference(at)
    return None


def _stamp(match: re.Match[str]) -> datetime | None:
    try:
        return read_stamp(match).at.replace(tzinfo=None)
    except ValueError:
        return None


def _naive(at: datetime, zone: ZoneInfo | None) -> datetime:
    return at.astimezone(zone or UTC).replace(tzinfo=None)
