"""What an incident left behind, in one shape whatever it came from."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, field_validator

from pmdraft.errors import InputError
from pmdraft.notices import Notice
from pmdraft.records import Line, Record, Shown
from pmdraft.trend import Trend


class Source(StrEnum):
    """Where a piece of evidence comes from."""

    SLACK = "slack"
    CHAT = "chat"
    """People elsewhere: IRC, Discord, Zulip, a call's transcript."""
    ALERT = "alert"
    LOG = "log"
    NOTE = "note"
    """Text of no kind that pmdraft knows, kept as it is."""

    @property
    def is_chat(self) -> bool:
        """Whether people speak there."""
        return self in (Source.SLACK, Source.CHAT)


class EvidenceKind(StrEnum):
    """What the source itself says that a piece of evidence is."""

    MESSAGE = "message"
    BOT_MESSAGE = "bot_message"
    ALERT_FIRED = "alert_fired"
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
    ALERT_RESOLVED = "alert_resolved"
    ALERT_NOTE = "alert_note"
    LOG_PATTERN = "log_pattern"
    NOTE = "note"


class Assumed(StrEnum):
    """What a source left out of its times, and was taken from elsewhere."""

    ZONE = "zone"
    """The zone that `--timezone` named."""
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    """It names no time at all: it stands at the beginning of the rest."""


class Origin(Record):
    """Where exactly a piece of evidence can be looked up again."""

    file: Line
    """Name of the file it was read from."""
    line: int | None = None
    """Line in that file, from 1."""
    channel: str | None = None
    """Id of the channel, as Slack or the other chat has it."""
    ts: str | None = None
    """Slack message id, as Slack writes it."""
    zone: Line | None = None
    """Zone that the source wrote the time in: `UTC`, `+09:00`, or the IANA name that was assumed."""
    assumed: tuple[Assumed, ...] = ()
    """What the source left out of the time."""


class Evidence(Record):
    """One message, alert event or group of like log lines."""

    id: str
    """Short id that statements cite: S14 Slack, C3 another chat, A2 alert, L7 log, N1 note."""
    source: Source
    kind: EvidenceKind
    at: AwareDatetime
    """When it happened, as its source says."""
    author: Line | None = None
    """Handle of the person or name of the bot, service or logger."""
    channel: Line | None = None
    """Name of the channel that it was said in."""
    text: Shown
    """What a person would have read there."""
    permalink: Shown | None = None
    """Address that opens it, when one is known."""
    raw: Origin
    title: Line | None = None
    """What an alert is called."""
    service: Line | None = None
    """What an alert watches."""
    thread: str | None = None
    """Id of the message that this one replies to."""
    alert: str | None = None
    """Id of the evidence that tells when this alert fired."""
    edited: AwareDatetime | None = None
    """When its author last changed it."""
    reactions: int = 0
    """How many people reacted to it."""
    count: int = 1
    """How many log lines of this form there were."""
    until: AwareDatetime | None = None
    """When the last log line of this form was written."""
    trend: Trend | None = None
    """How often log lines of this form were written, against before the incident; None where that cannot be told."""


class Person(Record):
    """Somebody the incident knows by name."""

    id: str
    handle: Line
    """Name that is written after an @."""
    names: tuple[Line, ...] = ()
    """Every other way the name is written, in Japanese or Latin letters."""
    is_bot: bool = False


class Bookmark(Record):
    """A link in the header of a Slack channel."""

    title: Line
    url: Line


class ChatService(StrEnum):
    """What people spoke in."""

    SLACK = "Slack"
    IRC = "IRC"
    DISCORD = "Discord"
    ZULIP = "Zulip"
    TRANSCRIPT = "transcript"
    """A call, or text of no known chat; it has no channel but a file."""


class Channel(Record):
    """A channel of Slack or another chat, or what stands for one."""

    id: Line
    name: Line
    service: ChatService = ChatService.SLACK
    permalink: str | None = None
    bookmarks: tuple[Bookmark, ...] = ()

    @property
    def title(self) -> str:
        """What people call it: #ops, call.vtt."""
        return self.name if self.service is ChatService.TRANSCRIPT else f"#{self.name}"


