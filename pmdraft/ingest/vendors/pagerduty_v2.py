"""One message of PagerDuty's webhooks of versions 1 and 2.

Source: https://developer.pagerduty.com/docs/v2-webhooks-overview
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel, Field

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Parts, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "PagerDuty"
_KINDS = {
    "incident.trigger": FIRED,
    "incident.unacknowledge": NOTE,
    "incident.acknowledge": ACKNOWLEDGED,
    "incident.resolve": RESOLVED,
}
_NUMBER = re.compile(r"\[#\d+\] ")


class Reference(BaseModel):
    """PagerDuty's way to point at something or somebody."""

    summary: Text = None
    name: Text = None
    html_url: Link = None


class Trigger(BaseModel):
    """What version 1 says of the cause."""

    subject: Text = None
    description: Text = None


class Incident(BaseModel):
    """The incident of a message or of the API."""

    id: Text = None
    title: Text = None
    summary: Text = None
    status: Text = None
    created_at: Time = None
    html_url: Link = None
    urgency: Text = None
    service: Part[Reference] = Reference()
    priority: Part[Reference] = Reference()
    last_status_change_at: Time = None
    last_status_change_by: Part[Reference] = Reference()
    resolved_at: Time = None
    resolved_by_user: Part[Reference] = Reference()
    trigger_summary_data: Part[Trigger] = Trigger()

    @property
    def subject(self) -> Subject:
        """The incident in the words that all of PagerDuty's formats share."""
        urgency = self.urgency and f"{self.urgency} urgency"
        trigger = self.trigger_summary_data
        what = one_of(self.title, trigger.subject, trigger.description, without_number(self.summary))
        return Subject(
            vendor=VENDOR,
            what=what or "unnamed incident",
            service=one_of(self.service.summary, self.service.name),
            severity=one_of(self.priority.summary, self.priority.name, urgency),
            link=self.html_url,
            key=self.id,
        )


class Channel(BaseModel):
    """By what way something was done: what triggered it, or a note."""

    details: Text = None
    content: Text = None
    summary: Text = None


class LogEntry(BaseModel):
    """What was done, and by whom."""

    agent: Part[Reference] = Reference()
    created_at: Time = None
    channel: Part[Channel] = Channel()
    note: Text = None


class Data(BaseModel):
    """Where version 1 keeps the incident."""

    incident: Part[Incident] = Incident()


class Message(BaseModel):
    """One message of a webhook call."""

    event: Text = None
    event_of_v1: Text = Field(default=None, validation_alias="type")
    created_on: Time = None
    incident: Part[Incident] = Incident()
    log_entries: Parts[LogEntry] = ()
    data: Part[Data] = Data()


def without_number(summary: str | None) -> str | None:
    """`[#33] Disk full` as `Disk full`."""
    return summary and _NUMBER.sub("", summary, count=1)


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a message."""
    name = body.get("event") or body.get("type")
    data = body.get("data")
    incident = body.get("incident") or (data.get("incident") if isinstance(data, dict) else None)
    return isinstance(name, str) and name.startswith("incident.") and isinstance(incident, dict)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the message tells."""
    message = Message.model_validate(body)
    name = message.event or message.event_of_v1 or ""
    incident = message.incident if message.event else message.data.incident
    entry = message.log_entries[0] if message.log_entries else LogEntry()
    kind = _KINDS.get(name, NOTE)
    channel = entry.channel
    if kind is NOTE:
        detail = joined(name, entry.note, channel.content or channel.summary)
    else:
        detail = channel.details if kind is FIRED else entry.note
    moment = Moment(kind, entry.created_at or message.created_on, by=_by(kind, incident, entry), detail=detail)
    yield from incident.subject.events(clock, moment)


def _by(kind: EvidenceKind, incident: Incident, entry: LogEntry) -> str | None:
    by = one_of(entry.agent.summary, entry.agent.name)
    changed = incident.last_status_change_by
    return by if by or kind is FIRED else one_of(changed.summary, changed.name, incident.resolved_by_user.name)
