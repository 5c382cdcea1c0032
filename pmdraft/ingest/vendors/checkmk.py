"""Checkmk notifications, with its variables under their names in small letters.

Source: https://docs.checkmk.com/latest/en/notifications.html
"""

from collections.abc import Iterator

from pydantic import BaseModel

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Text, Time, joined
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, NOTE, RESOLVED, Moment, Subject
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Checkmk"
_KINDS = {"PROBLEM": FIRED, "RECOVERY": RESOLVED, "ACKNOWLEDGEMENT": ACKNOWLEDGED}


class Notification(BaseModel):
    """The body of one notification."""

    notification_type: Text = None
    what: Text = None
    host: Text = None
    service: Text = None
    check_command: Text = None
    severity: Text = None
    event: Text = None
    output: Text = None
    long_output: Text = None
    ack_author: Text = None
    url: Link = None
    long_date_time: Time = None
    short_date_time: Time = None


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a notification."""
    return "notification_type" in body and "host" in body


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """What happened to the host or service."""
    told = Notification.model_validate(body)
    kind = _KINDS.get((told.notification_type or "").partition(" ")[0].upper(), NOTE)
    what = told.service or f"{(told.what or 'host').lower()} {told.check_command or 'check'}"
    subject = Subject(VENDOR, what, service=told.host, severity=told.severity if kind is FIRED else None, link=told.url)
    name = told.notification_type if kind is NOTE else None
    detail = joined(name, told.event, told.output, told.long_output)
    by = told.ack_author if kind is ACKNOWLEDGED else None
    yield from subject.events(clock, Moment(kind, _at(told, clock), by=by, detail=detail))


def _at(told: Notification, clock: Clock) -> Time:
    """The long form names a zone, but by an abbreviation that may be anybody's; then the short form must do."""
    try:
        clock.read(told.long_date_time)
    except ValueError:
        return told.short_date_time
    return told.long_date_time
