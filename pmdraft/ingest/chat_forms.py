"""Which form a file or folder of chat has, and the sources that it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.ingest.chat import ChatOptions, ChatSource
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.slack_export import SlackArchive

HEAD = 16_384
"""How many characters of a text are enough to tell its form."""


@dataclass(frozen=True, slots=True)
class ChatForm:
    """A form that chat comes in.

    Attributes:
        name: what people call it.
        sources: its conversations, the main one first; raises `InputError` where the options leave
            open which channel, day or zone is meant.
    """

    name: str
    sources: Callable[[Path, ChatOptions], tuple[ChatSource, ...]]


def chat_form(path: Path, head: str) -> ChatForm | None:
    """The form of chat that a file or folder has, told by its content; None where it is none.

    Args:
        path: the file or folder; archives and folders are looked into.
        head: the first `HEAD` characters of a text file; empty for anything else.
    """
    if not head and _is_slack_export(path):
        return ChatForm("Slack export", _channels_of_export)
    return None


def _is_slack_export(path: Path) -> bool:
    try:
        SlackArchive(path)
    except InputError:
        return False
    return True


def _channels_of_export(path: Path, options: ChatOptions) -> tuple[ChatSource, ...]:
    names = options.channels
    if not names:
        listed = SlackArchive(path).channels
        if len(listed) != 1:
            near = ", ".join(channel.folder for channel in listed[:8])
            raise InputError(f"{path}: {len(listed)} channels; say which to take: {near}")
        names = (listed[0].id,)
    return tuple(SlackExport(path, name, options.workspace) for name in names)
