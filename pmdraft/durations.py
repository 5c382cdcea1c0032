"""Lengths of time, each worked out from two events of the timeline and defined by them.

Definitions follow the usual incident metrics (time to detect, acknowledge,
mitigate, recover), counted from the start of the impact unless said otherwise.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pmdraft.language import Bilingual, Language
from pmdraft.lengths import METRICS, spell
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.statement import Basis, Duration


def measure(timeline: Sequence[TimelineEntry], language: Language, zone: ZoneInfo) -> dict[str, Duration]:
    """Every duration whose two events are in the timeline, in the right order."""
    found = {}
    for name, metric in METRICS.items():
        start = _pick(timeline, metric.start, last=False)
        end = _pick(timeline, metric.end, last=metric.last)
        if start is not None and end is not None and end.at >= start.at:
            found[name] = _duration(start, end, metric.definition, language, zone)
    return found


def _pick(timeline: Sequence[TimelineEntry], kind: EventKind, *, last: bool) -> TimelineEntry | None:
    of_kind = sorted((entry for entry in timeline if entry.kind is kind), key=lambda entry: entry.at)
    return of_kind[-1 if last else 0] if of_kind else None


def _duration(
    start: TimelineEntry, end: TimelineEntry, definition: Bilingual, language: Language, zone: ZoneInfo
) -> Duration:
    # Clocks in a timeline are read to the minute, so the difference is taken between minutes too.
    seconds = int((_minute(end.at) - _minute(start.at)).total_seconds())
    first, second = definition.to(language).split(" → ")
    clocks = [entry.at.astimezone(zone) for entry in (start, end)]
    form = "%H:%M" if clocks[0].date() == clocks[1].date() else "%m-%d %H:%M"
    span = f"{first} {clocks[0]:{form}} → {second} {clocks[1]:{form}}"
    length = spell(seconds, language)
    return Duration(
        text=f"{length}（{span}）" if language is Language.JA else f"{length} ({span})",
        evidence=tuple(dict.fromkeys((start.timed_by, end.timed_by))),
        basis=Basis.COMPUTED,
        seconds=seconds,
        start=start.at,
        end=end.at,
    )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
