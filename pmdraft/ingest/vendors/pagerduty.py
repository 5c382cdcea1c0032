"""PagerDuty webhooks, version 3.

Source: https://developer.pagerduty.com/docs/webhooks-overview
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import Skipped
from pmdraft.ingest.alert import NotTold, Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "PagerDuty"
_KINDS = {
    "incident.triggered": FIRED,
    "incident.reopened": FIRED,
    "incident.acknowledged": ACKNOWLEDGED,
    "incident.resolved": RESOLVED,
}


class Reference(BaseModel):
    """PagerDuty's way to point at something."""

    id: Text = None
    summary: Text = None
    html_url: Link = None


class Data(BaseModel):
    """The incident of an event, or the note or change with the incident inside."""

    id: Text = None
    title: Text = None
    summary: Text = None
    html_url: Link = None
    service: Part[Reference] = Reference()
    urgency: Text = None
    priority: Part[Reference] = Reference()
    incident: Part[Reference] = Reference()
    content: Text = None
    message: Text = None
    state: Text = None
    user: Part[Reference] = Reference()


class Event(BaseModel):
    """What happened."""

    event_type: Text = None
    occurred_at: Time = None
    agent: Part[Reference] = Reference()
    data: Part[Data] = Data()


class Webhook(BaseModel):
    """The body of one webhook call."""

    event: Part[Event] = Event()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    event = body.get("event")
    return isinstance(event, dict) and "event_type" in event and "occurred_at" in event


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the webhook tells; anything but a trigger, acknowledgement or end is a note."""
    event = Webhook.model_validate(body).event
    if event.event_type == "pagey.ping":
        yield NotTold(Skipped.SUBSCRIPTION)
        return
    data, incident = event.data, event.data.incident
    kind = _KINDS.get(event.event_type or "", NOTE)
    subject = Subject(
        VENDOR,
        one_of(data.title, incident.summary, data.summary) or "unnamed incident",
        service=data.service.summary,
        severity=data.priority.summary or (data.urgency and f"{data.urgency} urgency"),
        link=data.html_url or incident.html_url,
        key=incident.id or data.id,
    )
    responder = " ".join(text for text in (data.user.summary, data.state) if text) or None
    note = joined(data.content or (event.event_type if kind is NOTE else None), responder, data.message)
    yield from subject.events(clock, Moment(kind, event.occurred_at, by=event.agent.summary, detail=note))
