"""A Slack export, zip or folder: who is in it, which channels, and a channel's messages."""

import difflib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.ingest.containers import container
from pmdraft.ingest.slack_json import Lost, json_items, read_messages
from pmdraft.ingest.slack_message import SlackMessage
from pmdraft.ingest.slack_source import SlackChannel, SlackUser
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice

_HINT = "is this a Slack export?"
_CHANNEL_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_USER_LISTS = ("users.json", "org_users.json")
# A day of a channel; beside it Slack puts canvases and lists, slackdump files that were shared.
_DAY = re.compile(r"(?P<folder>[^/]+)/\d{4}-\d\d-\d\d\.json")
_CUT = Bilingual(
    "{source}: zip の終わりが欠けている。{ja}が失われた", "{source}: the end of the zip is missing; lost: {en}"
)
_OTHERS = Bilingual(
    "{source}: メッセージでないものは読んでいない（{names}）", "{source}: left alone what holds no messages: {names}"
)
_ENTRIES = Bilingual(
    "{source}: id のない {count} 件は読めなかった", "{source}: {count} entries without an id could not be read"
)

_BROKEN = Bilingual(
    "{source}: 読まなかった（zip の中で壊れているか、大きすぎる）",
    "{source}: not read (broken in the zip, or too large)",
)

Entry = TypeVar("Entry", bound=BaseModel)


class SlackArchive:
    """An opened export.

    Attributes:
        path: where it lies.
        lost: what of it could not be read, as far as it was looked at.

    Raises:
        InputError: the path is not a Slack export, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lost = Lost()
        self._files = container(path)
        everything = [name for name in self._files.names() if not name.startswith(("__MACOSX/", "."))]
        self._names = [name for name in everything if name.endswith(".json")]
        self._root = self._find_root(everything)
        self._under = [name.removeprefix(self._root) for name in self._names if name.startswith(self._root)]

    @cached_property
    def users(self) -> list[SlackUser]:
        """Everybody in it."""
        return self._list(SlackUser, _USER_LISTS)

    @cached_property
    def channels(self) -> list[SlackChannel]:
        """The channels that are listed, then those of which there is but a folder."""
        listed = self._list(SlackChannel, _CHANNEL_LISTS)
        folders = {folder for channel in listed for folder in (channel.name, channel.id)}
        found = dict.fromkeys(match["folder"] for name in self._under if (match := _DAY.fullmatch(name)))
        return [*listed, *(SlackChannel(id=name, name=name) for name in found if name not in folders)]

    @property
    def spoken(self) -> list[SlackChannel]:
        """Those of the channels that have messages."""
        folders = {match["folder"] for name in self._under if (match := _DAY.fullmatch(name))}
        return [channel for channel in self.channels if folders & {channel.name, channel.id}]

    def channel(self, name_or_id: str) -> SlackChannel:
        """The channel of that name (with or without #) or id.

        Raises:
            ChannelNotFound: there is none; the message names the nearest ones.
        """
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels:
            if wanted in (channel.id, channel.name):
                return channel
        names = sorted(channel.folder for channel in self.channels)
        near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or names[:3]
        damage = "".join(f"; {item.en}" for item in self.lost.notices[:1])
        raise ChannelNotFound(
            f"{self.path}: no channel {name_or_id!r} in this export; "
            f"nearest: {', '.join(near) or 'none'} ({len(names)} channel{'s' * (len(names) != 1)} in all){damage}"
        )

    def messages(self, channel: SlackChannel) -> Iterator[tuple[str, list[SlackMessage]]]:
        """The messages of a channel, a file (one day) at a time, with the file's name."""
        self._tell_of_others(channel)
        for name in self._under:
            match = _DAY.fullmatch(name)
            if match and match["folder"] in (channel.name, channel.id) and (data := self._read(name)):
                yield self._root + name, read_messages(data, self._shown(name), self.lost)

    def _tell_of_others(self, channel: SlackChannel) -> None:
        """What is missing of the export, and what of it no reader looks at."""
        if self._files.lost:
            japanese, english = self._files.lost
            told = notice(NoticeKind.TRUNCATED, _CUT, source=self.path.name, ja=japanese, en=english)
            self.lost.notices.append(told)
        own = tuple(f"{name}/" for name in (channel.name, channel.id) if name)
        others = [
            name
            for name in self._under
            if name not in (*_CHANNEL_LISTS, *_USER_LISTS)
            and ("/" not in name or (name.startswith(own) and not _DAY.fullmatch(name)))
        ]
        if others:
            names = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
            self.lost.notices.append(notice(NoticeKind.LEFT_ALONE, _OTHERS, source=self.path.name, names=names))

    def _find_root(self, everything: list[str]) -> str:
        """The folder that holds the lists; some tools pack one folder around them."""
        wanted = {*_CHANNEL_LISTS, *_USER_LISTS}
        roots = [PurePosixPath(name).parent for name in self._names if PurePosixPath(name).name in wanted]
        if not roots and self._files.lost:  # the lists may have been in the part that is missing
            roots = [PurePosixPath(name).parent.parent for name in self._names if _DAY.search(name)]
        if not roots:
            raise InputError(f"{self.path}: no channels.json or users.json in it; {_HINT}")
        root = min(roots, key=lambda parent: len(parent.parts)).as_posix()
        if root == ".":
            return ""
        if not all(name.startswith(f"{root}/") for name in everything):
            raise InputError(f"{self.path}: holds more than an export; name the export in it, {root!r}")
        return f"{root}/"

    def _list(self, kind: type[Entry], names: tuple[str, ...]) -> list[Entry]:
        entries: list[Entry] = []
        for name in names:
            if name in self._under and (data := self._read(name)):
                items = json_items(data, self._shown(name), self.lost)
                found = [entry for item in items if (entry := _entry(kind, item))]
                if lost := len(items) - len(found):
                    told = notice(NoticeKind.DAMAGED, _ENTRIES, source=self._shown(name), count=lost)
                    self.lost.notices.append(told)
                entries += found
        return entries

    def _read(self, name: str) -> bytes | None:
        try:
            return self._files.read(self._root + name)
        except InputError:
            self.lost.notices.append(notice(NoticeKind.NOT_READ, _BROKEN, source=self._shown(name)))
            return None

    def _shown(self, name: str) -> str:
        return f"{self.path.name}/{self._root}{name}"


def _entry(kind: type[Entry], item: object) -> Entry | None:
    try:
        return kind.model_validate(item)
    except ValidationError:
        return None
