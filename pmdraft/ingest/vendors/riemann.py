"""Events of Riemann.

Source: https://riemann.io/concepts.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Text, Time, joined
from pmdraft.ingest.vendors.subject import NOTE, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Riemann"


class Event(BaseModel):
    """The state of something that a host measures."""

    host: Text = None
    service: Text = None
    state: Text = None
    description: Text = None
    metric: Text = None
    time: Time = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such an event."""
    return {"host", "service", "state"} <= body.keys() and bool({"metric", "ttl"} & body.keys())


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The state, as an alert of the service on its host."""
    event = Event.model_validate(body)
    kind = kind_of(event.state)
    subject = Subject(VENDOR, event.service or "unnamed service", service=event.host)
    state = event.state if kind is NOTE else None
    metric = event.metric and f"metric: {event.metric}"
    yield from subject.events(clock, Moment(kind, event.time, detail=joined(state, event.description, metric)))
