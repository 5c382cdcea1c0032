"""Zabbix: webhooks, whose fields each team names after the macros in them, events of the API, and real-time export.

Sources: https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook,
https://www.zabbix.com/documentation/current/en/manual/api/reference/problem/object,
https://www.zabbix.com/documentation/current/en/manual/appendix/protocols/real_time_export
"""

from collections.abc import Iterator

from pydantic import AliasChoices, BaseModel, Field

from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors.fields import Link, Parts, Text, Time, joined, one_of
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock

VENDOR = "Zabbix"
_SEVERITIES = ("Not classified", "Information", "Warning", "Average", "High", "Disaster")
_WHICH = {"event_name", "trigger", "trigger_name", "alert_uid"}
_MORE = {"event_value", "event_date", "event_severity", "event_nseverity", "hostname", "host_name"}
_MORE |= {"trigger_severity", "trigger_status", "link_to_upstream_details"}


class Host(BaseModel):
    """A host that a trigger watches."""

    name: Text = None
    host: Text = None


class Acknowledge(BaseModel):
    """What somebody did about a problem."""

    clock: Time = None
    username: Text = None
    message: Text = None


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Event(BaseModel):
    """A problem or its end."""

    what: Text = Field(
        None, validation_alias=_named("event_name", "trigger_name", "trigger", "name", "title", "subject")
    )
    host: Text = Field(None, validation_alias=_named("host_name", "hostname", "host"))
    p_eventid: Text = None
    eventid: Text = Field(None, validation_alias=_named("eventid", "event_id"))
    hosts: Parts[Host] = ()
    severity: Text = Field(
        None, validation_alias=_named("event_severity", "trigger_severity", "severity", "event_nseverity")
    )
    state: Text = Field(None, validation_alias=_named("event_status", "trigger_status", "status", "state"))
    value: Text = Field(None, validation_alias=_named("event_value", "value"))
    detail: Text = Field(None, validation_alias=_named("event_opdata", "opdata", "message", "alert_message", "item"))
    link: Link = Field(None, validation_alias=_named("event_url", "url", "link", "link_to_upstream_details"))
    clock: Time = Field(None, validation_alias=_named("clock", "event_timestamp", "timestamp"))
    date: Text = Field(None, validation_alias="event_date")
    time: Text = Field(None, validation_alias="event_time")
    recovery_clock: Time = Field(None, validation_alias=_named("r_clock", "event_recovery_timestamp"))
    recovery_date: Text = Field(None, validation_alias="event_recovery_date")
    recovery_time: Text = Field(None, validation_alias="event_recovery_time")
    acknowledges: Parts[Acknowledge] = ()

    @property
    def kind(self) -> EvidenceKind:
        """What the event is; 1 stands for a problem, 0 for its end."""
        by_value = {"1": FIRED, "0": RESOLVED}.get(self.value or "")
        return by_value or (kind_of(self.state) if self.state else FIRED)

    @property
    def fired_at(self) -> Time:
        """When the problem began."""
        return self.clock or (f"{self.date} {self.time}" if self.date and self.time else None)

    @property
    def resolved_at(self) -> Time:
        """When it ended."""
        written = self.recovery_date and self.recovery_time and f"{self.recovery_date} {self.recovery_time}"
        return self.recovery_clock or written or None


def recognises(body: dict[str, object]) -> bool:
    """Whether this looks like Zabbix: an event of its own, or two fields named after its macros."""
    return {"eventid", "clock"} <= body.keys() or (bool(_WHICH & body.keys()) and bool(_MORE & body.keys()))


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:
    """The problem, what was done about it, and its end."""
    event = Event.model_validate(body)
    subject = Subject(
        VENDOR,
        event.what or f"problem {event.p_eventid or 'without a name'}",
        service=one_of(*(host.name or host.host for host in event.hosts), event.host),
        severity=_severity(event.severity),
        link=event.link,
        key=event.p_eventid or event.eventid,
    )
    fired_at, resolved_at = event.fired_at, event.resolved_at
    if event.kind is RESOLVED and resolved_at is None and event.clock is not None:
        fired_at, resolved_at = None, event.clock  # the end, written as an event of its own
    moments = [Moment(FIRED, fired_at, detail=event.detail)] if event.kind in (FIRED, RESOLVED) else []
    moments += [Moment(ACKNOWLEDGED, ack.clock, ack.username, ack.message) for ack in event.acknowledges]
    if event.kind is RESOLVED or resolved_at is not None:
        moments.append(Moment(RESOLVED, resolved_at))
    if event.kind not in (FIRED, RESOLVED):
        moments.append(Moment(event.kind, fired_at, detail=joined(event.state, event.detail)))
    yield from subject.events(clock, *moments)


def _severity(text: str | None) -> str | None:
    return _SEVERITIES[int(text)] if text and text in "012345" else text
