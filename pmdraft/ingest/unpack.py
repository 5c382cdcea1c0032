"""Zip files of an incident's files, unpacked so that nothing in them can do harm."""

import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pmdraft.errors import InputError
from pmdraft.shown import one_line

MOST_FILES = 10_000
"""Files in an archive."""
LARGEST = 4 * 1024**3
"""Bytes that an archive may unpack to."""
TIGHTEST = 400
"""How much larger than it is a file may unpack: logs of very like lines pack to a hundredth, a bomb to a thousandth."""
ALWAYS_FINE = 16 * 1024**2
"""Bytes up to which that does not matter."""
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, ValueError, EOFError)


def is_zip(path: Path) -> bool:
    """Whether a file is a zip."""
    try:
        return zipfile.is_zipfile(path)
    except (OSError, *_BROKEN):
        return False


def allowed_for(size: int) -> int:
    """Bytes that a file of a size may unpack to, with all that is packed within it."""
    return min(LARGEST, max(ALWAYS_FINE, TIGHTEST * size))


def unpack(path: Path, folder: Path, left: int = LARGEST) -> int:
    """Unpack a zip file into a folder; links in it, and what macOS adds, are left out.

    Args:
        path: the file.
        folder: an empty folder.
        left: bytes that it may unpack to.

    Returns:
        Bytes that it unpacked to.

    Raises:
        InputError: it is broken, encrypted, holds names that lead out of it, or unpacks to too much.
    """
    with unpacking(path, "zip", _BROKEN), zipfile.ZipFile(path) as packed:
        members = [member for member in packed.infolist() if _is_wanted(member)]
        size = _check(path, members, left)
        free = FreePaths()
        for member in members:
            with packed.open(member) as source:
                write_member(source, free.for_path(folder / path_within(path, _name(member))))
    return size


@contextmanager
def unpacking(path: Path, kind: str, broken: tuple[type[Exception], ...]) -> Iterator[None]:
    """What goes wrong while an archive is unpacked, told in one line.

    Args:
        path: the archive.
        kind: what it is: zip, tar.
        broken: what its library raises for one that is damaged.

    Raises:
        InputError: something went wrong.
    """
    try:
        yield
    except broken as error:
        raise InputError(
            f"{path}: {kind} file that cannot be unpacked ({one_line(str(error), 200)}); get it again"
        ) from error
    except OSError as error:
        raise InputError(
            f"{path}: cannot be unpacked ({error.strerror or error}); unpack it and name the folder"
        ) from error


def write_member(source: IO[bytes], target: Path) -> None:
    """Write a file of an archive, and the folders that it lies in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return not (member.is_dir() or is_link or member.filename.startswith("__MACOSX/"))


def _check(path: Path, members: list[zipfile.ZipInfo], left: int) -> int:
    size = sum(member.file_size for member in members)
    bomb = any(
        member.file_size > ALWAYS_FINE and member.file_size > TIGHTEST * member.compress_size for member in members
    )
    if bomb or size > left or len(members) > MOST_FILES:
        raise InputError(
            f"{path}: unpacks to {size:,} bytes in {len(members):,} files; unpack what you need and name the folder"
        )
    return size


def path_within(archive: Path, name: str) -> Path:
    """The path below a folder that a name in an archive stands for.

    Raises:
        InputError: it leads out of the folder.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or not parts.parts or ".." in parts.parts or ":" in parts.parts[0]:
        raise InputError(
            f"{archive}: the name {one_line(str(parts), 80)!r} leads out of it; unpack it with care yourself"
        )
    return Path(*parts.parts)


def _name(member: zipfile.ZipInfo) -> str:
    """The name; Windows writes Japanese ones in its own encoding, and zip says so nowhere."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    raw = member.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


class FreePaths:
    """Paths at which nothing is yet: an archive may hold a name twice, or ten thousand times."""

    def __init__(self) -> None:
        self._next: dict[Path, int] = {}

    def for_path(self, path: Path) -> Path:
        """The path itself, or one like it with a number."""
        free = path
        number = self._next.get(path, 2)
        while free.exists():
            free = path.with_name(f"{path.stem}-{number}{path.suffix}")
            number += 1
        self._next[path] = number
        return free
