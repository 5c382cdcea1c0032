"""A timeline by rules: what alerts, logs and tell-tale messages say, word for word."""

from datetime import timedelta

from pmdraft.evidence import Evidence, EvidenceKind, Incident, Source
from pmdraft.language import Bilingual, Language
from pmdraft.outline.cues import speaks_of
from pmdraft.outline.excerpt import asserts, excerpt, people_or_bots
from pmdraft.postmortem import EventKind
from pmdraft.severity import severities_in
from pmdraft.talk import is_hedged, is_question
from pmdraft.wire import TimelineAnswer, TimelineEvent

_HEADINGS = {
    EventKind.IMPACT_START: Bilingual("最初の兆候", "First sign of trouble"),
    EventKind.DETECTION: Bilingual("アラート発火", "Alert fired"),
    EventKind.ACKNOWLEDGEMENT: Bilingual("応答", "Acknowledged"),
    EventKind.INVESTIGATION: Bilingual("調査", "Investigation"),
    EventKind.DEAD_END: Bilingual("除外", "Ruled out"),
    EventKind.DECISION: Bilingual("判断", "Decision"),
    EventKind.CAUSE_FOUND: Bilingual("原因への言及", "Cause discussed"),
    EventKind.MITIGATION: Bilingual("対処", "Mitigation"),
    EventKind.PARTIAL_RECOVERY: Bilingual("改善の報告", "Improvement reported"),
    EventKind.RECOVERY: Bilingual("復旧の報告", "Recovery reported"),
    EventKind.CLOSED: Bilingual("クローズ", "Closed"),
    EventKind.COMMUNICATION: Bilingual("告知", "Communication"),
    EventKind.OTHER: Bilingual("アラート", "Alert"),
}
# A message counts for the first kind that it has a cue of: the rarer and more telling first.
_BY_CUE = (
    EventKind.CLOSED,
    EventKind.DEAD_END,
    EventKind.RECOVERY,
    EventKind.DECISION,
    EventKind.MITIGATION,
    EventKind.CAUSE_FOUND,
    EventKind.PARTIAL_RECOVERY,
    EventKind.ACKNOWLEDGEMENT,
    EventKind.COMMUNICATION,
    EventKind.INVESTIGATION,
)
# How many of a kind a timeline bears, and whether its first or its last ones tell more.
_MOST = {EventKind.ACKNOWLEDGEMENT: 1, EventKind.INVESTIGATION: 3, EventKind.COMMUNICATION: 3, EventKind.CLOSED: 1}
_USUAL = 4
_DENIALS = (EventKind.DEAD_END, EventKind.INVESTIGATION, EventKind.COMMUNICATION)
_LAST_ONES = (EventKind.RECOVERY, EventKind.CLOSED, EventKind.PARTIAL_RECOVERY)
# Errors before the first alert belong to the incident only if they come shortly before it.
_LEAD = timedelta(minutes=30)


def outline_timeline(incident: Incident, language: Language) -> TimelineAnswer:
    """The events that rules can find, in the order of time."""
    found = _from_alerts(incident) + _from_messages(incident)
    found += _first_sign(incident, found)
    found.sort(key=lambda pair: pair[0].at)
    return TimelineAnswer(events=[_event(item, kind, language) for item, kind in found])


_Found = list[tuple[Evidence, EventKind]]


def _from_alerts(incident: Incident) -> _Found:
    found: _Found = []
    detected = acknowledged = False
    resolved = [item for item in incident.evidence if item.kind is EvidenceKind.ALERT_RESOLVED]
    for item in incident.evidence:
        if item.kind is EvidenceKind.ALERT_FIRED:
            found.append((item, EventKind.OTHER if detected else EventKind.DETECTION))
            detected = True
        elif item.kind is EvidenceKind.ALERT_NOTE:
            found.append((item, EventKind.OTHER))
        elif item.kind is EvidenceKind.ALERT_ACKNOWLEDGED and not acknowledged:
            found.append((item, EventKind.ACKNOWLEDGEMENT))
            acknowledged = True
    # That an alert resolved is no confirmation of recovery, so it is told, but not counted as one,
    # unless alerts are all there is to go by.
    only_alerts = not any(item.source.is_chat for item in incident.evidence)
    found += [(item, EventKind.OTHER) for item in resolved[:-1]]
    return found + [(item, EventKind.RECOVERY if only_alerts else EventKind.OTHER) for item in resolved[-1:]]


def _from_messages(incident: Incident) -> _Found:
    by_kind: dict[EventKind, list[Evidence]] = {}
    for item in people_or_bots(incident.evidence):
        kind = _kind_of(item)
        if kind is not None:
            by_kind.setdefault(kind, []).append(item)
    if any(item.kind is EvidenceKind.ALERT_ACKNOWLEDGED for item in incident.evidence):
        by_kind.pop(EventKind.ACKNOWLEDGEMENT, None)
    found: _Found = []
    for kind, items in by_kind.items():
        most = _MOST.get(kind, _USUAL)
        chosen = items[-most:] if kind in _LAST_ONES else items[:most]
        found += [(item, kind) for item in chosen]
    return found


def _kind_of(item: Evidence) -> EventKind | None:
    """The first kind that a message has a cue of; that something is ruled out is told by denials."""
    if severities_in(item.text) and not is_hedged(item):
        return EventKind.DECISION
    for kind in _BY_CUE:
        told = speaks_of(item, kind.value) and not is_question(item) if kind in _DENIALS else asserts(item, kind.value)
        if told:
            return kind
    return None


def _first_sign(incident: Incident, found: _Found) -> _Found:
    """The first error in the logs shortly before the first alert, else nothing: a start is not guessed."""
    detections = [item.at for item, kind in found if kind is EventKind.DETECTION]
    if not detections:
        return []
    errors = [
        item
        for item in incident.evidence
        if item.source is Source.LOG and detections[0] - _LEAD <= item.at <= detections[0] and _is_error(item)
    ]
    return [(errors[0], EventKind.IMPACT_START)] if errors else []


def _is_error(item: Evidence) -> bool:
    head = item.text[:120].upper()
    return any(level in head for level in ("ERROR", "FATAL", "CRITICAL", "SEVERE", "PANIC"))


def _event(item: Evidence, kind: EventKind, language: Language) -> TimelineEvent:
    said = excerpt(item)
    by = f"@{item.author}: " if item.source.is_chat and item.author else ""
    return TimelineEvent(
        evidence=[item.id],
        timed_by=item.id,
        quoted_time=None,
        kind=kind,
        event=_HEADINGS[kind].to(language),
        action=by + (f"「{said}」" if language is Language.JA else f"“{said}”"),
    )
