"""Tar files of an incident's files, compressed or not, unpacked so that nothing in them can do harm."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.ingest.compression import CompressedFile, Compression
from pmdraft.ingest.unpack import (
    LARGEST,
    MOST_FILES,
    FreePaths,
    allowed_for,
    path_within,
    unpacking,
    write_member,
)

_BROKEN = (tarfile.TarError, EOFError, ValueError)


def is_tar(path: Path) -> bool:
    """Whether a file is a tar, whatever its compression, by what its first header says."""
    try:
        with CompressedFile(path) as file:
            return next(file.chunks(), b"")[257:262] == b"ustar"
    except InputError:
        return False


def untar(path: Path, folder: Path, left: int = LARGEST) -> int:
    """Unpack a tar file into a folder; links in it, devices, and what macOS adds, are left out.

    Args:
        path: the file.
        folder: an empty folder.
        left: bytes that it may unpack to.

    Returns:
        Bytes that it unpacked to.

    Raises:
        InputError: it is broken, holds names that lead out of it, or unpacks to too much.
    """
    with (
        unpacking(path, "tar", _BROKEN),
        CompressedFile(path) as file,
        tarfile.open(fileobj=_Stream(file.chunks()), mode="r|") as packed,
    ):
        if file.compression is not Compression.NONE:
            left = min(left, allowed_for(file.size))
        allowed = left
        free = FreePaths()
        for number, member in enumerate(packed, 1):
            left -= member.size
            if left < 0 or number > MOST_FILES:
                raise InputError(f"{path}: unpacks to too much; unpack what you need and name the folder")
            if member.isreg() and not Path(member.name).name.startswith("._"):
                target = free.for_path(folder / path_within(path, member.name))
                if (source := packed.extractfile(member)) is not None:
                    write_member(source, target)
        return allowed - left


class _Stream(io.RawIOBase):
    """Chunks as something that can be read from, as tarfile wants it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end."""
        parts, left = [], size if size >= 0 else LARGEST
        while left > 0:
            if not self._held:
                self._held = next(self._chunks, b"")
                if not self._held:
                    break
            part, self._held = self._held[:left], self._held[left:]
            parts.append(part)
            left -= len(part)
        return b"".join(parts)
