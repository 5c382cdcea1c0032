"""Any text file as a stream of lines at constant memory, whatever its compression and encoding."""

import codecs
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Self

from pmdraft.ingest.compression import CompressedFile, Compression, Loss, Progress
from pmdraft.ingest.encoding import Decoder, utf16_of

LONGEST_LINE = 1 << 20
"""Bytes of one line that are kept; what follows on it is dropped and counted."""
_HEAD = 1 << 16
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"


class Block(NamedTuple):
    """Lines that follow each other.

    Attributes:
        lines: the lines, without their ends.
        is_plain: whether all of them are printable ASCII.
    """

    lines: list[str]
    is_plain: bool


class TextReport(NamedTuple):
    """What was met while a text file was read; complete once all its lines were taken.

    Attributes:
        compression: how the file is compressed.
        encoding: `ascii`, `utf-8`, `cp932`, `euc_jp`, `utf-16-le` or `utf-16-be`.
        cut: lines longer than `LONGEST_LINE`, of which the rest was dropped.
        replaced: bytes or sequences that are no text, and became U+FFFD.
        nuls: NUL bytes that were dropped, such as a rotated log begins with.
        loss: what of a compressed file could not be read; None if nothing.
    """

    compression: Compression
    encoding: str
    cut: int
    replaced: int
    nuls: int
    loss: Loss | None


class TextFile:
    """The lines of a text file, without their ends; use it as a context manager, and go through it once.

    Gzip, zstd, bzip2 and xz are told by their first bytes. The encoding is that of the byte order
    mark, or of the first text that is not ASCII: UTF-8, Shift_JIS (CP932), EUC-JP, UTF-16. A compressed
    file that is damaged or ends early gives the lines up to there, and `report.loss` says so.

    Args:
        path: the file, which may be a pipe.
        progress: told about every chunk: bytes of the file that were read, and its size.

    Raises:
        InputError: the file cannot be opened; while iterating: it cannot be read.
    """

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._file = CompressedFile(path, progress)
        self._decoder = Decoder()
        self._utf16: str | None = None
        self._cut = self._replaced = self._nuls = 0
        self._chunks: Iterator[bytes] = self._plain()

    def __enter__(self) -> Self:
        """The text itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.__exit__()

    def __iter__(self) -> Iterator[str]:
        """The lines, without their ends."""
        return chain.from_iterable(self.blocks())

    def head(self) -> str:
        """How the text begins, without going on from there: enough to tell what it is."""
        # A log that was rotated while its program held it open may begin with megabytes of NULs.
        chunk = next((chunk for chunk in self._chunks if chunk), b"")
        self._chunks = chain((chunk,), self._chunks)
        return Decoder().decode(chunk[:_HEAD])

    @property
    def report(self) -> TextReport:
        """What was met so far."""
        return TextReport(
            compression=self._file.compression,
            encoding=self._utf16 or self._decoder.encoding,
            cut=self._cut,
            replaced=self._replaced + self._decoder.replaced,
            nuls=self._nuls,
            loss=self._file.loss,
        )

    def blocks(self) -> Iterator[list[str]]:
        """The lines in blocks of about a megabyte, for those who go through millions."""
        return (block.lines for block in self.told_blocks())

    def told_blocks(self) -> Iterator[Block]:
        """The same, each with whether all of it is plain."""
        for block in self._whole_lines():
            # Looking at a megabyte at once takes a third of looking at each of its lines.
            is_plain = not block.translate(None, _PLAIN)
            yield Block(self._decoder.decode(block).removesuffix("\n").split("\n"), is_plain)

    def pieces(self) -> Iterator[str]:
        """The content in UTF-8 in pieces of any length, for what need not have lines, such as JSON."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for chunk in self._chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)

    def _whole_lines(self) -> Iterator[bytes]:
        """The content in blocks that end where a line does."""
        begun = b""  # of a line that the next chunk goes on with
        overlong = False
        for chunk in self._chunks:
            first = chunk.find(b"\n")
            begun += chunk[: first if first >= 0 else len(chunk)] if not overlong else b""
            if len(begun) > LONGEST_LINE:
                begun = begun[:LONGEST_LINE]
                self._cut += 1
                overlong = True
            if first >= 0:
                last = chunk.rfind(b"\n") + 1
                yield begun + chunk[first:last]
                begun = chunk[last:]
                overlong = False
        if begun:
            yield begun

    def _plain(self) -> Iterator[bytes]:
        """The content without NULs, each line ending in a newline alone."""
        held = b""  # half of a \r\n
        for chunk in self._ascii_compatible():
            text = chunk
            if nuls := chunk.count(0):
                self._nuls += nuls
                text = text.replace(b"\0", b"")
            if held or b"\r" in text:
                text = held + text
                held = b"\r" if text.endswith(b"\r") else b""
                text = text.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            yield text

    def _ascii_compatible(self) -> Iterator[bytes]:
        """The content in an encoding in which a newline is a byte: UTF-16 becomes UTF-8."""
        chunks = self._file.chunks()
        head = next(chunks, b"")
        self._utf16 = utf16_of(head[:4096])
        if self._utf16 is None:
            yield head.removeprefix(codecs.BOM_UTF8)
            yield from chunks
            return
        decoder = codecs.getincrementaldecoder(self._utf16)(errors="replace")
        for chunk in chain((head,), chunks, (b"",)):
            text = decoder.decode(chunk, final=not chunk)
            self._replaced += text.count("\ufffd")
            yield text.removeprefix("\ufeff").encode("utf-8")
