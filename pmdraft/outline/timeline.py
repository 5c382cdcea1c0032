"""A timeline by rules: what alerts, logs and tell-tale messages say, word for word."""

from collections.abc import Callable
from datetime import timedelta

from pmdraft.evidence import Evidence, EvidenceKind, Incident, Source
from pmdraft.language import Bilingual, Language
from pmdraft.outline.alert_lines import names_of_alert, same_alert, state_of
from pmdraft.outline.excerpt import excerpt, people_or_bots
from pmdraft.outline.focus import focus_of
from pmdraft.outline.kinds import kind_of, since_when, tells_of_trouble, told_at
from pmdraft.postmortem import EventKind
from pmdraft.quoted_time import read_time
from pmdraft.untrusted import gives_instructions
from pmdraft.wire import TimelineAnswer, TimelineEvent

_HEADINGS = {
    EventKind.IMPACT_START: Bilingual("最初の兆候", "First sign of trouble"),
    EventKind.DETECTION: Bilingual("アラート発火", "Alert fired"),
    EventKind.ACKNOWLEDGEMENT: Bilingual("担当者の反応", "Someone is on it"),
    EventKind.INVESTIGATION: Bilingual("調べたこと", "Looked into"),
    EventKind.DEAD_END: Bilingual("除外", "Ruled out"),
    EventKind.DECISION: Bilingual("方針", "Course of action"),
    EventKind.CAUSE_FOUND: Bilingual("原因への言及", "Cause discussed"),
    EventKind.MITIGATION: Bilingual("対処", "Step taken"),
    EventKind.PARTIAL_RECOVERY: Bilingual("改善の報告", "Improvement reported"),
    EventKind.RECOVERY: Bilingual("復旧の報告", "Recovery reported"),
    EventKind.CLOSED: Bilingual("対応の終了", "Declared over"),
    EventKind.COMMUNICATION: Bilingual("社内外への連絡", "Word sent out"),
    EventKind.OTHER: Bilingual("アラート", "Alert"),
}
# How many of a kind a timeline bears, and whether its first or its last ones tell more.
_MOST = {
    EventKind.ACKNOWLEDGEMENT: 1,
    EventKind.CLOSED: 1,
    EventKind.COMMUNICATION: 3,
    EventKind.MITIGATION: 8,
    EventKind.DECISION: 6,
    EventKind.CAUSE_FOUND: 6,
    EventKind.DEAD_END: 5,
    EventKind.INVESTIGATION: 3,
    EventKind.PARTIAL_RECOVERY: 2,
}
_USUAL = 4
_LAST_ONES = (EventKind.RECOVERY, EventKind.CLOSED, EventKind.PARTIAL_RECOVERY)
# Errors before the first alert belong to the incident only if they come shortly before it.
_LEAD = timedelta(minutes=30)
# A time that a message names for a recovery is of that recovery only if it is not long past.
_RECENT = timedelta(hours=1)
_SAME_DAY = timedelta(hours=24)


def outline_timeline(incident: Incident, language: Language) -> TimelineAnswer:
    """The events that rules can find, in the order of time."""
    found = _from_alerts(incident)
    found += _from_bots(incident, found)
    found += _from_messages(incident, found)
    first_sign = _first_sign(incident, found)
    events = [
        _timed(item, kind, incident, language) for item, kind in sorted(found + first_sign, key=lambda pair: pair[0].at)
    ]
    start = [] if first_sign else _told_start(incident, found, language)
    return TimelineAnswer(events=[*start, *events])


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


def _from_bots(incident: Incident, found: _Found) -> _Found:
    """Alerts of which only a bot in the channel tells: when each fired first, and when it was over last."""
    known = [names_of_alert(item) for item, _ in found]
    fired: dict[frozenset[str], Evidence] = {}
    over: dict[frozenset[str], Evidence] = {}
    for item in incident.evidence:
        state, names = state_of(item), names_of_alert(item)
        if state is None or any(same_alert(names, other) for other in known):
            continue
        alert = next((other for other in fired if same_alert(names, other)), names)
        if state is EvidenceKind.ALERT_FIRED:
            fired.setdefault(alert, item)
        elif state is EvidenceKind.ALERT_RESOLVED and alert in fired:
            over[alert] = item
    told = list(fired.values())[:_USUAL]
    detected = any(kind is EventKind.DETECTION for _, kind in found)
    kinds = [EventKind.OTHER if detected or number else EventKind.DETECTION for number, _ in enumerate(told)]
    return [
        *zip(told, kinds, strict=True),
        *((over[name], EventKind.OTHER) for name in list(fired)[:_USUAL] if name in over),
    ]


def _from_messages(incident: Incident, alerts: _Found) -> _Found:
    said = people_or_bots(incident.evidence)
    by_kind: dict[EventKind, list[Evidence]] = {}
    for item in said:
        kind = kind_of(item)
        if kind is not None and not gives_instructions(item) and state_of(item) is None:
            by_kind.setdefault(kind, []).append(item)
    if any(item.kind is EvidenceKind.ALERT_ACKNOWLEDGED for item in incident.evidence):
        by_kind.pop(EventKind.ACKNOWLEDGEMENT, None)
    score = focus_of((item for items in by_kind.values() for item in items), said)
    found: _Found = []
    for kind, items in by_kind.items():
        found += [(item, kind) for item in _most_telling(items, kind, score)]
    return _with_first_report(said, alerts, found)


def _most_telling(items: list[Evidence], kind: EventKind, score: Callable[[Evidence], float]) -> list[Evidence]:
    """As many of a kind as a timeline bears; of equals the first ones, or the last where the last word counts."""
    late = -1 if kind in _LAST_ONES else 1
    ranked = sorted(range(len(items)), key=lambda place: (-score(items[place]), late * place))
    return [items[place] for place in sorted(ranked[: _MOST.get(kind, _USUAL)])]


def _with_first_report(said: list[Evidence], alerts: _Found, found: _Found) -> _Found:
    """Where no alert fired first, the first message that something does not work is how it came to light."""
    detected = min((item.at for item, kind in alerts if kind is EventKind.DETECTION), default=None)
    first = next((item for item in said if tells_of_trouble(item)), None)
    if first is None or (detected is not None and detected <= first.at):
        return found
    return [*((item, kind) for item, kind in found if item.id != first.id), (first, EventKind.DETECTION)]


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


def _told_start(incident: Incident, found: _Found, language: Language) -> list[TimelineEvent]:
    """The start of the impact as somebody said it, with the time that they named; the last word counts."""
    detected = min((item.at for item, kind in found if kind is EventKind.DETECTION), default=None)
    for item in reversed(people_or_bots(incident.evidence)):
        when = since_when(item)
        at = read_time(when, item.at, incident.zone) if when else None
        if at and item.at - _SAME_DAY <= at <= item.at and (detected is None or at <= detected):
            start = _event(item, EventKind.IMPACT_START, language)
            return [start.model_copy(update={"quoted_time": when})]
    return []


def _timed(item: Evidence, kind: EventKind, incident: Incident, language: Language) -> TimelineEvent:
    """An event; of a recovery or a closing with the time that the message itself names, if that is just past."""
    event = _event(item, kind, language)
    when = told_at(item, kind) if kind in _LAST_ONES and item.source.is_chat else None
    at = read_time(when, item.at, incident.zone) if when else None
    return event.model_copy(update={"quoted_time": when}) if at and item.at - _RECENT <= at <= item.at else event


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
