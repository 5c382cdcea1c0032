"""New Relic: webhooks of workflows, and of the notification channels before them.

Sources: https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook,
https://docs.newrelic.com/docs/alerts/get-notified/advanced-alerts/understand-technical-concepts/webhook-format-examples-legacy/
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Parts, Text, Texts, Time, joined
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "New Relic"


class Issue(BaseModel):
    """The body that a workflow sends."""

    id: Text = None
    title: Text = None
    condition_name: Text = None
    state: Text = None
    priority: Text = None
    issueUrl: Link = None
    impactedEntities: Texts = ()
    alertPolicyNames: Texts = ()
    alertConditionNames: Texts = ()
    createdAt: Time = None
    updatedAt: Time = None
    acknowledgedAt: Time = None
    acknowledgedBy: Text = None
    owner: Text = None
    closedAt: Time = None
    closedBy: Text = None


class Target(BaseModel):
    """What an alert watches."""

    name: Text = None


class Incident(BaseModel):
    """The body that a notification channel sends."""

    incident_id: Text = None
    condition_name: Text = None
    policy_name: Text = None
    details: Text = None
    severity: Text = None
    current_state: Text = None
    timestamp: Time = None
    owner: Text = None
    incident_url: Link = None
    targets: Parts[Target] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    return "issueUrl" in body or ("current_state" in body and "condition_name" in body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What the webhook tells."""
    if "issueUrl" in body:
        return _of_workflow(Issue.model_validate(body), clock)
    return _of_channel(Incident.model_validate(body), clock)


def _of_workflow(issue: Issue, clock: Clock) -> Iterator[Told]:
    subject = Subject(
        VENDOR,
        issue.title or issue.condition_name or "unnamed issue",
        service=", ".join(issue.impactedEntities) or None,
        severity=issue.priority,
        link=issue.issueUrl,
        key=issue.id,
    )
    kind = kind_of(issue.state)
    acknowledged_by = issue.acknowledgedBy or issue.owner
    names = joined(*issue.alertPolicyNames, *issue.alertConditionNames)
    moments = [
        Moment(FIRED, issue.createdAt, detail=names and names.replace("\n", ", ")),
        Moment(ACKNOWLEDGED, issue.acknowledgedAt, by=acknowledged_by),
    ]
    if kind is ACKNOWLEDGED and issue.acknowledgedAt is None:
        moments.append(Moment(ACKNOWLEDGED, issue.updatedAt, by=acknowledged_by))
    if kind is RESOLVED:
        moments.append(Moment(RESOLVED, issue.closedAt or issue.updatedAt, by=issue.closedBy))
    return subject.events(clock, *moments)


def _of_channel(incident: Incident, clock: Clock) -> Iterator[Told]:
    subject = Subject(
        VENDOR,
        incident.condition_name or incident.policy_name or "unnamed condition",
        service=", ".join(target.name for target in incident.targets if target.name) or None,
        severity=incident.severity,
        link=incident.incident_url,
        key=incident.incident_id,
    )
    kind = kind_of(incident.current_state)
    by = incident.owner if kind is ACKNOWLEDGED else None
    detail = joined(
        incident.details if kind in (FIRED, NOTE) else None, incident.current_state if kind is NOTE else None
    )
    return subject.events(clock, Moment(kind, incident.timestamp, by=by, detail=detail))
