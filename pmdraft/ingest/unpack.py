"""Zip files of an incident's files, unpacked so that nothing in them can do harm."""

import lzma
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from pmdraft.errors import InputError
from pmdraft.shown import one_line

_MOST_FILES = 10_000
_LARGEST = 4 * 1024**3
# Logs of very like lines pack to a hundredth; a bomb to a thousandth.
_TIGHTEST = 400
_ALWAYS_FINE = 16 * 1024**2
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, ValueError, EOFError)


def is_zip(path: Path) -> bool:
    """Whether a file is a zip."""
    try:
        return zipfile.is_zipfile(path)
    except (OSError, *_BROKEN):
        return False


def unpack(path: Path, folder: Path) -> None:
    """Unpack a zip file into a folder; links in it, and what macOS adds, are left out.

    Raises:
        InputError: it is broken, encrypted, holds names that lead out of it, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            members = [member for member in packed.infolist() if _is_wanted(member)]
            _check(path, members)
            for member in members:
                target = _free(folder / _inner_path(path, member))
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(member) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
    except _BROKEN as error:
        raise InputError(
            f"{path}: zip file that cannot be unpacked ({one_line(str(error), 200)}); get it again"
        ) from error
    except OSError as error:
        raise InputError(
            f"{path}: cannot be unpacked ({error.strerror or error}); unpack it and name the folder"
        ) from error


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return not (member.is_dir() or is_link or member.filename.startswith("__MACOSX/"))


def _check(path: Path, members: list[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    bomb = any(
        member.file_size > _ALWAYS_FINE and member.file_size > _TIGHTEST * member.compress_size for member in members
    )
    if bomb or size > _LARGEST or len(members) > _MOST_FILES:
        raise InputError(
            f"{path}: unpacks to {size:,} bytes in {len(members):,} files; unpack what you need and name the folder"
        )


def _inner_path(path: Path, member: zipfile.ZipInfo) -> Path:
    name = PurePosixPath(_name(member).replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        raise InputError(f"{path}: the name {one_line(str(name), 80)!r} leads out of it; unpack it with care yourself")
    return Path(*name.parts)


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


def _free(path: Path) -> Path:
    """A path at which nothing is yet: a zip may hold a name twice."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free
