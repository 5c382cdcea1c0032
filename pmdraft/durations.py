"""Lengths of time, each worked out from two events of the timeline and defined by them.

Definitions follow the usual incident metrics (time to detect, acknowledge,
mitigate, recover), counted from the start of the impact unless said otherwise.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.statement import Basis, Duration


class _Metric(NamedTuple):
    start: EventKind
    end: EventKind
    last: bool
    """Whether the last event of kind `end` counts, or the first."""
    definition: Bilingual


METRICS: dict[str, _Metric] = {
    "time_to_detect": _Metric(
        EventKind.IMPACT_START,
        EventKind.DETECTION,
        False,
        Bilingual("発生 → 最初の検知", "start of impact → first detection"),
    ),
    "time_to_acknowledge": _Metric(
        EventKind.DETECTION,
        EventKind.ACKNOWLEDGEMENT,
        False,
        Bilingual("最初の検知 → 応答", "first detection → acknowledgement"),
    ),
    "time_to_mitigate": _Metric(
        EventKind.IMPACT_START,
        EventKind.MITIGATION,
        False,
        Bilingual("発生 → 最初の緩和策", "start of impact → first mitigation"),
    ),
    # People announce recovery too early more often than too late, so the last word counts.
    "downtime": _Metric(
        EventKind.IMPACT_START,
        EventKind.RECOVERY,
        True,
        Bilingual("発生 → 完全復旧の確認", "start of impact → confirmed full recovery"),
    ),
    "incident_length": _Metric(
        EventKind.IMPACT_START,
        EventKind.CLOSED,
        True,
        Bilingual("発生 → クローズ", "start of impact → incident closed"),
    ),
}


def measure(timeline: Sequence[TimelineEntry], language: Language, zone: ZoneInfo) -> dict[str, Duration]:
    """Every duration whose two events are in the timeline, in the right order."""
    found = {}
    for name, metric in METRICS.items():
        start = _pick(timeline, metric.start, last=False)
        end = _pick(timeline, metric.end, last=metric.last)
        if start is not None and end is not None and end.at >= start.at:
            found[name] = _duration(start, end, metric.definition, language, zone)
    return found


def spell(seconds: int, language: Language) -> str:
    """A length of time in words, to the minute: 「1時間22分」, "1 h 22 min"."""
    hours, minutes = divmod(round(seconds / 60), 60)
    days, hours = divmod(hours, 24)
    units = zip((days, hours, minutes), ("日", "時間", "分"), (" d", " h", " min"), strict=True)
    parts = [f"{n}{ja if language is Language.JA else en}" for n, ja, en in units if n]
    if not parts:
        return "1分未満" if language is Language.JA else "under 1 min"
    return ("" if language is Language.JA else " ").join(parts)


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
