"""What each length of time of an incident is counted between, and a length in words."""

from typing import NamedTuple

from pmdraft.event_kind import EventKind
from pmdraft.language import Bilingual, Language


class Metric(NamedTuple):
    """The two events that a length is counted between."""

    start: EventKind
    end: EventKind
    last: bool
    """Whether the last event of kind `end` counts, or the first."""
    definition: Bilingual


METRICS: dict[str, Metric] = {
    "time_to_detect": Metric(
        EventKind.IMPACT_START,
        EventKind.DETECTION,
        False,
        Bilingual("発生 → 最初の検知", "start of impact → first detection"),
    ),
    "time_to_acknowledge": Metric(
        EventKind.DETECTION,
        EventKind.ACKNOWLEDGEMENT,
        False,
        Bilingual("最初の検知 → 応答", "first detection → acknowledgement"),
    ),
    "time_to_mitigate": Metric(
        EventKind.IMPACT_START,
        EventKind.MITIGATION,
        False,
        Bilingual("発生 → 最初の緩和策", "start of impact → first mitigation"),
    ),
    # People announce recovery too early more often than too late, so the last word counts.
    "downtime": Metric(
        EventKind.IMPACT_START,
        EventKind.RECOVERY,
        True,
        Bilingual("発生 → 完全復旧の確認", "start of impact → confirmed full recovery"),
    ),
    "incident_length": Metric(
        EventKind.IMPACT_START,
        EventKind.CLOSED,
        True,
        Bilingual("発生 → クローズ", "start of impact → incident closed"),
    ),
}


def spell(seconds: int, language: Language) -> str:
    """A length of time in words, to the minute: 「1時間22分」, "1 h 22 min"."""
    hours, minutes = divmod(round(seconds / 60), 60)
    days, hours = divmod(hours, 24)
    units = zip((days, hours, minutes), ("日", "時間", "分"), (" d", " h", " min"), strict=True)
    parts = [f"{n}{ja if language is Language.JA else en}" for n, ja, en in units if n]
    if not parts:
        return "1分未満" if language is Language.JA else "under 1 min"
    return ("" if language is Language.JA else " ").join(parts)
