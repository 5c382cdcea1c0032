"""Grafana: webhooks of unified alerting and of the legacy alerting before it.

Sources: https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/,
https://grafana.com/docs/grafana/v8.0/alerting/old-alerting/notifications/#webhook
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Parts, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Grafana"
_LEGACY_KINDS = {"alerting": FIRED, "ok": RESOLVED}
_TITLE_STATE = re.compile(r"^\[[^\]]{0,100}\] *")


class Labels(BaseModel):
    """The labels that say what an alert is and what it watches."""

    alertname: Text = None
    severity: Text = None
    service: Text = None
    app: Text = None
    job: Text = None
    instance: Text = None
    grafana_folder: Text = None


class Annotations(BaseModel):
    """What whoever set the alert up wrote for those who read it."""

    summary: Text = None
    message: Text = None
    description: Text = None


class Alert(BaseModel):
    """One alert of unified alerting."""

    status: Text = None
    labels: Part[Labels] = Labels()
    annotations: Part[Annotations] = Annotations()
    startsAt: Time = None
    endsAt: Time = None
    fingerprint: Text = None
    panelURL: Link = None
    dashboardURL: Link = None
    generatorURL: Link = None


class Match(BaseModel):
    """A series that legacy alerting found beyond the threshold."""

    metric: Text = None
    value: Text = None


class Webhook(BaseModel):
    """The body of one webhook call, of either kind."""

    alerts: Parts[Alert] = ()
    ruleName: Text = None
    title: Text = None
    message: Text = None
    state: Text = None
    ruleUrl: Link = None
    evalMatches: Parts[Match] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook; Alertmanager's have no organisation."""
    unified = isinstance(body.get("alerts"), list) and "orgId" in body and "groupKey" in body
    return unified or ("ruleName" in body and "state" in body) or ("ruleId" in body and "evalMatches" in body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """Each alert that fired, and its end if it has one; legacy alerting writes no times."""
    webhook = Webhook.model_validate(body)
    if not isinstance(body.get("alerts"), list):
        yield from _legacy(webhook, clock)
    for alert in webhook.alerts:
        yield from _unified(alert, clock)


def _unified(alert: Alert, clock: Clock) -> Iterator[Told]:
    labels, notes = alert.labels, alert.annotations
    subject = Subject(
        VENDOR,
        labels.alertname or "unnamed alert",
        service=one_of(labels.service, labels.app, labels.job, labels.instance, labels.grafana_folder),
        severity=labels.severity,
        link=alert.panelURL or alert.dashboardURL or alert.generatorURL,
        key=alert.fingerprint,  # of all its labels
    )
    moments = [Moment(FIRED, alert.startsAt, detail=joined(notes.summary, notes.message, notes.description))]
    if alert.status == "resolved":
        moments.append(Moment(RESOLVED, alert.endsAt))
    return subject.events(clock, *moments)


def _legacy(webhook: Webhook, clock: Clock) -> Iterator[Told]:
    title = webhook.title and _TITLE_STATE.sub("", webhook.title, count=1)
    subject = Subject(VENDOR, webhook.ruleName or title or "unnamed alert", link=webhook.ruleUrl)
    kind = _LEGACY_KINDS.get(webhook.state or "", NOTE)
    values = [f"{match.metric}: {match.value}" for match in webhook.evalMatches if match.metric and match.value]
    state = webhook.state if kind is NOTE else None
    return subject.events(clock, Moment(kind, None, detail=joined(state, webhook.message, *values)))
