"""Text that was sent through Amazon SNS; JSON in it is read as what it is, see `envelopes`.

Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Text, Time
from pmdraft.ingest.vendors.subject import NOTE, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Amazon SNS"


class Notification(BaseModel):
    """One notification."""

    Subject: Text = None
    Message: Text = None
    TopicArn: Text = None
    Timestamp: Time = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is a notification that holds plain text."""
    message = body.get("Message")
    return "TopicArn" in body and isinstance(message, str) and not message.lstrip().startswith("{")


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The text, as a note."""
    told = Notification.model_validate(body)
    topic = (told.TopicArn or "").rpartition(":")[2] or None
    subject = Subject(VENDOR, told.Subject or "notification", service=topic)
    yield from subject.events(clock, Moment(NOTE, told.Timestamp, detail=told.Message))
