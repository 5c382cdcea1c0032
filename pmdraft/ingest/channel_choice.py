"""Which channels of an export are taken: those that a user names, or all of a few."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.ingest.chat import ChatOptions, ChatSource
from pmdraft.ingest.slack_source import SlackChannel

# An incident has a channel, perhaps one for each team besides; a whole workspace is no incident.
_MOST = 10
_MOST_TOLD = 40
_OF_INCIDENT = ("incident", "inc-", "outage", "war-room", "sev", "障害", "インシデント")


class Holder(Protocol):
    """A form of chat: `ChatForm` tells of its members."""

    @property
    def has_channels(self) -> bool:  # noqa: D102 - told there
        ...

    def sources(self, path: Path, options: ChatOptions, /) -> tuple[ChatSource, ...]:  # noqa: D102 - likewise
        ...


def unnamed(path: Path, spoken: Sequence[SlackChannel]) -> list[SlackChannel]:
    """The channels to take where none is named: all, the one that is called after the incident first.

    Args:
        path: the export.
        spoken: its channels that have messages.

    Raises:
        InputError: there are none, or too many to be one incident's.
    """
    if not spoken:
        raise InputError(f"{path}: holds no channel; was it exported with the right dates?")
    if len(spoken) > _MOST:
        names = ", ".join(channel.folder for channel in spoken[:_MOST_TOLD])
        more = f" and {len(spoken) - _MOST_TOLD} more" if len(spoken) > _MOST_TOLD else ""
        raise InputError(
            f"{path}: {len(spoken)} channels; say which to take with --channel {spoken[0].folder} "
            f"(may be repeated): {names}{more}"
        )
    return sorted(spoken, key=lambda channel: not any(word in channel.folder.lower() for word in _OF_INCIDENT))


def chosen(holders: Sequence[tuple[Path, Holder]], options: ChatOptions) -> Iterator[ChatSource]:
    """The conversations of all files, the main one first.

    A channel that is named need not be in each of several exports, but in one.

    Raises:
        ChannelNotFound: a channel that is named is in none of them.
        InputError: one cannot be read, or leaves open which of its channels is meant.
    """
    exports = [(path, holder) for path, holder in holders if holder.has_channels]
    if len(exports) > 1 and options.channels:
        for name in options.channels:
            yield from _called(name, exports, options)
        exports = []
    for path, holder in holders:
        if not holder.has_channels or exports:
            yield from holder.sources(path, options)


def _called(name: str, exports: Sequence[tuple[Path, Holder]], options: ChatOptions) -> Iterator[ChatSource]:
    """The channel of that name, of each export that has it."""
    missing: ChannelNotFound | None = None
    found: list[ChatSource] = []
    for path, holder in exports:
        try:
            found += holder.sources(path, replace(options, channels=(name,)))
        except ChannelNotFound as error:
            missing = missing or error
    if not found and missing is not None:
        raise missing
    yield from found
