"""Incidents and log entries as PagerDuty's REST API gives them.

Source: https://developer.pagerduty.com/api-reference/
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Parts, Text, Time, joined, one_of
from pmdraft.ingest.vendors.pagerduty_v2 import Channel, Reference, without_number
from pmdraft.ingest.vendors.pagerduty_v2 import Incident as WebhookIncident
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "PagerDuty"
_ENTRY = "_log_entry"
_KINDS = {"trigger": FIRED, "acknowledge": ACKNOWLEDGED, "resolve": RESOLVED}


class Acknowledgement(BaseModel):
    """Who took an incident on, and when."""

    at: Time = None
    acknowledger: Part[Reference] = Reference()


class Incident(WebhookIncident):
    """An incident with its acknowledgements."""

    acknowledgements: Parts[Acknowledgement] = ()
    description: Text = None


class LogEntry(BaseModel):
    """Something that was done to an incident."""

    type: Text = None
    summary: Text = None
    created_at: Time = None
    html_url: Link = None
    agent: Part[Reference] = Reference()
    service: Part[Reference] = Reference()
    incident: Part[Incident] = Incident()
    channel: Part[Channel] = Channel()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is an incident or a log entry of the API."""
    return _is_entry(body) or _is_incident(body) or _is_incident(body.get("incident"))


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """When an incident was triggered, acknowledged and resolved, or the one thing that a log entry tells."""
    if _is_entry(body):
        return _of_entry(LogEntry.model_validate(body), clock)
    return _of_incident(Incident.model_validate(body if _is_incident(body) else body["incident"]), clock)


def _is_entry(body: dict[str, object]) -> bool:
    kind = body.get("type")
    return isinstance(kind, str) and kind.endswith(_ENTRY)


def _is_incident(value: object) -> bool:
    return isinstance(value, dict) and value.get("type") == "incident" and "incident_number" in value


def _of_incident(incident: Incident, clock: Clock) -> Iterator[Told]:
    subject = incident.subject
    detail = incident.description if incident.description != subject.what else None
    moments = [Moment(FIRED, incident.created_at, detail=detail)]
    moments += [Moment(ACKNOWLEDGED, ack.at, by=ack.acknowledger.summary) for ack in incident.acknowledgements]
    if incident.status == "resolved":
        at = incident.resolved_at or incident.last_status_change_at
        moments.append(Moment(RESOLVED, at, by=incident.last_status_change_by.summary))
    return subject.events(clock, *moments)


def _of_entry(entry: LogEntry, clock: Clock) -> Iterator[Told]:
    incident = entry.incident
    subject = Subject(
        vendor=VENDOR,
        what=one_of(incident.title, without_number(incident.summary)) or "unnamed incident",
        service=one_of(entry.service.summary, incident.subject.service),
        severity=incident.subject.severity,
        link=incident.html_url or entry.html_url,
        key=incident.id,
    )
    kind = _KINDS.get((entry.type or "").removesuffix(_ENTRY), NOTE)
    channel = entry.channel
    if kind is NOTE:
        detail = joined(channel.content, channel.summary, entry.summary)
    else:
        detail = channel.details if kind is FIRED else None
    return subject.events(clock, Moment(kind, entry.created_at, by=entry.agent.summary, detail=detail))
