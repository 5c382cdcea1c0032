"""What a reader should know about the clocks of an incident's sources."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from pmdraft.errors import InputError
from pmdraft.evidence import Assumed, Evidence, Incident, Source, zone
from pmdraft.ingest.clock_skew import skew_notices
from pmdraft.ingest.relative_times import relative_time_notice
from pmdraft.notices import Notice, NoticeKind, notice

_KINDS = {
    Assumed.ZONE: NoticeKind.ASSUMED_ZONE,
    Assumed.YEAR: NoticeKind.ASSUMED_YEAR,
    Assumed.DATE: NoticeKind.ASSUMED_DATE,
}
_MOST_FILES = 3
_FIXED = re.compile(r"([+-])(\d\d):(\d\d)")


def clock_notices(incident: Incident) -> Iterator[Notice]:
    """Every notice about zones, what was assumed, clocks that differ and times told by how long ago."""
    yield from _mixed_zones(incident)
    yield from _assumptions(incident)
    yield from skew_notices(incident)
    if (told := relative_time_notice(incident)) is not None:
        yield told


def _mixed_zones(incident: Incident) -> Iterator[Notice]:
    """Sources that write the clocks of different zones; a source that names none has none."""
    files: dict[timedelta, dict[str, str]] = defaultdict(dict)
    for item in incident.evidence:
        if item.raw.zone is not None:
            files[_offset(item.raw.zone, item.at)].setdefault(item.raw.file, item.raw.zone)
    if len(files) < 2:
        return
    told = []
    for offset in sorted(files):
        names = list(files[offset])
        zones = "/".join(dict.fromkeys(files[offset].values()))
        told.append(f"{zones}: {', '.join(names[:_MOST_FILES])}" + ("…" if len(names) > _MOST_FILES else ""))
    yield notice(NoticeKind.MIXED_ZONES, zones="; ".join(told))


def _offset(name: str, at: datetime) -> timedelta:
    """The offset from UTC that a zone has at a moment, by the name that evidence gives it."""
    if match := _FIXED.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return -offset if match[1] == "-" else offset
    try:
        return at.astimezone(zone(name)).utcoffset() or timedelta()
    except InputError:  # a saved incident may say anything
        return timedelta()


def _assumptions(incident: Incident) -> Iterator[Notice]:
    """For each source and each thing that its times leave out, how many do and what they were taken for."""
    counts: Counter[tuple[str, Assumed, str]] = Counter()
    for item in incident.evidence:
        for assumed in item.raw.assumed:
            # The reader of a log tells it of every line, used or not.
            if assumed in _KINDS and item.source is not Source.LOG:
                counts[item.raw.file, assumed, _taken_for(assumed, item, incident)] += item.count
    for (source, assumed, value), count in counts.items():
        yield notice(_KINDS[assumed], source=source, count=count, zone=value, year=value, date=value)


def _taken_for(assumed: Assumed, item: Evidence, incident: Incident) -> str:
    if assumed is Assumed.ZONE:
        return item.raw.zone or incident.timezone
    local = item.at.astimezone(incident.zone)
    return str(local.year) if assumed is Assumed.YEAR else f"{local:%Y-%m-%d}"
