"""Slack's own status history.

Source: https://api.slack.com/docs/slack-status
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Parts, Text, Texts, Time
from pmdraft.ingest.vendors.subject import FIRED, NOTE, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Slack status"


class Note(BaseModel):
    """What was written on the page."""

    date_created: Time = None
    body: Text = None


class Incident(BaseModel):
    """An incident of the history."""

    title: Text = None
    type: Text = None
    url: Link = None
    services: Texts = ()
    date_created: Time = None
    notes: Parts[Note] = ()


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such an incident."""
    return {"title", "date_created", "services", "notes"} <= body.keys()


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The incident's start, and what was said of it later."""
    incident = Incident.model_validate(body)
    subject = Subject(
        VENDOR,
        incident.title or "unnamed incident",
        service=", ".join(incident.services) or None,
        severity=incident.type,
        link=incident.url,
    )
    # The page shows the newest first. When it last changed is often days after the end, so no end is told.
    first, *others = incident.notes[::-1] or (Note(),)
    moments = [Moment(NOTE, note.date_created, detail=note.body) for note in others]
    yield from subject.events(clock, Moment(FIRED, incident.date_created, detail=first.body), *moments)
