"""Messages in JSON, whatever chat they are of: one answer, a list of pages or of messages, or one a line."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pmdraft.ingest.clock import from_epoch, is_of_our_time, parse_instant
from pmdraft.ingest.documents import read_documents
from pmdraft.notices import Notice

Json = Mapping[str, object]
_HINT = "is it what the chat's API or exporter gave?"


class JsonMessages(NamedTuple):
    """What a file holds.

    Attributes:
        items: each message, with the page that it stood in: an object with `messages`, or an empty one.
        unread: how many parts of the file are no messages.
        notices: what a reader should know of how it was read.
    """

    items: list[tuple[Json, Json]]
    unread: int
    notices: tuple[Notice, ...]


def read_json_messages(path: Path) -> JsonMessages:
    """The messages in a file.

    Raises:
        InputError: it cannot be read, or is no JSON.
    """
    documents = read_documents(path, _HINT)
    items: list[tuple[Json, Json]] = []
    unread = 0
    for document in documents.items:
        for page, message in _messages(document.value):
            if isinstance(message, dict):
                items.append((page, message))
            else:
                unread += 1
    return JsonMessages(items, unread, documents.notices)


def _messages(value: object) -> Iterator[tuple[Json, object]]:
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        yield from ((value, message) for message in value["messages"])
    else:
        yield {}, value


def text_at(value: object, *keys: str) -> str:
    """The text at the end of a path of keys; a number as text; empty if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def list_at(value: object, key: str) -> list[object]:
    """The list under a key; empty if there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def count_at(value: object, key: str) -> int:
    """The number under a key that counts something; 0 if there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 10**9 else 0


def instant_at(value: object, key: str) -> datetime | None:
    """The moment under a key, ISO 8601 with its zone or seconds since 1970; None if there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    try:
        if isinstance(found, str) and not found.isdecimal():
            return parse_instant(found, None)
        at = from_epoch(float(found)) if isinstance(found, str | int | float) else None
    except (ValueError, OverflowError):
        return None
    return at if at and is_of_our_time(at) else None
