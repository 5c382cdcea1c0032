"""Files that may be compressed, as a stream of bytes at constant memory; a damaged one gives what it can."""

import bz2
import gzip
import io
import lzma
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from pmdraft.errors import InputError

CHUNK = 1 << 20
Progress = Callable[[int, int], None]
"""Called with the bytes of a file that were read so far, and its size; 0 where that is not known."""


class Compression(StrEnum):
    """How a file is compressed, as its first bytes say."""

    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"
    BZIP2 = "bzip2"
    XZ = "xz"


_MAGIC = {
    b"\x1f\x8b": Compression.GZIP,
    b"\x28\xb5\x2f\xfd": Compression.ZSTD,
    b"BZh": Compression.BZIP2,
    b"\xfd7zXZ\x00": Compression.XZ,
}


class Loss(NamedTuple):
    """What of a compressed file could not be read.

    Attributes:
        truncated: the file ends early; else its content is damaged.
        salvaged: bytes of content that were read before that.
        unread: bytes of the file after the damage, at least; 0 where it ends early.
    """

    truncated: bool
    salvaged: int
    unread: int


class CompressedFile:
    """The content of a file, whatever its compression; use it as a context manager.

    Args:
        path: the file, which may be a pipe.
        progress: told about every chunk.

    Attributes:
        compression: as its first bytes say.
        size: bytes of the file; 0 for a pipe.
        loss: what could not be read, once all of `chunks` was taken; None if nothing.

    Raises:
        InputError: the file cannot be opened.
    """

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._path = path
        self._progress = progress
        try:
            self._file = path.open("rb")
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            raise _unreadable(path, error) from error
        status = path.stat()
        self.size = status.st_size if stat.S_ISREG(status.st_mode) else 0
        self.loss: Loss | None = None
        self.compression = Compression.NONE

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self) -> Iterator[bytes]:
        """The content, in pieces of at most `CHUNK` bytes.

        Raises:
            InputError: the file cannot be read, or is compressed and nothing of its content can be.
        """
        salvaged = 0
        damage: tuple[type[Exception], ...] = (OSError,)
        try:
            content, damage = self._content()
            while chunk := content.read1(CHUNK):
                salvaged += len(chunk)
                yield chunk
                if self._progress:
                    self._progress(self._position(), self.size)
        except EOFError:
            self.loss = Loss(truncated=True, salvaged=salvaged, unread=0)
        except damage as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise _unreadable(self._path, error) from error
            self.loss = Loss(truncated=False, salvaged=salvaged, unread=max(0, self.size - self._position()))
        if self.loss and not salvaged:
            raise InputError(f"{self._path}: {self.compression} file of which nothing can be read; get it again")

    def _content(self) -> tuple[io.BufferedIOBase, tuple[type[Exception], ...]]:
        """What reads the content, and the errors by which it tells of damage."""
        head = self._file.peek(8)
        self.compression = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), Compression.NONE)
        match self.compression:
            case Compression.GZIP:
                return gzip.GzipFile(fileobj=self._file), (OSError, zlib.error)
            case Compression.BZIP2:
                return bz2.BZ2File(self._file), (OSError,)
            case Compression.XZ:
                return lzma.LZMAFile(self._file), (OSError, lzma.LZMAError)
            case Compression.ZSTD:
                return _zstd(self._file)
        return self._file, (OSError,)

    def _position(self) -> int:
        with suppress(OSError):  # a pipe has none
            return self._file.tell()
        return 0


def _zstd(file: BinaryIO) -> tuple[io.BufferedIOBase, tuple[type[Exception], ...]]:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - 15 ms that few runs need
    else:
        from backports import zstd  # noqa: PLC0415 - likewise
    return zstd.ZstdFile(file), (OSError, zstd.ZstdError)


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); check the path")
