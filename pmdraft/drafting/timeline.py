"""The settled timeline: which events stand, and when each happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pmdraft.evidence import Assumed, Evidence, Incident
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.quoted_time import quotes, read_time
from pmdraft.statement import Basis, Statement
from pmdraft.wire import TimelineAnswer, TimelineEvent

_NO_SOURCE = Bilingual(
    "時刻の出所 {timed_by} という根拠がない", "its time is said to come from {timed_by}, which does not exist"
)
_NO_QUOTE = Bilingual(
    "引用された時刻「{quote}」が {timed_by} にない（{timed_by} の時刻を使った）",
    "the quoted time “{quote}” is not in {timed_by} (the time of {timed_by} was used)",
)
_NO_CLOCK = Bilingual(
    "引用「{quote}」は時刻として読めない（{timed_by} の時刻を使った）",
    "the quotation “{quote}” cannot be read as a time (the time of {timed_by} was used)",
)


_NO_TIME = Bilingual("{timed_by} は時刻のない文章", "{timed_by} is text that names no time")


class Settled(NamedTuple):
    """A timeline in the order of time, and what did not make it."""

    entries: tuple[TimelineEntry, ...]
    rejected: tuple[Rejected, ...]


def settle(answer: TimelineAnswer, incident: Incident, language: Language) -> Settled:
    """Give each event its time: copied from the evidence, or read from a time quoted in it."""
    known = incident.by_id()
    entries: dict[tuple[datetime, EventKind, str], TimelineEntry] = {}
    rejected: list[Rejected] = []
    for event in answer.events:
        source = known.get(event.timed_by)
        if source is None:
            reason = _NO_SOURCE.to(language, timed_by=event.timed_by)
            rejected.append(Rejected(part="timeline", text=event.event, reason=reason, evidence=tuple(event.evidence)))
            continue
        quoted_at, complaint = _quoted(event, source, incident)
        if Assumed.TIME in source.raw.assumed and quoted_at is None:
            reason = _NO_TIME.to(language, timed_by=event.timed_by)
            rejected.append(Rejected(part="timeline", text=event.event, reason=reason, evidence=tuple(event.evidence)))
            continue
        if complaint is not None:
            reason = complaint.to(language, quote=event.quoted_time, timed_by=event.timed_by)
            rejected.append(
                Rejected(part="timeline", text=str(event.quoted_time), reason=reason, evidence=(event.timed_by,))
            )
        entry = _entry(event, quoted_at, source, incident)
        # The same event from the same evidence is one event.
        entries.setdefault((entry.at, entry.kind, entry.timed_by), entry)
    return Settled(in_order(entries.values()), tuple(rejected))


def in_order(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """Entries in the order of time; at the same moment, in the order of kinds."""
    order = list(EventKind)
    return tuple(sorted(entries, key=lambda entry: (entry.at, order.index(entry.kind))))


def first(entries: Sequence[TimelineEntry], *kinds: EventKind) -> TimelineEntry | None:
    """The first entry of the first of `kinds` that there is."""
    return next((entry for kind in kinds for entry in entries if entry.kind is kind), None)


def last(entries: Sequence[TimelineEntry], *kinds: EventKind) -> TimelineEntry | None:
    """The last entry of the first of `kinds` that there is."""
    return first(tuple(reversed(entries)), *kinds)


def _quoted(event: TimelineEvent, source: Evidence, incident: Incident) -> tuple[datetime | None, Bilingual | None]:
    if not event.quoted_time:
        return None, None
    if not quotes(source.text, event.quoted_time):
        return None, _NO_QUOTE
    at = read_time(event.quoted_time, source.at, incident.zone)
    return at, None if at else _NO_CLOCK


def _entry(event: TimelineEvent, quoted_at: datetime | None, source: Evidence, incident: Incident) -> TimelineEntry:
    cited = tuple(dict.fromkeys([*event.evidence, event.timed_by]))
    action = event.action.strip() if event.action else ""
    return TimelineEntry(
        at=(quoted_at or source.at).astimezone(incident.zone),
        event=Statement(text=event.event.strip(), evidence=cited, basis=Basis.STATED),
        action=Statement(text=action, evidence=cited, basis=Basis.STATED) if action else None,
        kind=event.kind,
        evidence=cited,
        timed_by=event.timed_by,
        quoted_time=event.quoted_time if quoted_at else None,
    )
