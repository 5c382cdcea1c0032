"""Datadog webhooks, with the default body or one that holds its fields under the same names.

Source: https://docs.datadoghq.com/integrations/webhooks/
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Text, Time, one_of
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Datadog"
# What titles begin with: [P2] [Triggered on {service:api}]
_PREFIX = re.compile(
    r"\[(?:P\d|(?:Re-)?(?P<state>Triggered|Recovered|Warn|No data|Renotify)(?: on \{(?P<scope>[^}]{0,500})\})?)\] *",
    re.I,
)
_KINDS = {"triggered": FIRED, "warn": FIRED, "no data": FIRED, "recovered": RESOLVED}
# Whom the text calls on, the links under it, and the marks round it, each a line.
_NOT_TOLD = re.compile(r"(?:%%%|@\S+(?: +@\S+)*|- - -|\[\[.*\]) *")


class Webhook(BaseModel):
    """The body of one webhook call."""

    title: Text = None
    body: Text = None
    alert_transition: Text = None
    alert_type: Text = None
    severity: Text = None
    priority: Text = None
    scopes: Text = None
    monitor_id: Text = None
    date: Time = None
    last_updated: Time = None
    url: Link = None
    link: Link = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return "alert_transition" in body or {"event_type", "last_updated", "title", "date"} <= body.keys()


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the webhook tells; that an alert goes on is a note."""
    webhook = Webhook.model_validate(body)
    title = webhook.title or ""
    prefixes = list(_PREFIX.finditer(title))
    state = webhook.alert_transition or one_of(*(match["state"] for match in prefixes)) or ""
    kind = _kind(state, webhook.alert_type)
    service = _service(webhook.scopes or one_of(*(match["scope"] for match in prefixes)))
    severity = one_of(webhook.severity, webhook.priority, webhook.alert_type if kind is FIRED else None)
    subject = Subject(
        VENDOR,
        _what(title, service),
        service=service,
        severity=severity,
        link=webhook.url or webhook.link,
        key=webhook.monitor_id and f"{webhook.monitor_id} {service}",  # a monitor may watch many services
    )
    note = f"{state}\n" if kind is NOTE and state else ""
    detail = (note + _told(webhook.body or "")).strip() or None
    yield from subject.events(clock, Moment(kind, webhook.date or webhook.last_updated, detail=detail))


def _kind(state: str, alert_type: str | None) -> EvidenceKind:
    if state:
        return _KINDS.get(state.lower(), NOTE)
    return {"error": FIRED, "warning": FIRED, "success": RESOLVED}.get(alert_type or "", NOTE)


def _service(scopes: str | None) -> str | None:
    """The service among `service:api,env:prod`; without one, all of it."""
    for tag in (scopes or "").split(","):
        name, _, value = tag.strip().partition(":")
        if name == "service" and value:
            return value
    return scopes


def _what(title: str, service: str | None) -> str:
    """The title without what changes when the alert recovers: its state, and the service that is told beside it."""
    what = _PREFIX.sub("", title).strip()
    if service and what.endswith(f" {service}"):
        what = what.removesuffix(service).strip()
    return what or "unnamed monitor"


def _told(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not _NOT_TOLD.fullmatch(line))
