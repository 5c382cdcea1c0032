"""Better Stack (once Better Uptime): incidents, from webhooks and from the API.

Sources: https://betterstack.com/docs/uptime/webhooks/, https://betterstack.com/docs/uptime/api/list-all-incidents/
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Time
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Better Stack"


class Attributes(BaseModel):
    """What is known of an incident."""

    name: Text = None
    url: Text = None
    cause: Text = None
    started_at: Time = None
    acknowledged_at: Time = None
    acknowledged_by: Text = None
    resolved_at: Time = None
    resolved_by: Text = None
    origin_url: Link = None
    incident_url: Link = None


class Incident(BaseModel):
    """An incident, in the manner of JSON:API."""

    id: Text = None
    attributes: Part[Attributes] = Attributes()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is an incident of Better Stack, alone or in a webhook."""
    return _is_incident(body) or _is_incident(body.get("data"))


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The incident's start, acknowledgement and end, as far as it has come."""
    found = Incident.model_validate(body if _is_incident(body) else body["data"])
    incident = found.attributes
    subject = Subject(
        VENDOR,
        incident.name or "unnamed incident",
        service=incident.url,
        link=incident.incident_url or incident.origin_url,
        key=found.id,
    )
    yield from subject.events(
        clock,
        Moment(FIRED, incident.started_at, detail=incident.cause),
        Moment(ACKNOWLEDGED, incident.acknowledged_at, by=incident.acknowledged_by),
        Moment(RESOLVED, incident.resolved_at, by=incident.resolved_by),
    )


def _is_incident(value: object) -> bool:
    if not isinstance(value, dict) or value.get("type") != "incident":
        return False
    attributes = value.get("attributes")
    return isinstance(attributes, dict) and bool({"started_at", "cause", "resolved_at"} & attributes.keys())
