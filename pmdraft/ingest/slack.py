"""Evidence from the Slack channel of an incident."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError, UsageError
from pmdraft.evidence import Channel, Evidence, EvidenceKind, Origin, Person, Skipped, Source, SourceCount
from pmdraft.ingest.slack_export import SlackArchive
from pmdraft.ingest.slack_message import SlackMessage, instant, visible_text
from pmdraft.ingest.slack_source import Conversation, SlackSource, SlackUser
from pmdraft.ingest.window import Window
from pmdraft.shown import visible

# Slack writes these itself; they tell of membership, not of the incident.
_HOUSEKEEPING = frozenset(
    f"{place}_{what}"
    for place in ("channel", "group")
    for what in ("join", "leave", "archive", "unarchive", "convert_to_private", "posting_permissions")
) | {"bot_add", "bot_remove", "pinned_item", "unpinned_item", "reminder_add"}


@dataclass(frozen=True, slots=True)
class SlackExport:
    """A channel of a Slack export.

    Attributes:
        path: the export, a zip file or a folder.
        channel: the channel's name, with or without #, or its id.
        workspace: name of the workspace (`acme` of acme.slack.com), for links to messages;
            an export does not say it, and without it the draft has no such links.
    """

    path: str | Path
    channel: str
    workspace: str | None = None

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - an export is read whole
        """The channel, as the export has it.

        Raises:
            ChannelNotFound: the export has no such channel.
            InputError: it is not a Slack export.
        """
        archive = SlackArchive(Path(self.path))
        found = archive.channel(self.channel)
        return Conversation(
            source=str(self.path),
            channel=found,
            users=tuple(archive.users),
            messages=archive.messages(found),
            workspace=f"https://{_workspace(self.workspace)}.slack.com" if self.workspace else None,
            if_empty="the export has no message files for it; was it exported with the right dates?",
        )


class SlackReading(NamedTuple):
    """What a channel gave."""

    evidence: tuple[Evidence, ...]
    people: tuple[Person, ...]
    channel: Channel
    source: SourceCount
    zones: Counter[str]
    """Time zones of the people who wrote, by number of messages."""
    pinned: tuple[str, ...]
    """Ids of the evidence that somebody pinned in the channel."""


def read_slack(source: SlackSource, window: Window) -> SlackReading:
    """Read one channel.

    Raises:
        ChannelNotFound: there is no such channel.
        InputError: it cannot be read, or holds no messages.
        SlackError: Slack itself was asked, and refused or cannot be reached.
    """
    conversation = source.conversation(window)
    found = conversation.channel
    users = {user.id: user for user in conversation.users}
    handles = {user.id: user.handle for user in conversation.users} | dict(conversation.groups)
    base = f"{conversation.workspace}/archives/{found.id}" if conversation.workspace else None

    skipped: Counter[Skipped] = Counter()
    kept: dict[str, tuple[SlackMessage, str, str]] = {}
    read = 0
    for name, messages in conversation.messages:
        for message in messages:
            read += 1
            text = visible(visible_text(message, handles)).strip()
            if reason := _why_not(message, text, window, kept):
                skipped[reason] += 1
            else:
                kept[message.ts] = (message, name, text)
    if not kept:
        why = _told(skipped) if read else conversation.if_empty
        raise InputError(f"{conversation.source}: channel {found.folder!r} has no messages to draft from; {why}")

    ids = {ts: f"S{number}" for number, ts in enumerate(sorted(kept, key=instant), 1)}
    evidence = tuple(
        Evidence(
            id=ids[ts],
            source=Source.SLACK,
            kind=EvidenceKind.BOT_MESSAGE if _is_bot(kept[ts][0], users) else EvidenceKind.MESSAGE,
            at=instant(ts),
            author=_author(kept[ts][0], handles),
            text=kept[ts][2],
            permalink=_permalink(base, found.id, kept[ts][0]),
            raw=Origin(file=kept[ts][1], channel=found.id, ts=ts),
            thread=_thread(kept[ts][0], ids),
            edited=_edited(kept[ts][0]),
            reactions=sum(reaction.count for reaction in kept[ts][0].reactions),
        )
        for ts in ids
    )
    return SlackReading(
        evidence,
        tuple(_person(user) for user in conversation.users),
        Channel(id=found.id, name=found.folder, permalink=base, bookmarks=conversation.bookmarks),
        SourceCount(name=f"#{found.folder}", source=Source.SLACK, read=read, used=len(kept), skipped=dict(skipped)),
        Counter(user.tz for message, *_ in kept.values() if (user := users.get(message.user or "")) and user.tz),
        tuple(ids[ts] for ts in ids if ts in conversation.pinned or kept[ts][0].pinned_to),
    )


def _workspace(name: str) -> str:
    """`acme`, also from acme.slack.com or its address."""
    match = re.fullmatch(r"(?:https?://)?([A-Za-z0-9][A-Za-z0-9-]*(?:\.enterprise)?)(?:\.slack\.com)?/?", name.strip())
    if match is None:
        raise UsageError(f"workspace {name!r} is not known; write acme for acme.slack.com")
    return match[1]


def _why_not(message: SlackMessage, text: str, window: Window, kept: Mapping[str, object]) -> Skipped | None:
    if message.ts in kept:
        return Skipped.REPEATED  # a reply shown in the channel too comes twice
    if message.subtype in _HOUSEKEEPING:
        return Skipped.HOUSEKEEPING
    if message.subtype == "tombstone":
        return Skipped.DELETED
    if instant(message.ts) not in window:
        return Skipped.OUTSIDE_WINDOW
    return None if text else Skipped.NO_TEXT


def _told(skipped: Mapping[Skipped, int]) -> str:
    return f"skipped {', '.join(f'{count} {reason}' for reason, count in skipped.items())}"


def _is_bot(message: SlackMessage, users: Mapping[str, SlackUser]) -> bool:
    user = users.get(message.user or "")
    return message.bot_id is not None or message.subtype == "bot_message" or (user is not None and user.is_bot)


def _author(message: SlackMessage, handles: Mapping[str, str]) -> str | None:
    return handles.get(message.user or "") or message.username or message.user or message.bot_id


def _thread(message: SlackMessage, ids: Mapping[str, str]) -> str | None:
    return ids.get(message.thread_ts or "") if message.thread_ts != message.ts else None


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
