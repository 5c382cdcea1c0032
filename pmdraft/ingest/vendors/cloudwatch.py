"""CloudWatch alarms: as SNS carries them, as EventBridge does, and as an alarm hands them to a Lambda function.

Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
"""

from collections.abc import Iterator
from urllib.parse import quote

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Part, Parts, Text, Time, joined
from pmdraft.ingest.vendors.subject import FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "CloudWatch"
_KINDS = {"ALARM": FIRED, "OK": RESOLVED}


class Dimension(BaseModel):
    """What a metric is measured of."""

    value: Text = None


class Watched(BaseModel):
    """The metric of an alarm."""

    Namespace: Text = None
    Dimensions: Parts[Dimension] = ()


class Notification(BaseModel):
    """What an alarm sends to SNS."""

    AlarmName: Text = None
    AlarmDescription: Text = None
    AlarmArn: Text = None
    NewStateValue: Text = None
    OldStateValue: Text = None
    NewStateReason: Text = None
    StateChangeTime: Time = None
    Trigger: Part[Watched] = Watched()


class State(BaseModel):
    """A state of an alarm."""

    value: Text = None
    reason: Text = None
    timestamp: Time = None


class Metric(BaseModel):
    """A metric; its dimensions are an object here."""

    namespace: Text = None
    dimensions: dict[str, Text] | object = {}


class MetricStat(BaseModel):
    """A metric and how it is summed up."""

    metric: Part[Metric] = Metric()


class Query(BaseModel):
    """One of the metrics that an alarm looks at."""

    metricStat: Part[MetricStat] = MetricStat()


class Configuration(BaseModel):
    """How an alarm was set up."""

    description: Text = None
    metrics: Parts[Query] = ()


class Change(BaseModel):
    """The change of an alarm's state."""

    alarmName: Text = None
    state: Part[State] = State()
    previousState: Part[State] = State()
    configuration: Part[Configuration] = Configuration()


class Event(BaseModel):
    """An event of EventBridge, or what a Lambda function is handed."""

    time: Time = None
    alarmArn: Text = None
    resources: list[object] | object = ()
    detail: Part[Change] = Change()
    alarmData: Part[Change] = Change()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is an alarm's change of state."""
    return ("AlarmName" in body and "NewStateValue" in body) or _is_event(body)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The alarm's new state; one without data is a note."""
    if _is_event(body):
        return _of_event(Event.model_validate(body), clock)
    alarm = Notification.model_validate(body)
    values = [dimension.value for dimension in alarm.Trigger.Dimensions]
    return _told(
        Change(
            alarmName=alarm.AlarmName,
            state=State(value=alarm.NewStateValue, reason=alarm.NewStateReason, timestamp=alarm.StateChangeTime),
            previousState=State(value=alarm.OldStateValue),
            configuration=Configuration(description=alarm.AlarmDescription),
        ),
        service=_service(values, alarm.Trigger.Namespace),
        arn=alarm.AlarmArn,
        clock=clock,
    )


def _is_event(body: dict[str, object]) -> bool:
    return isinstance(body.get("alarmData"), dict) or body.get("detail-type") == "CloudWatch Alarm State Change"


def _of_event(event: Event, clock: Clock) -> Iterator[Told]:
    change = event.alarmData if event.alarmData.alarmName else event.detail
    metrics = [query.metricStat.metric for query in change.configuration.metrics]
    values = [
        value for metric in metrics if isinstance(metric.dimensions, dict) for value in metric.dimensions.values()
    ]
    namespace = next((metric.namespace for metric in metrics if metric.namespace), None)
    resources = event.resources if isinstance(event.resources, list) else []
    arn = event.alarmArn or next((item for item in resources if isinstance(item, str)), None)
    if change.state.timestamp is None:
        change = change.model_copy(update={"state": change.state.model_copy(update={"timestamp": event.time})})
    return _told(change, service=_service(values, namespace), arn=arn, clock=clock)


def _service(values: list[str | None], namespace: str | None) -> str | None:
    return ", ".join(dict.fromkeys(value for value in values if value)) or namespace


def _told(change: Change, *, service: str | None, arn: str | None, clock: Clock) -> Iterator[Told]:
    state = change.state
    kind = _KINDS.get(state.value or "", NOTE)
    subject = Subject(VENDOR, change.alarmName or "unnamed alarm", service=service, link=_link(arn), key=arn)
    moved = f"{change.previousState.value or 'unknown'} → {state.value}" if state.value and kind is NOTE else None
    description = change.configuration.description if kind is FIRED else None
    return subject.events(clock, Moment(kind, state.timestamp, detail=joined(moved, description, state.reason)))


def _link(arn: str | None) -> str | None:
    """The alarm in the console of its region."""
    parts = (arn or "").split(":", 6)
    if len(parts) != 7 or parts[2] != "cloudwatch" or parts[5] != "alarm":
        return None
    region = quote(parts[3], safe="")
    return f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#alarmsV2:alarm/{quote(parts[6])}"
