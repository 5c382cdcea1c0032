"""Which form of chat a file or folder has, and the conversations that it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.ingest import slack_saved, slackdump, zulip_export
from pmdraft.ingest.channel_choice import unnamed
from pmdraft.ingest.chat import ChatOptions, ChatSource, Conversation
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.slack_export import SlackArchive
from pmdraft.ingest.transcripts import TranscriptForm, call_chat, discord, irc, lines, slack_window, webvtt, zulip
from pmdraft.ingest.transcripts.head import head_of_text
from pmdraft.ingest.window import Window

HEAD = 262_144
"""How many characters of a text are enough to tell its form."""

# The particular before the general.
TRANSCRIPTS: tuple[TranscriptForm, ...] = (
    webvtt, slack_saved, discord, zulip, irc, call_chat, lines, slack_window
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChatForm:
    """A form that chat comes in.

    Attributes:
        name: what people call it.
        sources: its conversations, the main one first; raises `InputError` where the options leave
            open which channel, day or zone is meant, `ChannelNotFound` where it has none of a name.
        has_channels: whether it may hold channels that options choose by name.
    """

    name: str
    sources: Callable[[Path, ChatOptions], tuple[ChatSource, ...]]
    has_channels: bool = False


def chat_form(path: Path, head: str) -> ChatForm | None:
    """The form of chat that a file or folder has, told by its content; None where it is none.

    Args:
        path: the file or folder; archives and folders are looked into.
        head: the first `HEAD` characters of a text file; empty for anything else.
    """
    if head:
        beginning = head_of_text(head)
        form = next((form for form in TRANSCRIPTS if form.recognises(beginning)), None)
        return ChatForm(form.NAME, _Reader(form).sources) if form else None
    if slackdump.is_archive(path):
        return ChatForm(slackdump.NAME, slackdump.channels, has_channels=True)
    if zulip_export.is_export(path):
        return ChatForm(zulip_export.NAME, zulip_export.topics, has_channels=True)
    return ChatForm("Slack export", _channels_of_export, has_channels=True) if _is_slack_export(path) else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Gives the conversations of a transcript as sources: they are read at once, for a file may hold several."""

    form: TranscriptForm

    def sources(self, path: Path, options: ChatOptions) -> tuple[ChatSource, ...]:
        return tuple(_Read(conversation) for conversation in self.form.read(path, options))


@dataclass(frozen=True, slots=True)
class _Read:
    """A conversation that has been read."""

    read: Conversation

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - a transcript is read whole
        return self.read


PLAIN = ChatForm(lines.NAME, _Reader(lines).sources)
"""What a text is taken for that the user says is chat, and that has no form of its own."""


def _is_slack_export(path: Path) -> bool:
    try:
        SlackArchive(path)
    except InputError:
        return False
    return True


def _channels_of_export(path: Path, options: ChatOptions) -> tuple[ChatSource, ...]:
    archive = SlackArchive(path)
    if options.channels:
        for name in options.channels:
            archive.channel(name)
        names = options.channels
    else:
        names = tuple(channel.id for channel in unnamed(path, archive.spoken or archive.channels[:1]))
    return tuple(SlackExport(path, name, options.workspace) for name in names)
