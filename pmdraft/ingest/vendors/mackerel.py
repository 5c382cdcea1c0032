"""Mackerel: webhooks of alerts, and alerts as the API gives them.

Sources: https://mackerel.io/docs/entry/howto/alerts/webhook, https://mackerel.io/api-docs/entry/alerts
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Mackerel"


class Named(BaseModel):
    """A host or a service."""

    name: Text = None


class Alert(BaseModel):
    """An alert of a webhook or of the API; times are seconds since 1970."""

    id: Text = None
    url: Link = None
    status: Text = None
    isOpen: bool | None = None
    monitorName: Text = None
    monitorId: Text = None
    message: Text = None
    reason: Text = None
    openedAt: Time = None
    closedAt: Time = None
    statusChangedAt: Time = None

    @property
    def is_over(self) -> bool:
        """Whether it was closed; the API says so by the time alone, and a webhook keeps an earlier one while open."""
        return self.closedAt is not None and self.isOpen is not True


class Webhook(BaseModel):
    """The body of one webhook call."""

    message: Text = None
    memo: Text = None
    host: Part[Named] = Named()
    service: Part[Named] = Named()
    alert: Part[Alert] = Alert()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is a webhook or an alert of Mackerel."""
    alert = body.get("alert")
    return ("orgName" in body and isinstance(alert, dict) and "openedAt" in alert) or _is_of_api(body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """When the alert opened, became graver or closed, as far as the payload says."""
    webhook = Webhook(alert=Alert.model_validate(body)) if _is_of_api(body) else Webhook.model_validate(body)
    alert = webhook.alert
    detail = joined(one_of(webhook.message, alert.message), webhook.memo)
    is_grave = kind_of(alert.status) is not RESOLVED
    subject = Subject(
        VENDOR,
        alert.monitorName or alert.message or alert.monitorId or "unnamed alert",
        service=one_of(webhook.host.name, webhook.service.name),
        severity=alert.status.lower() if alert.status and is_grave else None,
        link=alert.url,
        key=alert.id,
    )
    changed = alert.statusChangedAt if alert.statusChangedAt != alert.openedAt else None
    end = (
        Moment(RESOLVED, alert.closedAt, detail=alert.reason)
        if alert.is_over
        else Moment(NOTE, changed, detail=joined(alert.status, detail))
    )
    return subject.events(clock, Moment(FIRED, alert.openedAt, detail=detail), end)


def _is_of_api(body: dict[str, object]) -> bool:
    return "openedAt" in body and "monitorId" in body
