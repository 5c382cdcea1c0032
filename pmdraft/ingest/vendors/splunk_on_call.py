"""Splunk On-Call (once VictorOps): REST alerts, outgoing webhooks made of its variables, incidents of the API.

Sources: https://help.splunk.com/splunk-observability-cloud/splunk-on-call (REST endpoint, custom outbound webhooks),
https://portal.victorops.com/public/api-docs.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Parts, Text, Time, one_of
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Splunk On-Call"
_KINDS = {
    "critical": FIRED,
    "warning": FIRED,
    "unacked": FIRED,
    "acknowledgement": ACKNOWLEDGED,
    "recovery": RESOLVED,
    "info": NOTE,
}


class Alert(BaseModel):
    """An alert; variables of webhooks are read under their last part, in small letters."""

    message_type: Text = None
    current_alert_phase: Text = None
    entity_id: Text = None
    entity_display_name: Text = None
    incident_name: Text = None
    host_name: Text = None
    hostname: Text = None
    service: Text = None
    state_message: Text = None
    state_start_time: Time = None
    alert_timestamp: Time = None
    timestamp: Time = None
    ack_author: Text = None
    acknowledged_by: Text = None
    alert_url: Link = None
    incident_link: Link = None


class Transition(BaseModel):
    """A change of an incident's phase."""

    name: Text = None
    at: Time = None
    by: Text = None
    message: Text = None


class Incident(BaseModel):
    """An incident of the API."""

    entityDisplayName: Text = None
    entityId: Text = None
    service: Text = None
    host: Text = None
    startTime: Time = None
    incidentLink: Link = None
    currentPhase: Text = None
    transitions: Parts[Transition] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is an alert or an incident of Splunk On-Call."""
    if _is_of_api(body):
        return True
    names = _flat(body).keys()
    return bool({"message_type", "current_alert_phase"} & names) and bool({"entity_id", "monitoring_tool"} & names)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The one thing that an alert tells, or the course of an incident."""
    if _is_of_api(body):
        return _course(Incident.model_validate(body), clock)
    alert = Alert.model_validate(_flat(body))
    state = one_of(alert.current_alert_phase, alert.message_type) or ""
    kind = _KINDS.get(state.lower(), kind_of(state))
    subject = Subject(
        VENDOR,
        one_of(alert.entity_display_name, alert.incident_name, alert.entity_id) or "unnamed alert",
        service=one_of(alert.service, alert.host_name, alert.hostname),
        severity=alert.message_type if kind is FIRED else None,
        link=alert.alert_url or alert.incident_link,
        key=alert.entity_id,
    )
    by = one_of(alert.ack_author, alert.acknowledged_by) if kind is ACKNOWLEDGED else None
    at = alert.alert_timestamp or alert.timestamp or alert.state_start_time
    return subject.events(clock, Moment(kind, at, by=by, detail=alert.state_message))


def _flat(body: dict[str, object]) -> dict[str, object]:
    """`ALERT.entity_id` and `STATE.CURRENT_ALERT_PHASE` under their last part."""
    return {name.rpartition(".")[2].lower(): value for name, value in body.items()}


def _is_of_api(body: dict[str, object]) -> bool:
    return "incidentNumber" in body and "currentPhase" in body


def _course(incident: Incident, clock: Clock) -> Iterator[Told]:
    subject = Subject(
        VENDOR,
        one_of(incident.entityDisplayName, incident.entityId) or "unnamed incident",
        service=one_of(incident.service, incident.host),
        link=incident.incidentLink,
        key=incident.entityId,
    )
    moments = [Moment(kind_of(step.name), step.at, by=step.by, detail=step.message) for step in incident.transitions]
    if not any(moment.kind is FIRED for moment in moments):
        moments.insert(0, Moment(FIRED, incident.startTime))
    return subject.events(clock, *moments)
