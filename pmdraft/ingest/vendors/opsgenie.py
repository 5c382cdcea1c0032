"""Opsgenie (and Jira Service Management): webhooks, and alerts as the API gives them.

Sources: https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/,
https://docs.opsgenie.com/docs/alert-api
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Part, Text, Time, joined, text_of
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Opsgenie"
_KINDS = {"Create": FIRED, "Acknowledge": ACKNOWLEDGED, "Close": RESOLVED}


class Report(BaseModel):
    """What the API says of the course of an alert; times are milliseconds after its creation."""

    ackTime: Time = None
    acknowledgedBy: Text = None
    closeTime: Time = None
    closedBy: Text = None


class Alert(BaseModel):
    """An alert of a webhook or of the API."""

    alertId: Text = None
    id: Text = None
    message: Text = None
    entity: Text = None
    description: Text = None
    note: Text = None
    priority: Text = None
    username: Text = None
    createdAt: Time = None
    updatedAt: Time = None
    report: Part[Report] = Report()

    @property
    def subject(self) -> Subject:
        """What stays the same in all that is told of the alert."""
        # Webhooks write 3 where all else writes P3.
        priority = f"P{self.priority}" if (self.priority or "").isdecimal() else self.priority
        key = self.alertId or self.id
        return Subject(VENDOR, self.message or "unnamed alert", service=self.entity, severity=priority, key=key)


class Webhook(BaseModel):
    """The body of one webhook call."""

    action: Text = None
    alert: Part[Alert] = Alert()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is a webhook or an alert of Opsgenie."""
    alert = body.get("alert")
    return ("action" in body and isinstance(alert, dict) and "alertId" in alert) or _is_of_api(body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The one thing that a webhook tells, or the course of an alert of the API."""
    if _is_of_api(body):
        return _course(Alert.model_validate(body), clock)
    webhook = Webhook.model_validate(body)
    action, alert = webhook.action or "changed", webhook.alert
    kind = _KINDS.get(action, NOTE)
    at = alert.createdAt if kind is FIRED else alert.updatedAt
    detail = joined(alert.description if kind is FIRED else None, alert.note or (action if kind is NOTE else None))
    by = None if kind is FIRED else alert.username
    return alert.subject.events(clock, Moment(kind, at, by=by, detail=detail))


def _is_of_api(body: dict[str, object]) -> bool:
    return "tinyId" in body and "createdAt" in body


def _course(alert: Alert, clock: Clock) -> Iterator[Told]:
    report = alert.report
    return alert.subject.events(
        clock,
        Moment(FIRED, alert.createdAt, detail=alert.description),
        Moment(ACKNOWLEDGED, _after(alert, report.ackTime, clock), by=report.acknowledgedBy),
        Moment(RESOLVED, _after(alert, report.closeTime, clock), by=report.closedBy),
    )


def _after(alert: Alert, milliseconds: Time, clock: Clock) -> Time:
    if alert.createdAt is None or milliseconds is None or not (text_of(milliseconds) or "").isdecimal():
        return None
    return clock.read(alert.createdAt).timestamp() + int(milliseconds) / 1000
