"""Sentry: webhooks of integrations (issues, issue alerts, metric alerts) and of the older plugin.

Source: https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Texts, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Sentry"
_PROJECT = re.compile(r"/projects/[^/]+/([^/]+)/")


class Project(BaseModel):
    """The project that something went wrong in."""

    slug: Text = None
    name: Text = None


class Issue(BaseModel):
    """Errors of one kind."""

    id: Text = None
    title: Text = None
    culprit: Text = None
    level: Text = None
    firstSeen: Time = None
    project: Part[Project] = Project()
    web_url: Link = None
    permalink: Link = None


class Event(BaseModel):
    """One error."""

    title: Text = None
    culprit: Text = None
    level: Text = None
    received: Time = None
    datetime: Time = None
    timestamp: Time = None
    web_url: Link = None
    project_name: Text = None
    url: Link = None

    @property
    def project(self) -> str | None:
        """Its project, which is a number among the fields, and a name in the address."""
        found = _PROJECT.search(self.url or "")
        return self.project_name or (found and found[1])


class Rule(BaseModel):
    """The rule of a metric alert."""

    name: Text = None


class MetricAlert(BaseModel):
    """A metric that went beyond its threshold."""

    title: Text = None
    alert_rule: Part[Rule] = Rule()
    projects: Texts = ()
    date_started: Time = None
    date_detected: Time = None
    date_closed: Time = None


class Data(BaseModel):
    """What an integration is told of; one of these."""

    issue: Part[Issue] = Issue()
    event: Part[Event] = Event()
    metric_alert: Part[MetricAlert] = MetricAlert()
    triggered_rule: Text = None
    description_text: Text = None
    web_url: Link = None


class Actor(BaseModel):
    """Who did it."""

    type: Text = None
    name: Text = None


class Webhook(BaseModel):
    """The body of one call to an integration."""

    action: Text = None
    data: Part[Data] = Data()
    actor: Part[Actor] = Actor()


class Plugin(BaseModel):
    """The body of one call by the older plugin."""

    project_name: Text = None
    project: Text = None
    message: Text = None
    culprit: Text = None
    level: Text = None
    url: Link = None
    event: Part[Event] = Event()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    data = body.get("data")
    integration = "action" in body and isinstance(data, dict) and bool({"issue", "event", "metric_alert"} & data.keys())
    return integration or (isinstance(body.get("event"), dict) and "culprit" in body and "project" in body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the webhook tells; when an issue was resolved is in none of its fields."""
    data = body.get("data")
    if not isinstance(data, dict):
        return _of_plugin(Plugin.model_validate(body), clock)
    webhook = Webhook.model_validate(body)
    if "metric_alert" in data:
        return _of_metric(webhook, clock)
    return _of_issue(webhook, clock) if "issue" in data else _of_event(webhook.data, clock)


def _of_plugin(plugin: Plugin, clock: Clock) -> Iterator[Told]:
    event = plugin.event
    subject = Subject(
        VENDOR,
        one_of(plugin.message, event.title, plugin.culprit) or "unnamed error",
        service=one_of(plugin.project_name, plugin.project),
        severity=plugin.level,
        link=plugin.url,
    )
    at = event.received or event.timestamp or event.datetime
    return subject.events(clock, Moment(FIRED, at, detail=plugin.culprit))


def _of_event(data: Data, clock: Clock) -> Iterator[Told]:
    event = data.event
    subject = Subject(VENDOR, event.title or "unnamed error", event.project, event.level, event.web_url)
    detail = joined(event.culprit, data.triggered_rule and f"rule: {data.triggered_rule}")
    at = event.datetime or event.timestamp or event.received
    return subject.events(clock, Moment(FIRED, at, detail=detail))


def _of_issue(webhook: Webhook, clock: Clock) -> Iterator[Told]:
    issue = webhook.data.issue
    subject = Subject(
        VENDOR,
        issue.title or "unnamed error",
        service=one_of(issue.project.slug, issue.project.name),
        severity=issue.level,
        link=issue.web_url or issue.permalink,
        key=issue.id,
    )
    yield from subject.events(clock, Moment(FIRED, issue.firstSeen, detail=issue.culprit))
    kind = kind_of(webhook.action)
    if kind is not FIRED:
        by = webhook.actor.name if webhook.actor.type == "user" else None
        yield from subject.events(clock, Moment(kind, None, by=by, detail=webhook.action if kind is NOTE else None))


def _of_metric(webhook: Webhook, clock: Clock) -> Iterator[Told]:
    alert = webhook.data.metric_alert
    # The action is the severity while the alert goes on: critical, warning.
    kind = kind_of(webhook.action)
    subject = Subject(
        VENDOR,
        one_of(alert.alert_rule.name, alert.title) or "unnamed alert",
        service=", ".join(alert.projects) or None,
        severity=webhook.action if kind is FIRED and webhook.action != "open" else None,
        link=webhook.data.web_url,
    )
    moments = [Moment(FIRED, alert.date_started or alert.date_detected, detail=webhook.data.description_text)]
    if kind is RESOLVED:
        moments.append(Moment(RESOLVED, alert.date_closed))
    return subject.events(clock, *moments)
