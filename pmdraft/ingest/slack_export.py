"""A Slack export, zip or folder: who is in it, which channels, and a channel's messages."""

import difflib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from pydantic import BaseModel, TypeAdapter

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.ingest.jsonfile import decode, read_bytes, shaped
from pmdraft.ingest.slack_message import SlackMessage
from pmdraft.ingest.slack_source import SlackChannel, SlackUser
from pmdraft.shown import one_line

_HINT = "is this a Slack export?"
# A day of a very busy channel is some 10 MB, and JSON packs to a tenth or so; more is an attack or a mistake.
_LARGEST_FILE = 256 * 1024 * 1024
_TIGHTEST = 200
_CHANNEL_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_USER_LISTS = ("users.json", "org_users.json")

Entry = TypeVar("Entry", bound=BaseModel)


class _Files(Protocol):
    """The files of an export, wherever they lie; names are relative to its root."""

    def names(self) -> list[str]: ...

    def read(self, name: str) -> bytes: ...


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> list[str]:
        return [path.relative_to(self._root).as_posix() for path in sorted(self._root.rglob("*")) if path.is_file()]

    def read(self, name: str) -> bytes:
        return read_bytes(self._root / name)


class _Zip:
    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise InputError(f"{path}: broken zip file ({error}); download the export again") from error
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error

    def names(self) -> list[str]:
        return sorted(name for name in self._zip.namelist() if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        size = self._zip.getinfo(name)
        bomb = size.file_size > 1024 * 1024 and size.file_size > _TIGHTEST * size.compress_size
        if bomb or size.file_size > _LARGEST_FILE:
            raise InputError(f"{self._path}: {name} unpacks to {size.file_size} bytes; unpack it and name the folder")
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, ValueError, EOFError, OSError) as error:
            raise InputError(
                f"{self._path}: {name} in the zip is broken ({error}); download the export again"
            ) from error


class SlackArchive:
    """An opened export.

    Raises:
        InputError: the path is not a Slack export, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files: _Files = _Folder(path) if _is_folder(path) else _Zip(path)
        everything = [name for name in self._files.names() if not name.startswith(("__MACOSX/", "."))]
        self._names = [name for name in everything if name.endswith(".json")]
        self._root = self._find_root(everything)
        self.users = self._list(TypeAdapter(list[SlackUser]), _USER_LISTS)
        self.channels = self._list(TypeAdapter(list[SlackChannel]), _CHANNEL_LISTS)

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
        raise ChannelNotFound(
            f"{self.path}: no channel {name_or_id!r} in this export; "
            f"nearest: {', '.join(near) or 'none'} ({len(names)} channels in all)"
        )

    def messages(self, channel: SlackChannel) -> Iterator[tuple[str, list[SlackMessage]]]:
        """The messages of a channel, a file (one day) at a time, with the file's name."""
        folder = f"{self._root}{channel.folder}/"
        for name in self._names:
            if name.startswith(folder) and "/" not in name.removeprefix(folder):
                shown = f"{self.path.name}/{name}"
                yield name, shaped(self._json(name), _MESSAGES, shown, _HINT)

    def _find_root(self, everything: list[str]) -> str:
        """The folder that holds the lists; some tools pack one folder around them."""
        wanted = {*_CHANNEL_LISTS, *_USER_LISTS}
        roots = [PurePosixPath(name).parent for name in self._names if PurePosixPath(name).name in wanted]
        if not roots:
            raise InputError(f"{self.path}: no channels.json or users.json in it; {_HINT}")
        root = min(roots, key=lambda parent: len(parent.parts)).as_posix()
        if root == ".":
            return ""
        if not all(name.startswith(f"{root}/") for name in everything):
            raise InputError(f"{self.path}: holds more than an export; name the export in it, {root!r}")
        return f"{root}/"

    def _list(self, adapter: TypeAdapter[list[Entry]], names: tuple[str, ...]) -> list[Entry]:
        entries: list[Entry] = []
        for name in names:
            if self._root + name in self._names:
                found: list[Entry] = shaped(self._json(self._root + name), adapter, f"{self.path.name}/{name}", _HINT)
                entries += found
        return entries

    def _json(self, name: str) -> object:
        return decode(self._files.read(name), f"{self.path.name}/{name}", _HINT)


_MESSAGES = TypeAdapter(list[SlackMessage])


def _is_folder(path: Path) -> bool:
    """Whether an export is a folder or a zip.

    Raises:
        InputError: it is not there at all, or cannot be looked at.
    """
    try:
        if path.exists():
            return path.is_dir()
    except OSError as error:
        raise InputError(
            f"{one_line(str(path))}: cannot be read ({error.strerror or error}); check the path"
        ) from error
    raise InputError(f"{path}: no such file or folder; name the Slack export")
