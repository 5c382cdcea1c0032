"""A channel read from Slack itself."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pmdraft.cache import cache_folder
from pmdraft.errors import SlackError
from pmdraft.ingest.chat import Conversation
from pmdraft.ingest.slack_api import SlackApi, SlackPolicy
from pmdraft.ingest.slack_chat import as_conversation
from pmdraft.ingest.slack_history import ChannelReader
from pmdraft.ingest.slack_message import SlackMessage
from pmdraft.ingest.slack_people import People
from pmdraft.ingest.slack_source import SlackChannel, SlackPages
from pmdraft.ingest.slack_store import ChannelStore
from pmdraft.ingest.slack_workspace import Workspace
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual

_LINK = re.compile(
    r"https?://[^/\s]+/archives/(?P<channel>[A-Z0-9]+)"
    r"(?:/p\d+)?/?(?:\?(?:[^#\s]*&)?thread_ts=(?P<thread>\d+\.\d+)[^\s]*|[?#][^\s]*)?"
)
# What the browser shows: https://app.slack.com/client/T0123/C0123, with /thread/C0123-1712345678.000100 in a thread.
_BROWSER = re.compile(
    r"https?://app\.slack(?:-gov)?\.com/client/[TE][A-Z0-9]+/(?P<channel>[A-Z0-9]+)"
    r"(?:/thread/(?P=channel)-(?P<thread>\d+\.\d+))?[/?#]?[^\s]*"
)
_ORIGIN = "conversations.history"
_EMPTY = Bilingual(
    "空か、ワークスペースの保存期間より古い", "it is empty, or its messages are older than the workspace keeps"
)


def _silent(line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class SlackLive:
    """A channel of a live workspace, read with a bot's token; nothing is ever posted.

    Attributes:
        channel: the channel's name, with or without #, its id, or a link to it or to a message in it;
            a link into a thread means that thread alone.
        token: the bot's token; None for that of SLACK_BOT_TOKEN.
        api_url: address of the Web API; None for that of SLACK_API_URL, else Slack's own.
        cache: folder for what was read; None for that of PMDRAFT_CACHE_DIR, else in the user's cache.
        refresh: read everything again, whatever was kept.
        tell: takes a line of progress.
        policy: how patient the calls are.
    """

    channel: str
    token: str | None = field(default=None, repr=False)
    api_url: str | None = None
    cache: Path | None = None
    refresh: bool = False
    tell: Callable[[str], None] = _silent
    policy: SlackPolicy = field(default_factory=SlackPolicy)

    def conversation(self, window: Window) -> Conversation:
        """The channel, as far as the window reaches.

        Raises:
            ChannelNotFound: there is no such channel, or the bot cannot see it.
            SlackError: Slack refuses, or cannot be reached; what was read is kept.
            InputError: what was read cannot be kept.
        """
        address = _address(self.channel)
        workspace = Workspace(self._api(), self.tell)
        channel = workspace.channel(address.channel)
        folder = cache_folder(self.cache) / "slack" / workspace.id
        people = People(workspace, folder / "users.jsonl", self.policy.now(), anew=self.refresh)
        messages = self._messages(workspace, channel, address, folder, window)
        return as_conversation(
            SlackPages(
                place=workspace.url,
                channel=channel,
                users=people.everybody(_authors(messages)),
                messages=[(_ORIGIN, messages)],
                workspace=workspace.url,
                names=workspace.groups(),
                pinned=workspace.pinned(channel.id),
                bookmarks=workspace.bookmarks(channel.id),
                if_empty=_EMPTY,
            )
        )

    def _api(self) -> SlackApi:
        token = self.token or os.environ.get("SLACK_BOT_TOKEN")
        if not token:
            raise SlackError(
                "there is no token for Slack; set SLACK_BOT_TOKEN (`pmdraft slack manifest` makes the app), "
                "or name an export with --export"
            )
        return SlackApi(token, self.api_url or os.environ.get("SLACK_API_URL"), self.policy, self.tell)

    def _messages(
        self, workspace: Workspace, channel: SlackChannel, address: "_Address", folder: Path, window: Window
    ) -> list[SlackMessage]:
        path = folder / f"{channel.id}.jsonl"
        store = ChannelStore(path, self.policy.now(), anew=self.refresh)
        self.tell(f"slack    #{channel.folder} of {workspace.url}; what is read is kept in {path}")
        reader = ChannelReader(workspace.api, channel.id, store, self.policy.now, self.tell)
        try:
            return reader.read_thread(address.thread) if address.thread else reader.read(window)
        except SlackError as error:
            if error.code not in ("not_in_channel", "channel_not_found"):
                raise
            raise SlackError(
                f"{workspace.bot} is not in #{channel.folder}; write `/invite {workspace.bot}` there, and run again",
                error.code,
            ) from error


class _Address(NamedTuple):
    channel: str
    thread: str | None = None


def _address(named: str) -> _Address:
    """The channel, and perhaps the thread, that a name, an id or a link means."""
    if match := _LINK.fullmatch(named.strip()) or _BROWSER.fullmatch(named.strip()):
        return _Address(match["channel"], match["thread"])
    if "://" in named:
        raise SlackError(
            f"{named!r} is no link to a channel or message; copy one in Slack: https://acme.slack.com/archives/C0123456789"
        )
    return _Address(named.strip())


def _authors(messages: Iterable[SlackMessage]) -> list[str]:
    return [message.user for message in messages if message.user]
