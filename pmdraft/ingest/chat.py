"""What people said, in Slack or anywhere else: what a source of it gives."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from pmdraft.evidence import (
    Assumed,
    Channel,
    ChatService,
    Person,
    Skipped,
    Source,
)
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual
from pmdraft.notices import Notice


class ChatMessage(NamedTuple):
    """One message, whatever it was written in.

    Attributes:
        key: its id, unique in its channel; what comes again under the same key is a repetition.
        at: when it was written, aware.
        author: what others call the writer.
        text: what a person saw; stripped, without what a reader cannot see.
        file: name of the file that it was read from.
        line: its line there, from 1, where that is how one finds it.
        ts: Slack's id of it.
        is_bot: whether a program wrote it.
        thread: key of the message that it replies to.
        edited: when its writer last changed it.
        reactions: how many people reacted to it.
        permalink: address that opens it.
        zone: IANA name of the writer's time zone.
        pinned: whether somebody pinned it.
        skip: why the source itself says that it is no evidence.
        written_zone: the zone that the source gives its times in, as evidence names it; None for none.
        assumed: what the source leaves out of the time.
    """

    key: str
    at: datetime
    author: str | None
    text: str
    file: str
    line: int | None = None
    ts: str | None = None
    is_bot: bool = False
    thread: str | None = None
    edited: datetime | None = None
    reactions: int = 0
    permalink: str | None = None
    zone: str | None = None
    pinned: bool = False
    skip: Skipped | None = None
    written_zone: str | None = None
    assumed: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A channel, or what stands for one, that has been read.

    Attributes:
        place: what errors call the file or workspace that it comes from.
        channel: which channel.
        name: what its count goes by, if not by the channel: one channel can be in many files.
        messages: its messages, in any order.
        people: everybody who may have written or been mentioned.
        unread: how many messages were there that could not be read at all, and why.
        notices: what a reader of the draft should know of how it was read.
        if_empty: what to tell a user when there are no messages at all.
    """

    place: str
    channel: Channel
    messages: Sequence[ChatMessage]
    people: tuple[Person, ...] = ()
    unread: Counter[Skipped]
    notices: tuple[Notice, ...] = ()
    if_empty: Bilingual
    name: str | None = None

    @property
    def source(self) -> Source:
        """What its evidence goes by."""
        return Source.SLACK if self.channel.service is ChatService.SLACK else Source.CHAT


class ChatSource(Protocol):
    """Where a conversation can be read: an export, a transcript, or Slack itself."""

    def conversation(self, window: Window) -> Conversation:
        """Read it.

        Args:
            window: the stretch of time that is wanted; a source may give more.

        Raises:
            PmdraftError: there is no such channel, or it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """What a user says of a conversation that its file does not say itself.

    Attributes:
        channels: names or ids of the channels to take, the main one first; none for the only one there is.
        workspace: `acme` of acme.slack.com, for links to messages.
        begins: the day on which a transcript of mere clock times begins; with a time, when a call began
            that a transcript's times count from.
        zone: zone of times that do not name theirs.
    """

    channels: tuple[str, ...] = ()
    workspace: str | None = None
    begins: date | datetime | None = None
    zone: ZoneInfo | None = None
