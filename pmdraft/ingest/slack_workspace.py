"""The workspace that a token opens: its address, channels, people, groups, pins and bookmarks."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from pmdraft.errors import ChannelNotFound, SlackError
from pmdraft.evidence import Bookmark
from pmdraft.ingest.slack_api import Method, SlackApi, next_cursor, shaped
from pmdraft.ingest.slack_source import SlackChannel, SlackUser

Entry = TypeVar("Entry", bound=BaseModel)

_PAGE = 200
_ID = re.compile(r"[CGD][A-Z0-9]{6,30}")
_KINDS = "public_channel,private_channel"


class _Identity(BaseModel):
    url: str
    team_id: str
    user: str = "bot"


class _Group(BaseModel):
    id: str
    handle: str


class _Pinned(BaseModel):
    ts: str


class _Pin(BaseModel):
    message: _Pinned | None = None


class _Link(BaseModel):
    title: str | None = None
    link: str | None = None


class Workspace:
    """What a token may see besides messages.

    Args:
        api: calls to Slack.
        tell: takes a line about what is left out for want of a scope.

    Raises:
        SlackError: the token is refused, or Slack cannot be reached.
    """

    def __init__(self, api: SlackApi, tell: Callable[[str], None]) -> None:
        self.api = api
        self._tell = tell
        self._identity = shaped("auth.test", api.call("auth.test"), TypeAdapter(_Identity))
        if not re.fullmatch(r"[A-Za-z0-9]{1,40}", self._identity.team_id):
            raise SlackError("Slack's answer to auth.test cannot be read: team_id; check --slack-api-url")

    @property
    def id(self) -> str:
        """Id of the workspace."""
        return self._identity.team_id

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return self._identity.url.rstrip("/")

    @property
    def bot(self) -> str:
        """The handle that people invite."""
        return f"@{self._identity.user}"

    def channel(self, name_or_id: str) -> SlackChannel:
        """The channel of that name (with or without #) or id.

        Raises:
            ChannelNotFound: there is none, or it is private and the bot is not in it.
            SlackError: Slack refuses, or cannot be reached.
        """
        wanted = name_or_id.removeprefix("#")
        channel = self._by_id(wanted) if _ID.fullmatch(wanted) else self._by_name(wanted)
        if not _ID.fullmatch(channel.id):  # it will name a file
            raise SlackError(f"Slack's answer for {name_or_id!r} cannot be read: channel id; check --slack-api-url")
        return channel

    def users(self, cursor: str | None) -> Iterator[tuple[list[SlackUser], str | None]]:
        """The people, a page at a time, with the cursor of the next page."""
        yield from self._pages("users.list", "members", TypeAdapter(list[SlackUser]), cursor=cursor)

    def user(self, id: str) -> SlackUser | None:  # noqa: A002 - Slack's word
        """Somebody who is not in the list, such as a guest from another workspace."""
        try:
            return shaped("users.info", self.api.call("users.info", user=id).get("user"), TypeAdapter(SlackUser))
        except SlackError as error:
            if error.code in ("user_not_found", "user_not_visible", "users_not_found"):
                return None
            raise

    def groups(self) -> Mapping[str, str]:
        """Handle of each user group by its id; none without the scope."""
        found = self._optional("usergroups.list", "usergroups", TypeAdapter(list[_Group]), include_disabled=True)
        return {group.id: group.handle for group in found}

    def pinned(self, channel: str) -> frozenset[str]:
        """`ts` of the messages that are pinned in a channel; none without the scope."""
        found = self._optional("pins.list", "items", TypeAdapter(list[_Pin]), channel=channel)
        return frozenset(pin.message.ts for pin in found if pin.message)

    def bookmarks(self, channel: str) -> tuple[Bookmark, ...]:
        """The links in a channel's header; none without the scope."""
        found = self._optional("bookmarks.list", "bookmarks", TypeAdapter(list[_Link]), channel_id=channel)
        return tuple(Bookmark(title=item.title or item.link, url=item.link) for item in found if item.link)

    def _by_name(self, wanted: str) -> SlackChannel:
        names: list[str] = []
        # The channels that the bot is in are few; all of a workspace can be ten thousand.
        for method in ("users.conversations", "conversations.list"):
            for channel in self._channels(method):
                if channel.name == wanted:
                    return channel
                names.append(channel.folder)
        near = difflib.get_close_matches(wanted, dict.fromkeys(names), n=3, cutoff=0.4)
        raise ChannelNotFound(
            f"{self.url}: no channel {wanted!r} that {self.bot} can see; nearest: {', '.join(near) or 'none'}; "
            f"if it is private, write `/invite {self.bot}` there"
        )

    def _by_id(self, id: str) -> SlackChannel:  # noqa: A002 - Slack's word
        try:
            answer = self.api.call("conversations.info", channel=id)
        except SlackError as error:
            if error.code != "channel_not_found":
                raise
            raise ChannelNotFound(
                f"{self.url}: no channel {id!r} that {self.bot} can see; if it is private, "
                f"write `/invite {self.bot}` there"
            ) from error
        return shaped("conversations.info", answer.get("channel"), TypeAdapter(SlackChannel))

    def _channels(self, method: Method) -> Iterator[SlackChannel]:
        adapter = TypeAdapter(list[SlackChannel])
        try:
            for page, _ in self._pages(method, "channels", adapter, types=_KINDS):
                yield from page
        except SlackError as error:
            if error.code != "missing_scope" or "groups:read" not in str(error):
                raise
            self._note("private channels cannot be named", error)
            for page, _ in self._pages(method, "channels", adapter, types="public_channel"):
                yield from page

    def _pages(
        self,
        method: Method,
        key: str,
        adapter: TypeAdapter[list[Entry]],
        *,
        cursor: str | None = None,
        **parameters: str | bool,
    ) -> Iterator[tuple[list[Entry], str | None]]:
        while True:
            answer = self.api.call(method, limit=_PAGE, cursor=cursor, **parameters)
            cursor = next_cursor(answer)
            yield shaped(method, answer.get(key), adapter), cursor
            if cursor is None:
                return

    def _optional(
        self, method: Method, key: str, adapter: TypeAdapter[list[Entry]], **parameters: str | bool
    ) -> Iterable[Entry]:
        try:
            return shaped(method, self.api.call(method, **parameters).get(key), adapter)
        except SlackError as error:
            if error.code not in ("missing_scope", "unknown_method", "no_permission"):
                raise
            self._note(f"{key} are left out", error)
            return ()

    def _note(self, what: str, error: SlackError) -> None:
        self._tell(f"note: {what}: {error}")
