"""The payloads in a file: JSON, a list of it, one after another, or YAML; a file that breaks off gives what it has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError
from pmdraft.evidence import Skipped
from pmdraft.ingest.jsonfile import NULS, decode_text, read_content
from pmdraft.ingest.mending import mended
from pmdraft.ingest.salvage import salvaged
from pmdraft.ingest.yaml_text import NotYaml, looks_like_yaml, yaml_documents
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice

_BEGINS = re.compile(r"^[\[{]", re.MULTILINE)
_GAP = re.compile(r"[\s,]*")
_UNREADABLE = (ValueError, RecursionError)
# Looking for the next beginning after each of a million bad ones would take for ever.
_MOST_BAD_PARTS = 1_000
_LOST = Bilingual(
    "{source}: 途中で切れている。末尾の {lost:,} 文字（全 {size:,} 文字）が失われた",
    "{source}: breaks off; its last {lost:,} of {size:,} characters are lost",
)

_DAMAGED = Bilingual(
    "{source}: 途中が壊れている。{count:,} 件は読めたが、{lost:,} 文字（全 {size:,} 文字）が失われた",
    "{source}: damaged in its midst; {count:,} items could be read, {lost:,} of {size:,} characters are lost",
)
_CUT_OFF = Bilingual(
    "{source}: 圧縮ファイルが途中で切れているか壊れている。読めたのは先頭の {size:,} バイトまで",
    "{source}: the compressed file breaks off or is damaged; read: its first {size:,} bytes of text",
)


class Document(NamedTuple):
    """A payload, or the reason why a part of a file is none.

    Attributes:
        place: where it stands: `payload 3`, `line 12`.
        value: the payload.
        text: how a part that is none begins.
    """

    place: str
    value: object
    text: str = ""


class Documents(NamedTuple):
    """The payloads of a file, and what a reader should know about it."""

    items: tuple[Document, ...]
    notices: tuple[Notice, ...]


def read_documents(path: Path, hint: str) -> Documents:
    """The payloads in a file.

    Args:
        path: the file.
        hint: what to do if it cannot be read.

    Raises:
        InputError: it cannot be read, or holds no payload.
    """
    content = read_content(path)
    # Where a compressed file breaks off, a letter may be cut in half.
    text = decode_text(content.data, str(path), hint, may_be_cut=content.loss is not None)
    notices: list[Notice] = []
    if content.loss is not None:
        notices.append(notice(NoticeKind.TRUNCATED, _CUT_OFF, source=path.name, size=content.loss.salvaged))
    if nuls := text.count("\0"):
        notices.append(notice(NoticeKind.DAMAGED, NULS, source=path.name, count=nuls))
        text = text.replace("\0", "")
    documents = _documents(text, path, hint)
    return documents._replace(notices=(*notices, *documents.notices))


def _documents(text: str, path: Path, hint: str) -> Documents:
    if not text.strip():
        raise InputError(f"{path}: empty file; {hint}")
    if looks_like_yaml(text[:10_000]):
        try:
            return Documents(tuple(_payloads(yaml_documents(text))), ())
        except NotYaml as error:
            if not _BEGINS.search(text):
                raise InputError(f"{path}: neither JSON nor YAML ({error}); {hint}") from error
    return _JsonText(text, path, hint).documents()


def _payloads(values: list[object], first: int = 1) -> Iterator[Document]:
    """Each value, or each item of it if it is a list."""
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            yield Document(f"payload {first}", item)
            first += 1


class _JsonText:
    """JSON values one after another, perhaps with lines between them that are none."""

    def __init__(self, text: str, path: Path, hint: str) -> None:
        self._text = text
        self._path = path
        self._hint = hint
        self._notices: list[Notice] = []
        self._first_error: tuple[int, Exception] | None = None
        self._bad_parts = 0
        self._counted = (0, 1)  # a position, and the line that it is in

    def documents(self) -> Documents:
        items: list[Document] = []
        read = 0
        for value in self._values():
            if isinstance(value, Document):
                items.append(value)
            else:
                found = list(_payloads([value], read + 1))
                read += len(found)
                items += found
        if items and not read:
            raise self._nothing()
        return Documents(tuple(items), tuple(self._notices))

    def _values(self) -> Iterator[object]:
        """Each value; a `Document` for what is none."""
        decoder = json.JSONDecoder()
        text, position = self._text, 0
        while (position := _end_of(_GAP, text, position)) < len(text):
            if text[position] not in "{[":
                end = _line_end(text, position)
                yield self._not_read(Skipped.NOT_JSON, position, end)
                position = end
                continue
            try:
                value, position = decoder.raw_decode(text, position)
                yield value
            except _UNREADABLE as error:
                self._first_error = self._first_error or (position, error)
                self._bad_parts += 1
                following = _BEGINS.search(text, position + 1) if self._bad_parts < _MOST_BAD_PARTS else None
                end = following.start() if following else len(text)
                yield self._rest(position) if following is None else self._not_read(Skipped.UNREADABLE, position, end)
                position = end

    def _rest(self, position: int) -> object:
        """What there is of the last value, if it breaks off or is damaged."""
        whole = mended(self._text[position:])
        if whole is not None:
            if whole.lost:
                told = notice(
                    NoticeKind.DAMAGED, _DAMAGED, source=self._path.name,
                    count=whole.items, lost=whole.lost, size=len(self._text),
                )  # fmt: skip
                self._notices.append(told)
            return whole.value
        found = salvaged(self._text[position:])
        if found is None:
            return self._not_read(Skipped.UNREADABLE, position, len(self._text))
        lost = len(self._text) - position - found.kept
        told = notice(NoticeKind.TRUNCATED, _LOST, source=self._path.name, lost=lost, size=len(self._text))
        self._notices.append(told)
        return found.value

    def _not_read(self, reason: Skipped, begin: int, end: int) -> Document:
        return Document(f"line {self._line(begin)}", reason, self._text[begin : min(end, begin + 200)])

    def _line(self, position: int) -> int:
        """The line of a position; they are asked for in order."""
        begin, line = self._counted
        if position < begin:
            begin, line = 0, 1
        self._counted = position, line + self._text.count("\n", begin, position)
        return self._counted[1]

    def _nothing(self) -> InputError:
        position, error = self._first_error or (_end_of(_GAP, self._text, 0), ValueError("Expecting value"))
        if isinstance(error, RecursionError):
            return InputError(f"{self._path}: JSON nested too deeply to read; {self._hint}")
        if isinstance(error, json.JSONDecodeError):
            position = error.pos
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return InputError(f"{self._path}:{self._line(position)}: not JSON ({reason}); {self._hint}")


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found
