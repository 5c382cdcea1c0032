"""Azure Monitor: the common alert schema, and the classic ones of metric alerts.

Sources: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema,
https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-webhooks
"""

from collections.abc import Iterator
from urllib.parse import quote

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Part, Text, Texts, Time, joined, one_of
from pmdraft.ingest.vendors.subject import FIRED, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Azure Monitor"


class Essentials(BaseModel):
    """What the common schema says of every alert."""

    alertId: Text = None
    alertRule: Text = None
    severity: Text = None
    monitorCondition: Text = None
    configurationItems: Texts = ()
    alertTargetIDs: Texts = ()
    firedDateTime: Time = None
    resolvedDateTime: Time = None
    description: Text = None
    investigationLink: Link = None


class Condition(BaseModel):
    """What a classic alert compares."""

    metricName: Text = None
    operator: Text = None
    threshold: Text = None
    metricValue: Text = None


class Context(BaseModel):
    """What a classic alert is about."""

    name: Text = None
    description: Text = None
    severity: Text = None
    timestamp: Time = None
    resourceName: Text = None
    resourceId: Text = None
    portalLink: Link = None
    condition: Part[Condition] = Condition()


class Classic(BaseModel):
    """A classic alert."""

    status: Text = None
    context: Part[Context] = Context()


class Data(Classic):
    """What newer webhooks wrap in `data`."""

    essentials: Part[Essentials] = Essentials()


class Webhook(Classic):
    """The body of one webhook call, of either schema."""

    data: Part[Data] = Data()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a webhook."""
    data = body.get("data")
    if isinstance(data, dict) and (isinstance(data.get("essentials"), dict) or _is_classic(data)):
        return True
    return _is_classic(body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The alert that fired, and its end if it has one."""
    webhook = Webhook.model_validate(body)
    if _is_classic(body):
        return _classic(webhook, clock)
    data = body.get("data")
    if isinstance(data, dict) and isinstance(data.get("essentials"), dict):
        return _common(webhook.data.essentials, clock)
    return _classic(webhook.data, clock)


def _is_classic(body: dict[str, object]) -> bool:
    context = body.get("context")
    return "status" in body and isinstance(context, dict) and bool({"resourceId", "portalLink"} & context.keys())


def _common(alert: Essentials, clock: Clock) -> Iterator[Told]:
    subject = Subject(
        VENDOR,
        _last(alert.alertRule) or "unnamed alert",
        service=one_of(*alert.configurationItems, *(_last(target) for target in alert.alertTargetIDs)),
        severity=alert.severity,
        link=alert.investigationLink or _portal(alert.alertTargetIDs),
        key=alert.alertId,
    )
    moments = [Moment(FIRED, alert.firedDateTime, detail=alert.description)]
    if alert.resolvedDateTime is not None or kind_of(alert.monitorCondition) is RESOLVED:
        moments.append(Moment(RESOLVED, alert.resolvedDateTime))
    return subject.events(clock, *moments)


def _classic(alert: Classic, clock: Clock) -> Iterator[Told]:
    context = alert.context
    subject = Subject(
        VENDOR,
        context.name or "unnamed alert",
        service=one_of(context.resourceName, _last(context.resourceId)),
        severity=context.severity,
        link=context.portalLink,
    )
    condition = context.condition
    compared = (condition.metricName, condition.operator, condition.threshold)
    told = " ".join(part for part in compared if part) or None
    value = told and condition.metricValue and f"{told} (value {condition.metricValue})"
    return subject.events(
        clock, Moment(kind_of(alert.status), context.timestamp, detail=joined(context.description, value or told))
    )


def _portal(targets: tuple[str, ...]) -> str | None:
    """What the alert watches, in the portal."""
    target = next((name for name in targets if name.lower().startswith("/subscriptions/")), None)
    return target and f"https://portal.azure.com/#resource{quote(target)}"


def _last(path: str | None) -> str | None:
    """The name at the end of a resource's path."""
    return path and path.rstrip("/").rpartition("/")[2]
