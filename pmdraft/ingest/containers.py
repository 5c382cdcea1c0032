"""The files in a folder or zip that a user named; what came from strangers is read, never unpacked."""

import lzma
import os
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from pmdraft.errors import InputError
from pmdraft.ingest.cut_zip import CutZip
from pmdraft.ingest.jsonfile import read_bytes
from pmdraft.shown import one_line

# A day of a very busy channel is some 10 MB, and JSON packs to a tenth or so; more is an attack or a mistake.
_LARGEST_FILE = 256 * 1024 * 1024
_LARGEST_OF_ALL = 8 * _LARGEST_FILE
_TIGHTEST = 200
# Exports are three folders deep; a home directory that was named by mistake is not looked through.
_DEEPEST = 5
_MOST_FILES = 200_000


class Container(Protocol):
    """Files, wherever they lie; names are relative to its root, with slashes.

    Attributes:
        lost: in Japanese and English what of it could not be read at all; None if nothing.
    """

    lost: tuple[str, str] | None

    def names(self) -> list[str]:
        """The names of all files, sorted."""
        ...

    def read(self, name: str) -> bytes:
        """The content of a file, as far as there is any.

        Raises:
            InputError: it is broken, or too large.
        """
        ...


def container(path: Path) -> Container:
    """The folder or zip at a path.

    Raises:
        InputError: it is not there, is neither, or cannot be read.
    """
    return Folder(path) if _is_folder(path) else _zip(path)


class Folder:
    """A folder; links that lead out of it are left alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.lost: tuple[str, str] | None = None

    def names(self) -> list[str]:
        """The names of all files, sorted."""
        found: list[str] = []
        for folder, folders, files in os.walk(self._root):
            here = Path(folder).relative_to(self._root)
            if len(here.parts) >= _DEEPEST:
                folders.clear()
            found += [(here / name).as_posix() for name in files if self._is_inside(Path(folder, name))]
            if len(found) > _MOST_FILES:
                raise InputError(f"{self._root}: more than {_MOST_FILES:,} files; name the folder of the export itself")
        return sorted(found)

    def read(self, name: str) -> bytes:
        """The content of a file."""
        path = self._root / name
        try:
            status = path.stat()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: is no file but a pipe or a device; take it out of the export")
        if status.st_size > _LARGEST_FILE:
            raise InputError(f"{path}: larger than {_LARGEST_FILE >> 20} MB; that is no export of a chat")
        return read_bytes(path)

    def _is_inside(self, path: Path) -> bool:
        return not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._root))


class Zip:
    """A zip file; what unpacks to far more than it holds is refused."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self._path = path
        self._zip = opened
        self._left = _LARGEST_OF_ALL
        self.lost: tuple[str, str] | None = None

    def names(self) -> list[str]:
        """The names of all files, sorted."""
        return sorted({name for name in self._zip.namelist() if not name.endswith("/")})

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            InputError: it is broken, or unpacks to too much.
        """
        size = self._zip.getinfo(name)
        bomb = size.file_size > 1024 * 1024 and size.file_size > _TIGHTEST * size.compress_size
        self._left -= size.file_size
        if bomb or size.file_size > _LARGEST_FILE or self._left < 0:
            raise InputError(f"{self._path}: {name} unpacks to {size.file_size} bytes; unpack it and name the folder")
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, ValueError, EOFError, OSError) as error:
            raise InputError(
                f"{self._path}: {name} in the zip is broken ({error}); download the export again"
            ) from error


def _zip(path: Path) -> Container:
    try:
        return Zip(path, zipfile.ZipFile(path))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        cut = CutZip(path)
        if cut.names():
            return cut
        raise InputError(f"{path}: broken zip file ({error}); download the export again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def _is_folder(path: Path) -> bool:
    try:
        if path.exists():
            if not path.is_file() and not path.is_dir():
                raise InputError(f"{path}: a pipe or device, which cannot be looked around in; save it to a file")
            return path.is_dir()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{one_line(str(path))}: cannot be read ({why}); check the path") from error
    raise InputError(f"{path}: no such file or folder; name the Slack export")
