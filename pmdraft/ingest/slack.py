"""A channel of a Slack export, by name."""

from dataclasses import dataclass
from pathlib import Path

from pmdraft.ingest.chat import Conversation
from pmdraft.ingest.slack_chat import as_conversation
from pmdraft.ingest.slack_export import SlackArchive
from pmdraft.ingest.slack_source import SlackPages, workspace_url
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual

_NO_FILES = Bilingual(
    "エクスポートにメッセージのファイルがない。期間を正しく指定してエクスポートしたか",
    "the export has no message files for it; was it exported with the right dates?",
)


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
        return as_conversation(
            SlackPages(
                place=str(self.path),
                channel=found,
                users=tuple(archive.users),
                messages=archive.messages(found),
                names={channel.id: channel.folder for channel in archive.channels},
                unread=archive.lost.unread,
                notices=archive.lost.notices,
                workspace=workspace_url(self.workspace) if self.workspace else None,
                if_empty=_NO_FILES,
            )
        )
