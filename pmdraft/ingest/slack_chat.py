"""A Slack channel's messages as those of any chat."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from pmdraft.evidence import Channel, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, Conversation
from pmdraft.ingest.slack_message import SlackMessage, instant, visible_text
from pmdraft.ingest.slack_source import SlackPages, SlackUser
from pmdraft.shown import visible

# Slack writes these itself; they tell of membership, not of the incident.
_HOUSEKEEPING = frozenset(
    f"{place}_{what}"
    for place in ("channel", "group")
    for what in ("join", "leave", "archive", "unarchive", "convert_to_private", "posting_permissions")
) | {"bot_add", "bot_remove", "pinned_item", "unpinned_item", "reminder_add"}


def as_conversation(pages: SlackPages) -> Conversation:
    """The channel, its messages as people saw them."""
    base = f"{pages.workspace}/archives/{pages.channel.id}" if pages.workspace else None
    channel = Channel(id=pages.channel.id, name=pages.channel.folder, permalink=base, bookmarks=pages.bookmarks)
    return Conversation(
        place=pages.place,
        channel=channel,
        messages=tuple(_messages(pages, base)),
        people=tuple(_person(user) for user in pages.users),
        unread=Counter(),
        if_empty=pages.if_empty,
    )


def _messages(pages: SlackPages, base: str | None) -> Iterator[ChatMessage]:
    users = {user.id: user for user in pages.users}
    handles = {user.id: user.handle for user in pages.users} | dict(pages.groups)
    for file, messages in pages.messages:
        for message in messages:
            user = users.get(message.user or "")
            yield ChatMessage(
                key=message.ts,
                at=instant(message.ts),
                author=_author(message, handles),
                text=visible(visible_text(message, handles)).strip(),
                file=file,
                ts=message.ts,
                is_bot=_is_bot(message, user),
                thread=message.thread_ts if message.thread_ts != message.ts else None,
                edited=_edited(message),
                reactions=sum(reaction.count for reaction in message.reactions),
                permalink=_permalink(base, pages.channel.id, message),
                zone=user.tz if user else None,
                pinned=message.ts in pages.pinned or bool(message.pinned_to),
                skip=_skip(message),
            )


def _skip(message: SlackMessage) -> Skipped | None:
    if message.subtype in _HOUSEKEEPING:
        return Skipped.HOUSEKEEPING
    return Skipped.DELETED if message.subtype == "tombstone" else None


def _is_bot(message: SlackMessage, user: SlackUser | None) -> bool:
    return message.bot_id is not None or message.subtype == "bot_message" or (user is not None and user.is_bot)


def _author(message: SlackMessage, handles: Mapping[str, str]) -> str | None:
    return handles.get(message.user or "") or message.username or message.user or message.bot_id


def _edited(message: SlackMessage) -> datetime | None:
    try:
        return instant(message.edited.ts) if message.edited and message.edited.ts else None
    except ValueError:  # an edit with an odd time is still a message worth having
        return None


def _permalink(base: str | None, channel: str, message: SlackMessage) -> str | None:
    if base is None:
        return None
    link = f"{base}/p{message.ts.replace('.', '')}"
    in_thread = message.thread_ts and message.thread_ts != message.ts
    return f"{link}?thread_ts={message.thread_ts}&cid={channel}" if in_thread else link


def _person(user: SlackUser) -> Person:
    names = (user.name, user.real_name, user.profile.real_name, user.profile.display_name)
    others = tuple(dict.fromkeys(name for name in names if name and name != user.handle))
    return Person(id=user.id, handle=user.handle, names=others, is_bot=user.is_bot)
