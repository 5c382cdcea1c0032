"""Prometheus Alertmanager webhooks, version 4.

Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import AlertEvent
from pmdraft.ingest.clock import parse_instant
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Alertmanager"
# What Alertmanager writes for an alert that has not ended.
_NEVER = "0001-01-01"
# Labels that name what an alert watches, the most telling first.
_SERVICE_LABELS = ("service", "app", "job", "instance")
_DETAILS = ("summary", "message", "description")


class Alert(BaseModel):
    """One alert of a webhook."""

    status: str
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    startsAt: str
    endsAt: str | None = None
    generatorURL: str | None = None


class Webhook(BaseModel):
    """The body of one webhook call."""

    alerts: list[Alert]
    externalURL: str | None = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return isinstance(body.get("alerts"), list) and ("groupKey" in body or "receiver" in body)


def events(body: dict[str, object], clock: Clock) -> Iterator[AlertEvent]:
    """What the webhook tells: each alert that fired, and its end if it has one."""
    for alert in Webhook.model_validate(body).alerts:
        yield _event(alert, EvidenceKind.ALERT_FIRED, alert.startsAt, clock)
        if alert.status == "resolved" and alert.endsAt and not alert.endsAt.startswith(_NEVER):
            yield _event(alert, EvidenceKind.ALERT_RESOLVED, alert.endsAt, clock)


def _event(alert: Alert, kind: EvidenceKind, at: str, clock: Clock) -> AlertEvent:
    labels, notes = alert.labels, alert.annotations
    detail = [notes[name] for name in _DETAILS if notes.get(name)] if kind is EvidenceKind.ALERT_FIRED else []
    return AlertEvent(
        vendor=VENDOR,
        kind=kind,
        at=parse_instant(at, clock.zone),
        what=labels.get("alertname") or notes.get("title") or "unnamed alert",
        service=next((labels[name] for name in _SERVICE_LABELS if labels.get(name)), None),
        severity=labels.get("severity"),
        detail="\n".join(dict.fromkeys(detail)) or None,
        link=alert.generatorURL or None,
        key=repr(sorted(labels.items())),  # two instances of one job are two alerts
    )
