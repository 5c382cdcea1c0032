"""Messages of Discord: DiscordChatExporter's JSON, an answer of the API, or what archiving bots keep."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pmdraft.evidence import Channel, ChatService, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, ChatOptions, Conversation
from pmdraft.ingest.slack_markup import day_and_time
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.json_messages import (
    Json,
    count_at,
    instant_at,
    list_at,
    read_json_messages,
    text_at,
)
from pmdraft.ingest.transcripts.text import EMPTY, channel_of
from pmdraft.shown import visible

NAME = "Discord messages"

_TIMES = ("timestamp", "created_at")
_EDITED = ("timestampEdited", "edited_timestamp", "edited_at")
_MENTION = re.compile(
    r"<(?P<kind>@[!&]?|#)(?P<id>\d{5,25})>|<a?(?P<emoji>:\w{1,64}:)\d{5,25}>|<t:(?P<seconds>\d{1,12})(?::[tTdDfFR])?>"
)
# What Discord writes itself: by name as DiscordChatExporter has it, by number as the API does.
_HOUSEKEEPING = frozenset(
    {"RecipientAdd", "RecipientRemove", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage",
     "GuildMemberJoin", "1", "2", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
)  # fmt: skip


def recognises(head: Head) -> bool:
    """Whether its first message has a content, an author and a time as Discord has them."""
    message = head.message
    if isinstance(head.first.get("guild"), dict) and isinstance(head.first.get("channel"), dict):
        return True
    return "content" in message and "author" in message and any(key in message for key in _TIMES)


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:  # noqa: ARG001 - Discord leaves nothing open
    """The messages of the channel.

    Raises:
        InputError: it cannot be read.
    """
    found = read_json_messages(path)
    names = _names(message for _, message in found.items)
    unread = Counter({Skipped.UNREADABLE: found.unread} if found.unread else {})
    messages: list[ChatMessage] = []
    for number, (_, message) in enumerate(found.items, 1):
        told = _message(path, message, number, names)
        if told is None:
            unread[Skipped.NO_TIME] += 1
        else:
            messages.append(told)
    page = found.items[0][0] if found.items else {}
    authors = dict.fromkeys(message.author for message in messages if message.author and not message.is_bot)
    return (
        Conversation(
            place=str(path),
            channel=_channel(path, page),
            messages=messages,
            people=tuple(Person(id=name, handle=name) for name in authors),
            unread=unread,
            notices=found.notices,
            if_empty=EMPTY,
        ),
    )


def _message(path: Path, message: Json, number: int, names: Mapping[str, str]) -> ChatMessage | None:
    at = next((at for key in _TIMES if (at := instant_at(message, key))), None)
    if at is None:
        return None
    author = message.get("author")
    return ChatMessage(
        key=text_at(message, "id") or f"{path}:{number}",
        at=at,
        author=_name(author) or None,
        text=visible("\n".join(_lines(message, names))).strip(),
        file=f"{path.parent.name}/{path.name}" if not text_at(message, "id") else path.name,
        is_bot=isinstance(author, dict) and (author.get("isBot") is True or author.get("bot") is True),
        thread=_replied_to(message),
        edited=next((edited for key in _EDITED if (edited := instant_at(message, key))), None),
        reactions=sum(count_at(reaction, "count") for reaction in list_at(message, "reactions")),
        pinned=message.get("isPinned") is True or message.get("pinned") is True,
        skip=Skipped.HOUSEKEEPING if text_at(message, "type") in _HOUSEKEEPING else None,
    )


def _lines(message: Json, names: Mapping[str, str]) -> Iterator[str]:
    """What a person saw: text, what links unfold to, and the names of files."""
    if content := text_at(message, "content"):
        yield _MENTION.sub(lambda match: _mentioned(match, names), content)
    for embed in list_at(message, "embeds"):
        parts = [text_at(embed, *keys) for keys in (("author", "name"), ("title",), ("description",))]
        parts += [f"{text_at(item, 'name')}: {text_at(item, 'value')}".strip(": ") for item in list_at(embed, "fields")]
        yield from (_MENTION.sub(lambda match: _mentioned(match, names), part) for part in parts if part)
    for file in list_at(message, "attachments"):
        if name := next((name for key in ("fileName", "filename", "origin_name") if (name := text_at(file, key))), ""):
            yield f"[file: {name}]"
    for sticker in list_at(message, "stickers") or list_at(message, "sticker_items"):
        if name := text_at(sticker, "name"):
            yield f"[sticker: {name}]"


def _replied_to(message: Json) -> str | None:
    return text_at(message, "reference", "messageId") or text_at(message, "message_reference", "message_id") or None


def _mentioned(match: re.Match[str], names: Mapping[str, str]) -> str:
    if match["emoji"]:
        return match["emoji"]
    if match["seconds"]:
        try:
            return day_and_time(int(match["seconds"]))
        except ValueError:
            return match[0]
    sign = "#" if match["kind"] == "#" else "@"
    return sign + names.get(match["id"], match["id"])


def _names(messages: Iterable[Json]) -> dict[str, str]:
    """What the people who wrote or were mentioned are called, by their ids."""
    people = (person for message in messages for person in (message.get("author"), *list_at(message, "mentions")))
    return {who: name for person in people if (who := text_at(person, "id")) and (name := _name(person))}


def _name(person: object) -> str:
    if isinstance(person, str):
        return person
    keys = ("nickname", "global_name", "name", "username")
    return next((name for key in keys if (name := text_at(person, key))), "")


def _channel(path: Path, page: Json) -> Channel:
    own, name = text_at(page, "channel", "id"), text_at(page, "channel", "name")
    if not name:
        return channel_of(path, ChatService.DISCORD)
    return Channel(id=own or name, name=name, service=ChatService.DISCORD)