class Skipped(StrEnum):
    """Why something that was read is not in the evidence."""

    REPEATED = "repeated"
    """It was there already: a reply shown in the channel too, a webhook sent again."""
    HOUSEKEEPING = "housekeeping"
    """What a chat itself notes of joins, pins and the like."""
    DELETED = "deleted"
    NO_TEXT = "no_text"
    OUTSIDE_WINDOW = "outside_window"
    """Not within the time that was asked for or, for logs, around the rest of the evidence."""
    ROUTINE = "routine"
    """Log lines below a warning that are written all the time."""
    BEYOND_LIMIT = "beyond_limit"
    """Log lines of forms beyond the most telling ones."""
    SUBSCRIPTION = "subscription"
    """A trial or confirmation of the way by which alerts come."""
    NO_TIME = "no_time"
    """It does not say when, or, as the first lines of a log may, nothing before it does."""
    UNREADABLE = "unreadable"
    """A part of another form than its file should hold."""
    NOT_JSON = "not_json"
    """A line among JSON that is none."""
    EMPTY = "empty"
    """A file with nothing in it."""
    NOT_TEXT = "not_text"
    """A file that holds no text, such as a picture."""
    NOT_WANTED = "not_wanted"
    """A channel that was not asked for, or what belongs to it."""


class LeftOut(Record):
    """Something that was read and is not in the evidence."""

    reason: Skipped
    place: Line
    """Where it can be looked up: a file with a line, a message's id or a payload's number."""
    count: int = 1
    """How many like it this stands for."""
    text: Line = ""
    """How it begins."""


class SourceCount(Record):
    """What was read from one file, and what became of it; the counts add up."""

    name: Line
    source: Source
    read: int
    """Messages, alert events or log entries that were there."""
    used: int
    """How many of them are in the evidence (log lines of one form count each)."""
    skipped: dict[Skipped, int]
    """Why the others are not, and how many each."""
    left_out: tuple[LeftOut, ...] = ()
    """The others, item by item, as far as the reader lists them."""
    notices: tuple[Notice, ...] = ()
    """What a reader of the draft should know about this source."""


class Redaction(Record):
    """How many different secrets of one kind were replaced by placeholders."""

    kind: str
    count: int


class Incident(Record):
    """All evidence of one incident, in the order of time."""

    format: Literal["pmdraft-incident/1"] = "pmdraft-incident/1"
    """Version of this format; a field may be added without a new one."""
    evidence: tuple[Evidence, ...]
    people: tuple[Person, ...] = ()
    timezone: str = "UTC"
    """IANA name of the zone that times are shown in."""
    channel: Channel | None = None
    """Where people spoke; of several channels the main one."""
    other_channels: tuple[Channel, ...] = ()
    """The further channels that were read."""
    pinned: tuple[str, ...] = ()
    """Ids of the evidence that somebody pinned in the channel."""
    sources: tuple[SourceCount, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What a reader of the draft should know about the sources together; each has its own besides."""
    redactions: tuple[Redaction, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _is_a_known_zone(cls, name: str) -> str:
        zone(name)
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The zone that times are shown in."""
        return zone(self.timezone)

    def noticed(self) -> Iterator[tuple[str, Notice]]:
        """Every notice about the sources, together and each, with the field that holds it."""
        for item in self.notices:
            yield "notices", item
        for number, source in enumerate(self.sources):
            yield from ((f"sources[{number}]", item) for item in source.notices)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every channel that was read, the main one first."""
        return (*([self.channel] if self.channel else []), *self.other_channels)

    def by_id(self) -> dict[str, Evidence]:
        """The evidence by its id."""
        return {item.id: item for item in self.evidence}


def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        InputError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"no time zone {name!r}; write an IANA name such as 'Asia/Tokyo' or 'UTC'") from error


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in the order of time; at the same moment, in the order of sources, then as it was given."""
    return tuple(sorted(evidence, key=lambda item: (item.at, item.source)))
