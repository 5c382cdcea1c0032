"""Saved answers of Slack's Web API, slackdump's dumps of a channel, and single days of an export."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from pmdraft.errors import InputError
from pmdraft.evidence import Skipped
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.jsonfile import read_bytes
from pmdraft.ingest.slack_chat import as_conversation
from pmdraft.ingest.slack_json import Lost, json_items, messages_of
from pmdraft.ingest.slack_source import SlackChannel, SlackPages, SlackUser, workspace_url
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.json_messages import Json, list_at, read_json_messages, text_at
from pmdraft.language import Bilingual

NAME = "saved messages of Slack"

_TS = re.compile(r"\d{9,11}\.\d{6}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EMPTY = Bilingual("ファイルにメッセージがない", "no messages are in the file")
# What a file beside it may be called that says who is who.
_USERS = ("users.json", "../users.json", "../org_users.json")


def recognises(head: Head) -> bool:
    """Whether its first message has a `ts` of Slack's, or it is an answer without messages."""
    message = _unwrapped(head.message)
    is_slack = bool(_TS.fullmatch(text_at(message, "ts"))) and bool({"text", "user", "blocks", "type"} & message.keys())
    return is_slack or (head.first.get("messages") == [] and bool({"ok", "channel_id", "has_more"} & head.first.keys()))


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """The channel that the messages are of.

    Names come from the messages themselves, and from a `users.json` beside the file: a list, or what `users.list` gave.

    Raises:
        InputError: it cannot be read, or is no JSON.
    """
    found = read_json_messages(path)
    lost = Lost(notices=list(found.notices))
    lost.unread.update({Skipped.UNREADABLE: found.unread} if found.unread else {})
    messages = messages_of(_with_replies(_unwrapped(message) for _, message in found.items), lost)
    page = found.items[0] if found.items else ({}, {})
    pages = SlackPages(
        place=str(path),
        channel=_channel(path, *page),
        users=_users(path, lost),
        messages=[(path.name, messages)],
        workspace=workspace_url(options.workspace) if options.workspace else None,
        unread=lost.unread,
        notices=lost.notices,
        if_empty=_EMPTY,
    )
    return (as_conversation(pages),)


def _unwrapped(message: Json) -> Json:
    """The message in an event of the Events API."""
    event = message.get("event")
    message = event if isinstance(event, dict) else message
    changed = message.get("message")
    return changed if message.get("subtype") == "message_changed" and isinstance(changed, dict) else message


def _with_replies(messages: Iterable[Json]) -> Iterator[Json]:
    """Each message, with the replies that slackdump keeps within it."""
    for message in messages:
        yield message
        yield from (reply for reply in list_at(message, "slackdump_thread_replies") if isinstance(reply, dict))


def _channel(path: Path, page: Json, message: Json) -> SlackChannel:
    """The channel, as far as the file or its name says."""
    stem = path.parent.name if _DAY.fullmatch(path.stem) and path.parent.name else path.stem
    event = message.get("event")
    own = (
        text_at(page, "channel_id")
        or text_at(page, "channel")
        or text_at(message, "channel")
        or text_at(event, "channel")
    )
    name = text_at(page, "name") or stem
    return SlackChannel(id=own or name, name=name)


def _users(path: Path, lost: Lost) -> tuple[SlackUser, ...]:
    for name in _USERS:
        beside = path.parent / name
        if beside.is_file() and (name == "users.json" or _DAY.fullmatch(path.stem)):
            break
    else:
        return ()
    try:
        items = json_items(read_bytes(beside), beside.name, lost, "members")
    except InputError:
        return ()
    return tuple(user for item in items if (user := _user(item)))


def _user(item: object) -> SlackUser | None:
    try:
        return SlackUser.model_validate(item)
    except ValidationError:
        return None
