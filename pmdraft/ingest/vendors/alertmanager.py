"""Prometheus Alertmanager webhooks, version 4.

Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
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
_DETAILS = ("summary", "message", "description")


class Alert(BaseModel):
    """One alert of a webhook."""

    status: Text = None
    labels: TextMap = {}
    annotations: TextMap = {}
    startsAt: Time = None
    endsAt: Time = None
    generatorURL: Link = None


class Webhook(BaseModel):
    """The body of one webhook call."""

    alerts: Parts[Alert] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return isinstance(body.get("alerts"), list) and ("groupKey" in body or "receiver" in body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the webhook tells: each alert that fired, and its end if it has one."""
    for alert in Webhook.model_validate(body).alerts:
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
            clock, Moment(FIRED, alert.startsAt, detail=joined(*(notes.get(name) for name in _DETAILS)))
        )
        if alert.status == "resolved" and alert.endsAt is not None:
            yield from subject.events(clock, Moment(RESOLVED, alert.endsAt))
