"""slackdump's archive: an SQLite file with every message as Slack gave it, some of them more than once."""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pmdraft.errors import ChannelNotFound, InputError, UsageError
from pmdraft.evidence import Skipped
from pmdraft.ingest.channel_choice import unnamed
from pmdraft.ingest.chat import ChatOptions, ChatSource, Conversation
from pmdraft.ingest.slack_chat import as_conversation
from pmdraft.ingest.slack_json import Lost, messages_of
from pmdraft.ingest.slack_source import SlackChannel, SlackPages, SlackUser, workspace_url
from pmdraft.ingest.sqlite_salvage import SqliteFile, is_sqlite, opened
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice

NAME = "slackdump archive"
FILE = "slackdump.sqlite"
_EMPTY = Bilingual("アーカイブにこのチャンネルのメッセージがない", "the archive has no messages of it")
_DAMAGED = Bilingual(
    "{source}: データベースが壊れているか途中で切れている（{whole} バイト中 {there}）。読めたのは {count} 件",
    "{source}: the database is damaged or cut off ({there} of {whole} bytes are there); {count} messages could be read",
)


def database_of(path: Path) -> Path:
    """The database of an archive, which is a folder or the file itself."""
    return path / FILE if path.is_dir() else path


def is_archive(path: Path) -> bool:
    """Whether a folder or file is an archive."""
    database = database_of(path)
    if not is_sqlite(database):
        return False
    try:
        with opened(database) as file:
            return {"MESSAGE", "CHUNK"} <= file.tables()
    except InputError:
        return False


def channels(path: Path, options: ChatOptions) -> tuple[ChatSource, ...]:
    """The channels that the options name, or those with messages if they are few.

    Raises:
        ChannelNotFound: there is no channel of that name.
        InputError: it cannot be read, or has many channels and none is named.
    """
    database = database_of(path)
    with opened(database) as file:
        known = _channels(file)
    named = [_named(path, known, name) for name in options.channels] or unnamed(path, known)
    return tuple(SlackdumpChannel(database, channel, options.workspace) for channel in named)


@dataclass(frozen=True, slots=True)
class SlackdumpChannel:
    """A channel of an archive.

    Attributes:
        path: the database.
        channel: which channel.
        workspace: `acme` of acme.slack.com, where the archive does not say it.
    """

    path: Path
    channel: SlackChannel
    workspace: str | None = None

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - an archive is read whole
        """The channel, each message as it was last.

        Raises:
            InputError: it cannot be read.
        """
        lost = Lost()
        with opened(self.path) as file:
            messages = messages_of(_json(file, "MESSAGE", lost, "CHANNEL_ID = ?", self.channel.id), lost)
            users = tuple(user for item in _json(file, "S_USER", Lost()) if (user := _user(item)))
            names = {channel.id: channel.folder for channel in _channels(file)}
            address = _address(file) or (workspace_url(self.workspace) if self.workspace else None)
            if file.damaged:
                told = notice(
                    NoticeKind.TRUNCATED, _DAMAGED, source=self.path.name,
                    there=file.there, whole=file.whole, count=len(messages),
                )  # fmt: skip
                lost.notices.append(told)
        messages.reverse()  # of a message that was read more than once, the last version is the one that counts
        return as_conversation(
            SlackPages(
                place=str(self.path),
                channel=self.channel,
                users=users,
                messages=[(self.path.name, messages)],
                names=names,
                workspace=address,
                unread=lost.unread,
                notices=lost.notices,
                if_empty=_EMPTY,
            )
        )


def _json(file: SqliteFile, table: str, lost: Lost, where: str = "1", *parameters: str) -> Iterator[object]:
    """The JSON in a table's rows, in the order in which they were written."""
    for (data,) in file.rows(table, ["DATA"], where, *parameters):
        try:
            yield json.loads(data if isinstance(data, bytes) else b"")
        except (ValueError, RecursionError):
            lost.unread[Skipped.UNREADABLE] += 1


def _channels(file: SqliteFile) -> list[SlackChannel]:
    """The channels that have messages, by the names that they had last."""
    names: dict[str, str | None] = {}
    for item in _json(file, "CHANNEL", Lost()):
        try:
            channel = SlackChannel.model_validate(item)
        except ValidationError:
            continue
        names[channel.id] = channel.name
    spoken = dict.fromkeys(
        own.decode("utf-8", errors="replace")
        for (own,) in file.rows("MESSAGE", ["CHANNEL_ID"])
        if isinstance(own, bytes)
    )
    return [SlackChannel(id=own, name=names.get(own)) for own in spoken]


def _named(path: Path, known: list[SlackChannel], name: str) -> SlackChannel:
    wanted = name.removeprefix("#")
    for channel in known:
        if wanted in (channel.id, channel.name):
            return channel
    names = [channel.folder for channel in known]
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or names[:3]
    raise ChannelNotFound(
        f"{path}: no channel {name!r} in this archive; "
        f"nearest: {', '.join(near) or 'none'} ({len(known)} channel{'s' * (len(known) != 1)} in all)"
    )


def _user(item: object) -> SlackUser | None:
    try:
        return SlackUser.model_validate(item)
    except ValidationError:
        return None


def _address(file: SqliteFile) -> str | None:
    """The address of the workspace."""
    for (url,) in file.rows("WORKSPACE", ["URL"]):
        try:
            return workspace_url(url.decode("utf-8", errors="replace") if isinstance(url, bytes) else "")
        except UsageError:
            continue
    return None
