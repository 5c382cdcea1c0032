"""What kind of thing a file is, told by its content and never by its name."""

import json
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.errors import InputError
from pmdraft.ingest.alert_mapping import AlertMapping, MappingError
from pmdraft.ingest.chat_forms import HEAD, ChatForm, chat_form
from pmdraft.ingest.documents import read_documents
from pmdraft.ingest.log_recognition import are_log_lines, is_log_document, is_log_record
from pmdraft.ingest.textfile import TextFile
from pmdraft.ingest.vendors import envelopes, vendor_of
from pmdraft.ingest.vendors.times import Clock
from pmdraft.ingest.yaml_text import looks_like_yaml

_UTC = ZoneInfo("UTC")
_LINES = 200
_ILLEGIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\ufffd]")
_ILLEGIBLE_SHARE = 0.1
_SHARE_OF_JSON = 0.1
_BINARY = ("%PDF-", "\x7fELF", "SQLite format 3")
_LARGEST_VALUE = 256 * 1024 * 1024
_TIME_KEYS = {"@timestamp", "timestamp", "time", "ts", "datetime", "t", "__REALTIME_TIMESTAMP"}
_ENOUGH = 20
_DEEPEST = 4
_INCIDENT = "pmdraft-incident/"


class Form(StrEnum):
    """What a file holds."""

    CHAT = "chat"
    INCIDENT = "incident"
    """An incident as `pmdraft ingest --json` prints it."""
    ALERTS = "alerts"
    LOG = "log"
    TEXT = "text"
    EMPTY = "empty"
    NOT_TEXT = "not text"


class Recognised(NamedTuple):
    """What a file holds and, of a chat, which form it has."""

    form: Form
    chat: ChatForm | None = None


def recognise(path: Path, mapping: AlertMapping) -> Recognised:
    """What a file holds.

    Args:
        path: a file; what is compressed is looked into.
        mapping: how the user reads the alerts of tools that pmdraft does not know.

    Raises:
        InputError: it cannot be read.
    """
    if chat := chat_form(path, ""):
        return Recognised(Form.CHAT, chat)
    head = head_of(path)
    if not head.strip():
        return Recognised(Form.EMPTY)
    if _is_binary(head):
        return Recognised(Form.NOT_TEXT)
    if chat := chat_form(path, head):
        return Recognised(Form.CHAT, chat)
    form = _form_of_text(path, head, mapping)
    # An alert may look like an entry of a log; a log never looks like an alert of a known tool.
    return Recognised(
        Form.LOG
        if form is not Form.INCIDENT and is_log_document(head) and not _holds_alerts(path, head, mapping)
        else form
    )


def _holds_alerts(path: Path, head: str, mapping: AlertMapping) -> bool:
    return any(_is_alert(value, mapping) for value in islice(_values(path, head), _ENOUGH))


def head_of(path: Path) -> str:
    """The beginning of a text file.

    Raises:
        InputError: it cannot be read.
    """
    lines: list[str] = []
    left = HEAD
    with TextFile(path) as file:
        for block in file.blocks():  # the first may be a few bytes
            lines += block
            left -= sum(len(line) + 1 for line in block)
            if left <= 0:
                break
    return "\n".join(lines)[:HEAD]


def _is_binary(head: str) -> bool:
    return head.startswith(_BINARY) or len(_ILLEGIBLE.findall(head)) > _ILLEGIBLE_SHARE * len(head)


def _form_of_text(path: Path, head: str, mapping: AlertMapping) -> Form:
    lines = [line for line in head.splitlines() if line.strip()][:_LINES]
    one_a_line = list(islice(_objects(lines), _ENOUGH))
    if len(one_a_line) < min(_ENOUGH, _SHARE_OF_JSON * len(lines)):
        one_a_line = []  # a report may quote a line of a log
    whole = [] if one_a_line and len(lines) > 1 else list(islice(_values(path, head), _ENOUGH))
    values = whole or one_a_line
    if values and str(values[0].get("format", "")).startswith(_INCIDENT):
        return Form.INCIDENT
    if any(_is_alert(value, mapping) for value in values):
        return Form.ALERTS
    if values and all(is_log_record(value) for value in values):
        return Form.LOG
    if whole and head.lstrip().startswith(("{", "[")):
        return Form.ALERTS  # of an unknown tool
    if are_log_lines(lines) or any(_TIME_KEYS & value.keys() for value in one_a_line):
        return Form.LOG
    return Form.ALERTS if one_a_line else Form.TEXT


def _objects(lines: Sequence[str]) -> Iterator[dict[str, object]]:
    """The JSON objects that stand one a line."""
    for line in lines:
        if line.startswith("{"):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                yield value


def _values(path: Path, head: str) -> Iterator[dict[str, object]]:
    """The objects of a file that is JSON or YAML as a whole."""
    if not (head.lstrip().startswith(("{", "[")) or looks_like_yaml(head)):
        return
    try:
        if path.stat().st_size <= _LARGEST_VALUE:
            yield from (item.value for item in read_documents(path, "").items if isinstance(item.value, dict))
    except (InputError, OSError):
        return


def _is_alert(value: dict[str, object], mapping: AlertMapping, depth: int = 0) -> bool:
    """Whether somebody can read it, or what it wraps."""
    if _rule_for(value, mapping) or vendor_of(value):
        return True
    wrapped = islice(envelopes.contents(value, Clock(_UTC)), _ENOUGH) if depth < _DEEPEST else ()
    return any(_is_alert(inner, mapping, depth + 1) for inner, _ in wrapped)


def _rule_for(value: dict[str, object], mapping: AlertMapping) -> bool:
    try:
        return mapping.rule_for(value) is not None
    except MappingError:
        return False
