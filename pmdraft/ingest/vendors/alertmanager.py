"""Prometheus Alertmanager: webhooks of version 4, and alerts as its API and that of Prometheus give them.

Sources: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config,
https://prometheus.io/docs/prometheus/latest/querying/api/#alerts
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Parts, Text, TextMap, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Alertmanager"
# Labels that name what an alert watches, the most telling first.
_SERVICE_LABELS = ("service", "app", "job", "instance")
_DETAILS = ("title", "summary", "message", "description")


class Alert(BaseModel):
    """One alert of a webhook."""

    status: Text = None
    labels: TextMap = {}
    annotations: TextMap = {}
    startsAt: Time = None
    activeAt: Time = None
    endsAt: Time = None
    generatorURL: Link = None


class Webhook(BaseModel):
    """The body of one webhook call, or what Prometheus answers."""

    alerts: Parts[Alert] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook, an alert of the API, or an answer of Prometheus."""
    return _is_webhook(body) or _is_alert(body) or _is_answer(body.get("data"))


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """Each alert that fired, and its end if it has one."""
    if _is_alert(body):
        yield from _told(Alert.model_validate(body), clock)
        return
    for alert in Webhook.model_validate(body if _is_webhook(body) else body["data"]).alerts:
        yield from _told(alert, clock)


def _is_webhook(body: dict[str, object]) -> bool:
    return isinstance(body.get("alerts"), list) and ("groupKey" in body or "receiver" in body)


def _is_alert(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("labels"), dict)
        and bool({"startsAt", "activeAt"} & value.keys())
    )


def _is_answer(data: object) -> bool:
    alerts = data.get("alerts") if isinstance(data, dict) else None
    return isinstance(alerts, list) and any(_is_alert(alert) for alert in alerts)


def _told(alert: Alert, clock: Clock) -> Iterator[Told]:
    labels, notes = alert.labels, alert.annotations
    subject = Subject(
        VENDOR,
        one_of(labels.get("alertname"), notes.get("title")) or "unnamed alert",
        service=one_of(*(labels.get(name) for name in _SERVICE_LABELS)),
        severity=labels.get("severity"),
        link=alert.generatorURL,
        key=repr(sorted(labels.items())) if labels else None,  # two instances of one job are two alerts
    )
    yield from subject.events(
        clock, Moment(FIRED, alert.startsAt or alert.activeAt, detail=joined(*(notes.get(name) for name in _DETAILS)))
    )
    if alert.status == "resolved" and alert.endsAt is not None:
        yield from subject.events(clock, Moment(RESOLVED, alert.endsAt))
