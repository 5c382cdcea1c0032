"""A Slack channel's messages as those of any chat."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from pmdraft.evidence import Channel, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, Conversation
from pmdraft.ingest.slack_markup import Names
from pmdraft.ingest.slack_message import SlackMessage, instant
from pmdraft.ingest.slack_source import SlackPages, SlackUser
from pmdraft.ingest.slack_text import visible_text
from pmdraft.shown import visible

# Slack writes these itself; they tell of membership, not of the incident.
_HOUSEKEEPING = frozenset(
    f"{place}_{what}"
    for place in ("channel", "group")
    for what in ("join", "leave", "archive", "unarchive", "convert_to_private", "posting_permissions")
) | {"bot_add", "bot_remove", "bot_enable", "bot_disable", "pinned_item", "unpinned_item", "reminder_add"}
# Exports of before 2018 name an integration only where it was added.
_ADDED = re.compile(r"/services/(?P<id>B[A-Z0-9]{2,20})\|(?P<name>[^>|]{1,80})>")
_MENTION = re.compile(r"@([UW][A-Z0-9]{2,20})")


def as_conversation(pages: SlackPages) -> Conversation:
    """The channel, its messages as people saw them."""
    base = f"{pages.workspace}/archives/{pages.channel.id}" if pages.workspace else None
    guests: dict[str, str] = {}
    messages = list(_messages(pages, base, guests))
    return Conversation(
        place=pages.place,
        channel=Channel(id=pages.channel.id, name=pages.channel.folder, permalink=base, bookmarks=pages.bookmarks),
        messages=[_with_guests(message, guests) for message in messages] if guests else messages,
        people=(
            *(_person(user) for user in pages.users),
            *(Person(id=guest, handle=handle, is_bot=guest.startswith("B")) for guest, handle in guests.items()),
        ),
        unread=Counter(pages.unread),
        notices=tuple(pages.notices),
        if_empty=pages.if_empty,
    )


def _messages(pages: SlackPages, base: str | None, guests: dict[str, str]) -> Iterator[ChatMessage]:
    """The messages; `guests` gets the names of writers whom no list of people holds."""
    users = {user.id: user for user in pages.users}
    names = {user.id: user.handle for user in pages.users} | dict(pages.names)
    for file, messages in pages.messages:
        for message in messages:
            user = users.get(message.user or "")
            if user is None and message.user and message.user_profile and message.user_profile.handle:
                guests.setdefault(message.user, message.user_profile.handle)
            if message.subtype == "bot_add" and (added := _ADDED.search(message.text or "")):
                guests.setdefault(added["id"], added["name"])
            yield ChatMessage(
                key=message.ts,
                at=instant(message.ts),
                author=_author(message, names),
                text=visible(visible_text(message, names)).strip(),
                file=file,
                ts=message.ts,
                is_bot=_is_bot(message, user),
                thread=message.thread_ts if message.thread_ts != message.ts else None,
                edited=_edited(message) if message.edited else None,
                reactions=sum(reaction.count for reaction in message.reactions) if message.reactions else 0,
                permalink=_permalink(base, pages.channel.id, message) if base else None,
                zone=user.tz if user else None,
                pinned=message.ts in pages.pinned or bool(message.pinned_to),
                skip=_skip(message) if message.subtype else None,
            )


def _with_guests(message: ChatMessage, guests: Mapping[str, str]) -> ChatMessage:
    """The message with the names that perhaps only a later one told."""
    author = guests.get(message.author or "", message.author)
    text = _MENTION.sub(lambda match: f"@{guests.get(match[1], match[1])}", message.text)
    return message._replace(author=author, text=text)


def _skip(message: SlackMessage) -> Skipped | None:
    if message.subtype in _HOUSEKEEPING:
        return Skipped.HOUSEKEEPING
    return Skipped.DELETED if message.subtype == "tombstone" else None


def _is_bot(message: SlackMessage, user: SlackUser | None) -> bool:
    return bool(message.bot_id) or message.subtype == "bot_message" or (user is not None and user.is_bot)


def _author(message: SlackMessage, names: Names) -> str | None:
    named = names.get(message.user or "") or message.username
    told = message.user_profile or message.bot_profile
    return named or (told and told.handle) or message.user or message.bot_id


def _edited(message: SlackMessage) -> datetime | None:
    try:
        return instant(message.edited.ts) if message.edited and message.edited.ts else None
    except ValueError:  # an edit with an odd time is still a message worth having
        return None


def _permalink(base: str, channel: str, message: SlackMessage) -> str:
    link = f"{base}/p{message.ts.replace('.', '')}"
    in_thread = message.thread_ts and message.thread_ts != message.ts
    return f"{link}?thread_ts={message.thread_ts}&cid={channel}" if in_thread else link


def _person(user: SlackUser) -> Person:
    names = (user.name, user.real_name, user.profile.real_name, user.profile.display_name)
    others = tuple(dict.fromkeys(name for name in names if name and name != user.handle))
    return Person(id=user.id, handle=user.handle, names=others, is_bot=user.is_bot)
