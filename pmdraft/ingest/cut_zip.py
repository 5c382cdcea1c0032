"""A zip file whose end is missing: what was packed before the cut, read without the directory."""

import mmap
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError

# The header before each file in a zip: APPNOTE.TXT of PKWARE, 4.3.7.
_HEADER = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_DIRECTORY = b"PK\x01\x02"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS, _UTF8 = 0x1, 0x8, 0x800
_ZIP64 = 0xFFFFFFFF
_CHUNK = 1 << 16
_LARGEST = 256 << 20
_TIGHTEST = 200
_MOST_FILES = 200_000


class _Entry(NamedTuple):
    begin: int
    end: int
    method: int


class CutZip:
    """The files of a zip that was cut off, as far as they go; the last one in part.

    Args:
        path: the zip.

    Attributes:
        lost: what is missing, in Japanese and English.

    Raises:
        InputError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                self._data: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            self._data = b""
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
        self._entries = self._walk()
        last = next(reversed(self._entries), "")
        self.lost: tuple[str, str] | None = (f"{last} の途中から後", f"everything from within {last} on")

    def names(self) -> list[str]:
        """The names of the files that are there at least in part, sorted."""
        return sorted(self._entries)

    def read(self, name: str) -> bytes:
        """The content of a file, as far as there is any.

        Raises:
            InputError: it unpacks to too much.
        """
        entry = self._entries[name]
        if entry.method == _STORED:
            return bytes(self._data[entry.begin : min(entry.end, entry.begin + _LARGEST)])
        content, _ = self._inflate(name, entry.begin, entry.end)
        return content

    def _walk(self) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        at = 0
        while self._data[at : at + 4] == _MAGIC and at + _HEADER.size <= len(self._data) and len(found) < _MOST_FILES:
            _, _, flags, method, _, _, _, size, _, name_length, extra_length = _HEADER.unpack_from(self._data, at)
            begin = at + _HEADER.size + name_length + extra_length
            raw = self._data[at + _HEADER.size : at + _HEADER.size + name_length]
            name = raw.decode("utf-8" if flags & _UTF8 else "cp437", errors="replace")
            if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or begin >= len(self._data):
                break
            end = begin + size if not flags & _SIZE_FOLLOWS and size != _ZIP64 else self._end(begin, method)
            if not name.endswith("/"):
                found[name] = _Entry(begin, min(end, len(self._data)), method)
            at = end if self._data[end : end + 4] == _MAGIC else self._next(end)
        return found

    def _end(self, begin: int, method: int) -> int:
        """Where a file ends whose length was not known when its header was written."""
        if method == _STORED:
            return self._next(begin)
        return self._inflate("", begin, len(self._data), keep=False)[1]

    def _next(self, after: int) -> int:
        """Where the next header begins; a checksum and lengths may stand before it."""
        places = [place for mark in (_MAGIC, _DIRECTORY) if (place := self._data.find(mark, after)) >= 0]
        return min(places, default=len(self._data))

    def _inflate(self, name: str, begin: int, end: int, *, keep: bool = True) -> tuple[bytes, int]:
        """The content of a packed file as far as it goes, and where it ends."""
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        content, size, at = bytearray(), 0, begin
        while at < end and not unpacker.eof:
            packed = self._data[at : min(at + _CHUNK, end)]
            try:
                piece = unpacker.decompress(packed, _CHUNK * _TIGHTEST)
            except zlib.error:  # damaged besides; what came before it is good
                break
            size += len(piece)
            if unpacker.unconsumed_tail or size > _LARGEST:
                raise InputError(f"{self._path}: {name} unpacks to too much; this is no export of a chat")
            content += piece if keep else b""
            at += len(packed) - len(unpacker.unused_data)
        return bytes(content), at
