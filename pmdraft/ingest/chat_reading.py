"""The conversations of an incident, read into one reading; each has its own count."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError
from pmdraft.evidence import (
    Channel,
    Evidence,
    EvidenceKind,
    LeftOut,
    Origin,
    Person,
    Skipped,
    Source,
    SourceCount,
)
from pmdraft.ingest.chat import ChatMessage, ChatSource, Conversation
from pmdraft.ingest.garbage import collector_at_rest
from pmdraft.ingest.window import Window
from pmdraft.levels import Level
from pmdraft.notices import Notice, NoticeKind

# What was skipped is counted in full; beyond so many of a kind, an item tells no more.
_MOST_LISTED = 100
_SHOWN = 120
_LETTERS = {Source.SLACK: "S", Source.CHAT: "C"}


class ChatReading(NamedTuple):
    """What the conversations of an incident gave."""

    evidence: tuple[Evidence, ...]
    """In the order of time, S1... for Slack and C1... for other chats."""
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    """In the order of the sources, so the first is the main one."""
    sources: tuple[SourceCount, ...]
    zones: Counter[str]
    """Time zones of the people who wrote, by number of messages."""
    pinned: tuple[str, ...]
    """Ids of the evidence that somebody pinned."""


_Place = tuple[str, str]
"""Channel and key of a message: the same one may be in two files."""


class _Kept(NamedTuple):
    place: _Place
    message: ChatMessage
    conversation: Conversation


def read_chats(sources: Sequence[ChatSource], window: Window) -> ChatReading:
    """Read several conversations into one reading; each has its own count.

    Args:
        sources: the conversations, that of the incident's main channel first.
        window: messages outside of it are counted and left out.

    Raises:
        ChannelNotFound: there is no such channel.
        InputError: one cannot be read, or none of them holds a message.
        SlackError: Slack itself was asked, and refused or cannot be reached.
    """
    with collector_at_rest():
        return _read(sources, window)


def _read(sources: Sequence[ChatSource], window: Window) -> ChatReading:
    kept: dict[_Place, _Kept] = {}
    conversations, counts = [], []
    told: set[Notice] = set()
    for source in sources:
        conversation = source.conversation(window)
        # What is wrong with an export is found again with each of its channels.
        new = tuple(item for item in conversation.notices if item not in told)
        told.update(new)
        conversation = replace(conversation, notices=new)
        conversations.append(conversation)
        counts.append(_take(conversation, window, kept))
    if sources and not kept:
        raise _nothing(conversations[0], counts[0])
    ordered = sorted(kept.values(), key=lambda item: item.message.at)
    ids = dict(_numbered(ordered))
    return ChatReading(
        tuple(_evidence(item, ids) for item in ordered),
        tuple(dict.fromkeys(person for conversation in conversations for person in conversation.people)),
        tuple({conversation.channel.id: conversation.channel for conversation in reversed(conversations)}.values())[
            ::-1
        ],
        tuple(_told_apart(counts, conversations)),
        Counter(item.message.zone for item in ordered if item.message.zone),
        tuple(ids[item.place] for item in ordered if item.message.pinned),
    )


def _told_apart(counts: Sequence[SourceCount], conversations: Sequence[Conversation]) -> Iterator[SourceCount]:
    """The counts under names that differ: a channel that is in several files is named with each."""
    often = Counter(count.name for count in counts)
    for count, conversation in zip(counts, conversations, strict=True):
        file = Path(conversation.place).name
        yield count if often[count.name] == 1 else count.model_copy(update={"name": f"{count.name} ({file})"})


def _take(conversation: Conversation, window: Window, kept: dict[_Place, _Kept]) -> SourceCount:
    """Keep what is evidence, and count what is not."""
    skipped = Counter(conversation.unread)
    listed: list[LeftOut] = []
    used = 0
    for message in conversation.messages:
        item = _Kept((conversation.channel.id, message.key), message, conversation)
        if reason := _why_not(item, window, kept):
            skipped[reason] += 1
            if skipped[reason] <= _MOST_LISTED:
                listed.append(_left_out(message, reason))
        else:
            kept[item.place] = item
            used += 1
    return SourceCount(
        name=conversation.name or conversation.channel.title,
        source=conversation.source,
        read=used + skipped.total(),
        used=used,
        skipped={reason: count for reason, count in skipped.items() if count},
        left_out=tuple(listed),
        notices=(*conversation.notices, *([] if used + skipped.total() else [_empty(conversation)])),
    )


def _left_out(message: ChatMessage, reason: Skipped) -> LeftOut:
    place = f"{message.file}:{message.line}" if message.line else f"{message.file} {message.ts or message.key}"
    return LeftOut(reason=reason, place=place, text=message.text[:_SHOWN])


def _why_not(item: _Kept, window: Window, kept: dict[_Place, _Kept]) -> Skipped | None:
    if item.place in kept:
        return Skipped.REPEATED  # a reply shown in the channel too comes twice
    if item.message.skip is not None:
        return item.message.skip
    if item.message.at not in window:
        return Skipped.OUTSIDE_WINDOW
    return None if item.message.text else Skipped.NO_TEXT


def _empty(conversation: Conversation) -> Notice:
    name, why = conversation.channel.title, conversation.if_empty
    return Notice(
        kind=NoticeKind.NOT_READ, ja=f"{name}: メッセージがない。{why.ja}", en=f"{name}: no messages; {why.en}"
    )


def _nothing(conversation: Conversation, count: SourceCount) -> InputError:
    told = ", ".join(f"{number} {reason.replace('_', ' ')}" for reason, number in count.skipped.items())
    lost = [item.en for item in conversation.notices if item.wording.level is not Level.INFO]
    why = "; ".join([f"skipped {told}" if count.read else conversation.if_empty.en, *lost[:1]])
    return InputError(
        f"{conversation.place}: channel {conversation.channel.name!r} has no messages to draft from; {why}"
    )


def _numbered(ordered: Sequence[_Kept]) -> Iterator[tuple[_Place, str]]:
    numbers: Counter[str] = Counter()
    for item in ordered:
        letter = _LETTERS[item.conversation.source]
        numbers[letter] += 1
        yield item.place, f"{letter}{numbers[letter]}"


def _evidence(item: _Kept, ids: dict[_Place, str]) -> Evidence:
    place, message, conversation = item
    channel = conversation.channel
    return Evidence(
        id=ids[place],
        source=conversation.source,
        kind=EvidenceKind.BOT_MESSAGE if message.is_bot else EvidenceKind.MESSAGE,
        at=message.at,
        author=message.author,
        channel=channel.name,
        text=message.text,
        permalink=message.permalink,
        raw=_origin(message, channel.id),
        thread=ids.get((channel.id, message.thread)) if message.thread else None,
        edited=message.edited,
        reactions=message.reactions,
    )


def _origin(message: ChatMessage, channel: str) -> Origin:
    return Origin(
        file=message.file,
        line=message.line,
        channel=channel,
        ts=message.ts,
        zone=message.written_zone,
        assumed=message.assumed,
    )
