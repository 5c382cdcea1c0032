"""Status pages: Statuspage's webhooks and API, and Better Stack's pages, which write the same shape.

Sources: https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/,
https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-with-webhooks
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Parts, Text, Time, joined
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Statuspage"
_OVER = {"resolved", "completed", "operational"}


class Component(BaseModel):
    """A part of the service that the page shows."""

    name: Text = None


class Update(BaseModel):
    """What was written on the page."""

    status: Text = None
    body: Text = None
    display_at: Time = None
    created_at: Time = None
    affected_components: Parts[Component] = ()


class Incident(BaseModel):
    """An incident of the page."""

    id: Text = None
    name: Text = None
    impact: Text = None
    status: Text = None
    created_at: Time = None
    resolved_at: Time = None
    shortlink: Link = None
    components: Parts[Component] = ()
    incident_updates: Parts[Update] = ()


class ComponentUpdate(BaseModel):
    """A change of a component's state."""

    created_at: Time = None
    old_status: Text = None
    new_status: Text = None


class Webhook(BaseModel):
    """The body of one webhook call."""

    incident: Part[Incident] = Incident()
    component: Part[Component] = Component()
    component_update: Part[ComponentUpdate] = ComponentUpdate()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is a webhook or an incident of a status page."""
    incident = body.get("incident")
    page = isinstance(body.get("page"), dict) and (isinstance(incident, dict) or "component_update" in body)
    return page or "incident_updates" in body


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """All that the page says of the incident so far, or how a component changed."""
    if "incident_updates" in body:
        return _of_incident(Incident.model_validate(body), VENDOR, clock)
    webhook = Webhook.model_validate(body)
    if "component_update" in body:
        return _of_component(webhook, clock)
    return _of_incident(webhook.incident, "Better Stack" if "event_type" in body else VENDOR, clock)


def _of_incident(incident: Incident, vendor: str, clock: Clock) -> Iterator[Told]:
    updates = incident.incident_updates
    components = incident.components or tuple(part for update in updates for part in update.affected_components)
    subject = Subject(
        vendor,
        incident.name or "unnamed incident",
        service=", ".join(dict.fromkeys(part.name for part in components if part.name)) or None,
        severity=incident.impact if incident.impact != "none" else None,
        link=incident.shortlink,
        key=incident.id,
    )
    # The page shows the newest first.
    told = [Moment(_kind(update), update.display_at or update.created_at, detail=_said(update)) for update in updates]
    moments = told[::-1]
    began = NOTE if incident.impact == "maintenance" else FIRED
    if moments and moments[0].kind is NOTE:
        moments[0] = Moment(began, incident.created_at or moments[0].at, detail=moments[0].detail)
    else:
        moments.insert(0, Moment(began, incident.created_at))
    if incident.resolved_at is not None and not any(moment.kind is RESOLVED for moment in moments):
        moments.append(Moment(RESOLVED, incident.resolved_at))
    return subject.events(clock, *moments)


def _kind(update: Update) -> EvidenceKind:
    return RESOLVED if update.status in _OVER else NOTE


def _said(update: Update) -> str | None:
    return update.body if update.status is None else joined(f"[{update.status}] {update.body or ''}".strip())


def _of_component(webhook: Webhook, clock: Clock) -> Iterator[Told]:
    update = webhook.component_update
    name = webhook.component.name or "unnamed component"
    kind = RESOLVED if update.new_status in _OVER else FIRED
    subject = Subject(VENDOR, name, service=name, severity=update.new_status if kind is FIRED else None)
    detail = f"{update.old_status or 'unknown'} → {update.new_status or 'unknown'}"
    return subject.events(clock, Moment(kind, update.created_at, detail=detail))
