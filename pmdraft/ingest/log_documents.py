"""Logs that are no lines: JSON documents and CSV, such as results of CloudWatch Logs Insights, read as a stream."""

import csv
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pmdraft.ingest.mending import BEGINS, like

# The lists in which cloud services hand out entries, wherever they are in the outermost objects.
_NAMED_LIST = (
    r'\{[^\[\]]{0,2000}?"(?:results?|events|hits|entries|data|logs|logEvents|items|records|Records)"\s{0,20}:\s{0,20}\['
)
_LIST = re.compile(rf"\s{{0,1000}}(?:\[|{_NAMED_LIST})")
_DOCUMENT = re.compile(
    rf"\s{{0,1000}}(?:\[\s{{0,1000}}[{{\[]|{_NAMED_LIST}\s{{0,1000}}[{{\[]|\{{\s{{0,20}}\n\s{{0,80}}\")"
)
_BETWEEN = re.compile(r"[\s,]*")
_LONGEST_RECORD = 4 << 20
_MOST_BAD_STARTS = 1_000
_OVERLAP = 300  # what `BEGINS` needs to see before an object
_SEPARATORS = ",\t;"
_TIME_COLUMNS = {"@timestamp", "timestamp", "time", "date", "datetime", "ts", "@ingestiontime"}


class Record(NamedTuple):
    """One record of a document.

    Attributes:
        line: where it begins, from 1.
        fields: what it holds; empty where it is none.
        lost: characters of JSON that could not be read here; 0 where it could.
    """

    line: int
    fields: dict[str, object]
    lost: int = 0


class UnreadJson(NamedTuple):
    """What of a document could not be read.

    Attributes:
        places: how many places in it are damaged.
        size: characters that are lost there.
        line: the line from which nothing could be read; None if it was read to its end.
    """

    places: int = 0
    size: int = 0
    line: int | None = None


class DamagedDocument(Exception):
    """The document breaks off, or is no JSON from the line on that is its argument."""


def is_json_document(head: str) -> bool:
    """Whether a text that begins so is JSON whose entries are not a line each."""
    return _DOCUMENT.match(head) is not None


def separator_of(first_line: str) -> str | None:
    """What separates the columns if this line names them, and one of them is a time; else None."""
    for separator in _SEPARATORS:
        columns = {column.strip(' "').lower() for column in first_line.split(separator)}
        if len(columns) > 1 and columns & _TIME_COLUMNS:
            return separator
    return None


def csv_records(lines: Iterable[str], separator: str) -> Iterator[Record]:
    """The rows of a table whose first row names the columns; a row too long to be read is empty."""
    rows = csv.DictReader((f"{line}\n" for line in lines), delimiter=separator, restkey="")
    line = 2
    while True:
        try:
            yield Record(line, dict(next(rows)))
        except csv.Error:
            yield Record(line, {})
        except StopIteration:
            return
        line = rows.line_num + 1


def json_records(pieces: Iterable[str]) -> Iterator[Record]:
    """The records of a JSON document: those in its list, or one after another, round what is damaged.

    Raises:
        DamagedDocument: it breaks off, or nothing behind some place can be read.
    """
    text = _Text(pieces)
    text.skip(_LIST)
    text.skip(_BETWEEN)
    usual: Collection[str] = ()
    while not text.is_over():
        line = text.line
        try:
            value = text.value()
        except DamagedDocument:
            yield Record(line, {}, text.go_on_behind_damage(usual))
            continue
        for fields in _records_in(value):
            yield Record(line, fields)
        if isinstance(value, dict):
            usual = value.keys()
        text.skip(_BETWEEN)


def _has_time(fields: Collection[str]) -> bool:
    return not _TIME_COLUMNS.isdisjoint(name.lower() for name in fields)


def _records_in(value: object) -> Iterator[dict[str, object]]:
    """The records that an element of a list stands for, in the shapes that services give them."""
    match value:
        case {"_source": dict(source)}:  # Elasticsearch
            yield source
        case {"stream": dict(labels), "values": list(lines)}:  # Loki
            pairs = (line for line in lines if isinstance(line, list) and len(line) > 1)
            yield from ({**labels, "ts": pair[0], "message": pair[1]} for pair in pairs)
        case [{"field": _, "value": _}, *_]:  # CloudWatch Logs Insights
            yield {str(cell.get("field")): cell.get("value") for cell in value if isinstance(cell, dict)}
        case dict():
            yield value
        case _:
            yield {}


class _Text:
    """JSON that is read piece by piece.

    Attributes:
        line: where its unread part begins, from 1.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._decoder = json.JSONDecoder()
        self._text, self._at = "", 0
        self.line = 1
        self._grow()

    def is_over(self) -> bool:
        """Whether nothing follows, or nothing but the end of a list."""
        return self._at == len(self._text) or self._text[self._at] in "]}"

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go on behind what matches here."""
        while match := pattern.match(self._text, self._at):
            self._go_on(match.end())
            if self._at < len(self._text) or not self._grow():
                return

    def value(self) -> object:
        """The value that begins here.

        Raises:
            DamagedDocument: there is none.
        """
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                # Whether it only goes on in the next piece cannot be told apart from what is no JSON.
                if (
                    isinstance(error, RecursionError)
                    or len(self._text) - self._at > _LONGEST_RECORD
                    or not self._grow()
                ):
                    raise DamagedDocument(self.line) from error
            else:
                self._go_on(end)
                return value

    def go_on_behind_damage(self, usual: Collection[str]) -> int:
        """Go to the next object that can be read and is a record; give how much was passed.

        Args:
            usual: fields of the records before, of which it has most; where there are none, a time is enough.

        Raises:
            DamagedDocument: there is none.
        """
        begun, lost = self.line, 0
        for _ in range(_MOST_BAD_STARTS):
            found = BEGINS.search(self._text, max(0, self._at - 1))
            if found is None:
                lost += max(0, len(self._text) - self._at - _OVERLAP)
                self._go_on(max(self._at, len(self._text) - _OVERLAP))
                if not self._grow():
                    break
                continue
            lost += found.end() - self._at
            self._go_on(found.end())
            try:
                value, _ = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                # What only goes on in the next piece is tried again.
                if len(self._text) - self._at <= _LONGEST_RECORD and self._grow():
                    continue
                value = None
            if isinstance(value, dict) and (like(value, usual) if usual else _has_time(value)):
                return lost
            lost += 1
            self._go_on(self._at + 1)
        raise DamagedDocument(begun)

    def _go_on(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _grow(self) -> bool:
        """Take in as much again as is unread, so that a long value is not begun anew too often."""
        unread = self._text[self._at :]
        taken: list[str] = []
        size = 0
        for piece in self._pieces:
            taken.append(piece)
            size += len(piece)
            if size > len(unread):
                break
        self._text, self._at = unread + "".join(taken), 0
        return size > 0
