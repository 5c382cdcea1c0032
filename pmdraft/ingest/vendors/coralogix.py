"""Coralogix webhooks.

Source: https://coralogix.com/docs/user-guides/alerting/outbound-webhooks/generic-outbound-webhooks-alert-webhooks/
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Coralogix"


class Webhook(BaseModel):
    """The body of one webhook call."""

    name: Text = None
    description: Text = None
    alert_action: Text = None
    alert_url: Link = None
    service: Text = None
    timestamp: Time = None


class Fields(BaseModel):
    """Those of the list that are read."""

    application: Text = None
    subsystem: Text = None
    severity: Text = None
    priority: Text = None
    text: Text = None
    timestampISO: Time = None
    timestampMs: Time = None
    timestamp: Time = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return "alert_action" in body and "alert_id" in body


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What happened to the alert."""
    webhook = Webhook.model_validate(body)
    listed = body.get("fields")
    fields = Fields.model_validate(
        {
            pair.get("key"): pair.get("value")
            for pair in listed
            if isinstance(pair, dict) and isinstance(pair.get("key"), str)
        }
        if isinstance(listed, list)
        else {}
    )
    kind = kind_of(webhook.alert_action)
    subject = Subject(
        VENDOR,
        webhook.name or "unnamed alert",
        service=one_of(webhook.service, fields.application, fields.subsystem),
        severity=one_of(fields.severity, fields.priority),
        link=webhook.alert_url,
    )
    at = fields.timestampISO or fields.timestampMs or fields.timestamp or webhook.timestamp
    detail = joined(webhook.description, fields.text) if kind is FIRED else None
    yield from subject.events(clock, Moment(kind, at, detail=detail))
