"""Graylog: event notifications, and the alarm callbacks of streams before version 3.1.

Source: https://go2docs.graylog.org/current/interacting_with_your_log_data/notifications.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Part, Parts, Text, Time, joined
from pmdraft.ingest.vendors.subject import FIRED, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Graylog"
# A backlog may be as long as the log.
_MOST_MESSAGES = 10
_PRIORITIES = {"1": "low", "2": "normal", "3": "high", "4": "critical"}


class Message(BaseModel):
    """A message of the log that led to the alert."""

    message: Text = None


class CheckResult(BaseModel):
    """What a stream's condition found."""

    result_description: Text = None
    triggered: bool | object = True
    triggered_at: Time = None
    matching_messages: Parts[Message] = ()


class Stream(BaseModel):
    """The stream that is watched."""

    title: Text = None
    description: Text = None


class Event(BaseModel):
    """An event of an event definition."""

    message: Text = None
    timestamp: Time = None
    source: Text = None
    priority: Text = None


class Notification(BaseModel):
    """The body of one notification, of either kind."""

    event_definition_title: Text = None
    event_definition_description: Text = None
    event: Part[Event] = Event()
    backlog: Parts[Message] = ()
    check_result: Part[CheckResult] = CheckResult()
    stream: Part[Stream] = Stream()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a notification."""
    event = isinstance(body.get("event"), dict) and "event_definition_id" in body
    return event or (isinstance(body.get("check_result"), dict) and isinstance(body.get("stream"), dict))


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The alert, with the messages that led to it."""
    told = Notification.model_validate(body)
    if "check_result" in body:
        result, stream = told.check_result, told.stream
        what = stream.title or stream.description or "unnamed stream"
        detail = joined(result.result_description, *_first(result.matching_messages))
        kind = RESOLVED if result.triggered is False else FIRED
        yield from Subject(VENDOR, what).events(clock, Moment(kind, result.triggered_at, detail=detail))
        return
    event = told.event
    severity = _PRIORITIES.get(event.priority or "", event.priority)
    what = told.event_definition_title or event.message or "unnamed event"
    detail = joined(event.message, told.event_definition_description, *_first(told.backlog))
    subject = Subject(VENDOR, what, service=event.source, severity=severity)
    yield from subject.events(clock, Moment(FIRED, event.timestamp, detail=detail))


def _first(messages: tuple[Message, ...]) -> list[str | None]:
    more = len(messages) - _MOST_MESSAGES
    shown = [message.message for message in messages[:_MOST_MESSAGES]]
    return [*shown, f"… and {more} more messages"] if more > 0 else shown
