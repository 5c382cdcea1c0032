"""Slack messages out of JSON, good and bad: all that is there, and a word on what is not."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from pmdraft.evidence import Skipped
from pmdraft.ingest.jsonfile import NULS
from pmdraft.ingest.mending import mended
from pmdraft.ingest.salvage import salvaged
from pmdraft.ingest.slack_message import SlackMessage
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice

_MESSAGES = TypeAdapter(list[SlackMessage])
_BREAKS_OFF = Bilingual(
    "{source}: {count} 件目の後で切れている。残りの {lost} 文字と、その後に続くはずのものが失われた",
    "{source}: breaks off after {count} messages; lost: the {lost} characters that are left, and whatever followed",
)
_IN_ITS_MIDST = Bilingual(
    "{source}: 途中が壊れている。{count} 件は読めたが、{lost} 文字が失われた",
    "{source}: damaged in its midst; {count} items could be read, {lost} characters are lost",
)
_DAMAGED = Bilingual(
    "{source}: UTF-8 でない箇所が {count} あり、� に置き換えた", "{source}: {count} places are not UTF-8, and became �"
)
NOT_MESSAGES = Bilingual(
    "{source}: 読まなかった（メッセージの JSON ではない）", "{source}: not read (no JSON of messages)"
)


@dataclass(slots=True)
class Lost:
    """What of a channel could not be read.

    Attributes:
        unread: how many messages, and why.
        notices: what else a reader of the draft should know.
    """

    unread: Counter[Skipped] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)


def read_messages(data: bytes, name: str, lost: Lost) -> list[SlackMessage]:
    """The messages of a file that is a list of them, such as a day of an export.

    Args:
        data: the file.
        name: what notices call it.
        lost: takes what cannot be read.
    """
    try:
        return _MESSAGES.validate_json(data)
    except ValidationError:  # something in it is wrong: the way that takes longer tells what
        return messages_of(json_items(data, name, lost), lost)


def json_items(data: bytes, name: str, lost: Lost, key: str | None = None) -> list[object]:
    """The items of a JSON list, or of the list that an object holds as `key`; of a broken file those that are whole."""
    value = json_value(data, name, lost)
    items = value.get(key) if key and isinstance(value, dict) else value
    if isinstance(items, list):
        return items
    if value is not None:
        lost.notices.append(notice(NoticeKind.NOT_READ, NOT_MESSAGES, source=name))
    return []


def json_value(data: bytes, name: str, lost: Lost) -> object:
    """The value of a JSON file; of a broken one without the items that are not whole, None if nothing is left."""
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if replaced := text.count("\ufffd") - data.count("\ufffd".encode()):
        lost.notices.append(notice(NoticeKind.DAMAGED, _DAMAGED, source=name, count=replaced))
    if nuls := text.count("\0"):
        lost.notices.append(notice(NoticeKind.DAMAGED, NULS, source=name, count=nuls))
        text = text.replace("\0", "")
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        if value is not None:
            return value
    if found := mended(text):
        if found.lost:
            told = notice(NoticeKind.DAMAGED, _IN_ITS_MIDST, source=name, count=found.items, lost=found.lost)
            lost.notices.append(told)
        return found.value
    if (begun := salvaged(text)) is None:
        lost.notices.append(notice(NoticeKind.NOT_READ, NOT_MESSAGES, source=name))
        return None
    count = len(begun.value) if isinstance(begun.value, list) else 1
    told = notice(NoticeKind.TRUNCATED, _BREAKS_OFF, source=name, count=count, lost=len(text) - begun.kept)
    lost.notices.append(told)
    return begun.value


def messages_of(items: Iterable[object], lost: Lost) -> list[SlackMessage]:
    """Those of the items that are messages, without the fields that are not as they should be."""
    found = [_message(item) for item in items]
    lost.unread.update(item for item in found if isinstance(item, Skipped))
    return [item for item in found if isinstance(item, SlackMessage)]


def _message(item: object) -> SlackMessage | Skipped:
    if not isinstance(item, dict):
        return Skipped.UNREADABLE
    fields = {name: value for name, value in item.items() if value is not None}
    if isinstance(fields.get("ts"), int | float) and fields["ts"] is not True:
        fields["ts"] = f"{fields['ts']:.6f}"
    for _ in range(2):  # once as it is, once without what is wrong
        try:
            return SlackMessage.model_validate(fields)
        except ValidationError as error:
            wrong = {problem["loc"][0] for problem in error.errors(include_url=False, include_input=False)}
            if "ts" in wrong:
                return Skipped.NO_TIME
            fields = {name: value for name, value in fields.items() if name not in wrong}
    return Skipped.UNREADABLE
