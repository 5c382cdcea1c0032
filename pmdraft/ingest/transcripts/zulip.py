"""Messages of Zulip: an answer of its API, or a list of messages out of one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pmdraft.evidence import Channel, ChatService, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, ChatOptions, Conversation
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.html_text import text_of_html
from pmdraft.ingest.transcripts.json_messages import Json, instant_at, list_at, read_json_messages, text_at
from pmdraft.ingest.transcripts.text import EMPTY
from pmdraft.notices import Notice
from pmdraft.shown import visible

NAME = "Zulip messages"


def recognises(head: Head) -> bool:
    """Whether its first message has what Zulip calls a sender and a time."""
    message = head.message
    return "sender_full_name" in message and "content" in message and "timestamp" in message


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:  # noqa: ARG001 - Zulip leaves nothing open
    """The messages, a conversation for each topic.

    Raises:
        InputError: it cannot be read.
    """
    found = read_json_messages(path)
    topics: dict[str, list[Json]] = {}
    for _, message in found.items:
        topics.setdefault(_topic(message) or path.stem, []).append(message)
    conversations: list[Conversation] = []
    for name, messages in topics.items():
        lost = (Counter({Skipped.UNREADABLE: found.unread}), found.notices) if not conversations else (Counter(), ())
        conversations.append(_conversation(path, name, messages, *lost))
    return tuple(conversations)


def _conversation(
    path: Path, name: str, messages: Sequence[Json], unread: Counter[Skipped], notices: tuple[Notice, ...]
) -> Conversation:
    said: list[ChatMessage] = []
    for number, message in enumerate(messages, 1):
        at = instant_at(message, "timestamp")
        if at is None:
            unread[Skipped.NO_TIME] += 1
        else:
            said.append(_message(path, message, at, number))
    people = dict.fromkeys(message.author for message in said if message.author and not message.is_bot)
    return Conversation(
        place=str(path),
        channel=Channel(id=name, name=name, service=ChatService.ZULIP),
        messages=said,
        people=tuple(Person(id=name, handle=name) for name in people),
        unread=unread,
        notices=notices,
        if_empty=EMPTY,
    )


def _message(path: Path, message: Json, at: datetime, number: int) -> ChatMessage:
    content = text_at(message, "content")
    # Markdown is what somebody typed; it is what the API gives only when asked for it.
    is_html = text_at(message, "content_type") != "text/x-markdown"
    return ChatMessage(
        key=text_at(message, "id") or f"{path}:{number}",
        at=at,
        author=text_at(message, "sender_full_name") or text_at(message, "sender_email") or None,
        text=visible(text_of_html(content) if is_html else content).strip(),
        file=path.name,
        is_bot=message.get("sender_is_bot") is True or text_at(message, "client").endswith("Webhook"),
        edited=instant_at(message, "last_edit_timestamp"),
        reactions=len(list_at(message, "reactions")),
    )


def _topic(message: Json) -> str:
    """`stream > topic`; empty where neither is told."""
    stream = text_at(message, "display_recipient")
    return " > ".join(part for part in (stream, text_at(message, "subject") or text_at(message, "topic")) if part)
