"""PagerDuty webhooks, version 3.

Source: https://developer.pagerduty.com/docs/webhooks-overview
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import AlertEvent
from pmdraft.ingest.clock import parse_instant
from pmdraft.ingest.vendors.times import Clock

VENDOR = "PagerDuty"
_KINDS = {
    "incident.triggered": EvidenceKind.ALERT_FIRED,
    "incident.reopened": EvidenceKind.ALERT_FIRED,
    "incident.acknowledged": EvidenceKind.ALERT_ACKNOWLEDGED,
    "incident.resolved": EvidenceKind.ALERT_RESOLVED,
}


class Reference(BaseModel):
    """PagerDuty's way to point at something."""

    summary: str | None = None
    html_url: str | None = None


class Data(BaseModel):
    """The incident of an event, or the note or change with the incident inside."""

    title: str | None = None
    summary: str | None = None
    html_url: str | None = None
    service: Reference | None = None
    urgency: str | None = None
    priority: Reference | None = None
    incident: Reference | None = None
    content: str | None = None


class Event(BaseModel):
    """What happened."""

    event_type: str
    occurred_at: str
    agent: Reference | None = None
    data: Data


class Webhook(BaseModel):
    """The body of one webhook call."""

    event: Event


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    event = body.get("event")
    return isinstance(event, dict) and "event_type" in event and "occurred_at" in event


def events(body: dict[str, object], clock: Clock) -> Iterator[AlertEvent]:
    """What the webhook tells; anything but a trigger, acknowledgement or end is a note."""
    event = Webhook.model_validate(body).event
    data, incident = event.data, event.data.incident or Reference()
    kind = _KINDS.get(event.event_type, EvidenceKind.ALERT_NOTE)
    note = data.content or (event.event_type if kind is EvidenceKind.ALERT_NOTE else None)
    yield AlertEvent(
        vendor=VENDOR,
        kind=kind,
        at=parse_instant(event.occurred_at, clock.zone),
        what=data.title or incident.summary or data.summary or "unnamed incident",
        service=data.service.summary if data.service else None,
        severity=(data.priority and data.priority.summary) or (data.urgency and f"{data.urgency} urgency"),
        by=event.agent.summary if event.agent else None,
        detail=note,
        link=data.html_url or incident.html_url,
    )
