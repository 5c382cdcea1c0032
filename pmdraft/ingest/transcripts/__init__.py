"""Chat in forms other than an export of Slack, a small module a form."""

from pathlib import Path
from typing import Protocol

from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.head import Head


class TranscriptForm(Protocol):
    """What the module of a form offers."""

    NAME: str
    """What people call the form."""

    def recognises(self, head: Head) -> bool:
        """Whether a file with this beginning has the form."""
        ...

    def read(self, path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
        """Its conversations.

        Raises:
            InputError: it cannot be read, or the options leave open what the file does not say.
        """
        ...
