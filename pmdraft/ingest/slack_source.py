"""What every source of Slack messages gives: a channel, its people, and how to link to it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pmdraft.errors import UsageError
from pmdraft.evidence import Bookmark, Skipped
from pmdraft.ingest.slack_message import Lenient, SlackMessage
from pmdraft.language import Bilingual
from pmdraft.notices import Notice


class Profile(Lenient):
    """What a user says of themselves."""

    real_name: str | None = None
    display_name: str | None = None


class SlackUser(Lenient):
    """A user as users.json and the Web API tell of them, as far as it is used."""

    id: str
    name: str | None = None
    real_name: str | None = None
    is_bot: bool = False
    tz: str | None = None
    profile: Profile = Profile()

    @property
    def handle(self) -> str:
        """The name that Slack shows after an @."""
        return self.profile.display_name or self.name or self.real_name or self.id


class SlackChannel(Lenient):
    """A channel as channels.json and the Web API tell of it, as far as it is used."""

    id: str
    name: str | None = None

    @property
    def folder(self) -> str:
        """Its name, and that of its folder in an export: direct messages have none and use their id."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPages:
    """A channel that is ready to be read.

    Attributes:
        place: what errors call the file or workspace that it comes from.
        channel: which channel.
        users: everybody who may have written or been mentioned.
        messages: its messages, in pages, each with the name that evidence gives as its origin.
        workspace: address of the workspace, for links to messages; None where it is not known.
        names: what user groups and other channels are called, by their ids.
        pinned: `ts` of the messages pinned in the channel, beyond those that say so themselves.
        bookmarks: the links in the channel's header.
        unread: how many messages could not be read at all, and why; told once the messages were taken.
        notices: what else a reader of the draft should know; told likewise.
        if_empty: what to tell a user when there are no messages at all.
    """

    place: str
    channel: SlackChannel
    users: tuple[SlackUser, ...]
    messages: Iterable[tuple[str, list[SlackMessage]]]
    workspace: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    bookmarks: tuple[Bookmark, ...] = ()
    unread: Counter[Skipped] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    if_empty: Bilingual


def workspace_url(name: str) -> str:
    """The address of a workspace that somebody calls `acme`, `acme.slack.com` or by its address.

    Raises:
        UsageError: it is none of these.
    """
    match = re.fullmatch(r"(?:https?://)?([A-Za-z0-9][A-Za-z0-9-]*(?:\.enterprise)?)(?:\.slack\.com)?/?", name.strip())
    if match is None:
        raise UsageError(f"workspace {name!r} is not known; write acme for acme.slack.com")
    return f"https://{match[1]}.slack.com"
