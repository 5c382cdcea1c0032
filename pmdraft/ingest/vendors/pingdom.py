"""Pingdom webhooks of checks.

Source: https://www.pingdom.com/resources/webhooks/
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Part, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import NOTE, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Pingdom"


class Parameters(BaseModel):
    """What a check looks at."""

    hostname: Text = None
    full_url: Text = None


class Webhook(BaseModel):
    """The body of one webhook call."""

    check_name: Text = None
    check_params: Part[Parameters] = Parameters()
    current_state: Text = None
    importance_level: Text = None
    description: Text = None
    long_description: Text = None
    state_changed_timestamp: Time = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return "check_id" in body and "current_state" in body


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The check's new state."""
    webhook = Webhook.model_validate(body)
    kind = kind_of(webhook.current_state)
    subject = Subject(
        VENDOR,
        webhook.check_name or "unnamed check",
        service=one_of(webhook.check_params.full_url, webhook.check_params.hostname),
        severity=webhook.importance_level,
    )
    state = webhook.current_state if kind is NOTE else None
    detail = joined(state, webhook.description, webhook.long_description)
    yield from subject.events(clock, Moment(kind, webhook.state_changed_timestamp, detail=detail))
