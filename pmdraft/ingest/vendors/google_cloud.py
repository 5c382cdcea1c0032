"""Google Cloud Monitoring (once Stackdriver) webhooks, versions 1.0 to 1.2.

Source: https://cloud.google.com/monitoring/support/notification-options#webhooks
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Google Cloud Monitoring"


class Labels(BaseModel):
    """Labels that users or systems gave to what is watched."""

    severity: Text = None


class Metadata(BaseModel):
    """More of what is watched."""

    system_labels: Part[Labels] = Labels()
    user_labels: Part[Labels] = Labels()


class Documentation(BaseModel):
    """What whoever set the policy up wrote for those who read it."""

    subject: Text = None
    content: Text = None


class Incident(BaseModel):
    """An incident of a policy."""

    incident_id: Text = None
    policy_name: Text = None
    condition_name: Text = None
    resource_display_name: Text = None
    resource_name: Text = None
    severity: Text = None
    state: Text = None
    started_at: Time = None
    ended_at: Time = None
    summary: Text = None
    url: Link = None
    metadata: Part[Metadata] = Metadata()
    policy_user_labels: Part[Labels] = Labels()
    documentation: Part[Documentation] = Documentation()


class Webhook(BaseModel):
    """The body of one webhook call."""

    incident: Part[Incident] = Incident()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    incident = body.get("incident")
    return isinstance(incident, dict) and "incident_id" in incident and "policy_name" in incident


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The incident's start, and its end if it has one."""
    incident = Webhook.model_validate(body).incident
    names = [(name or "").rpartition("/")[2] for name in (incident.policy_name, incident.condition_name)]
    metadata = incident.metadata
    subject = Subject(
        VENDOR,
        ": ".join(dict.fromkeys(name for name in names if name)) or "unnamed policy",
        service=one_of(incident.resource_display_name, incident.resource_name),
        severity=one_of(
            incident.severity,
            incident.policy_user_labels.severity,
            metadata.user_labels.severity,
            metadata.system_labels.severity,
        ),
        link=incident.url,
        key=incident.incident_id,
    )
    documentation = incident.documentation
    detail = joined(incident.summary, documentation.subject, documentation.content)
    if (incident.state or "").lower() == "closed":
        # The summary is of the end by then.
        moments = [Moment(FIRED, incident.started_at), Moment(RESOLVED, incident.ended_at, detail=incident.summary)]
    else:
        moments = [Moment(FIRED, incident.started_at, detail=detail)]
    yield from subject.events(clock, *moments)
