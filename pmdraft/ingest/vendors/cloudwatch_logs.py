"""What a subscription filter of CloudWatch Logs sends: lines of a log, each a note.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.evidence import Skipped
from pmdraft.ingest.alert import NotTold, Told
from pmdraft.ingest.vendors.fields import Parts, Text, Time
from pmdraft.ingest.vendors.subject import NOTE, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "CloudWatch Logs"


class Line(BaseModel):
    """A line of a log."""

    timestamp: Time = None
    message: Text = None


class Batch(BaseModel):
    """Lines of one stream."""

    messageType: Text = None
    logGroup: Text = None
    logStream: Text = None
    logEvents: Parts[Line] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether these are such lines."""
    return "logGroup" in body and isinstance(body.get("logEvents"), list)


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The lines; a trial of the way, which AWS sends when it is set up, is no alert."""
    batch = Batch.model_validate(body)
    if batch.messageType == "CONTROL_MESSAGE":
        yield NotTold(Skipped.SUBSCRIPTION)
        return
    subject = Subject(VENDOR, batch.logGroup or "unnamed log group", service=batch.logStream)
    for line in batch.logEvents:
        if line.message:
            yield from subject.events(clock, Moment(NOTE, line.timestamp, detail=line.message))
        else:
            yield NotTold(Skipped.NO_TEXT)
