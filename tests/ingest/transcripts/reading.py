"""Transcripts for tests, read as a user would have them read."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.ingest.chat import ChatOptions
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.chat_reading import ChatReading, read_chats
from pmdraft.ingest.recognise import head_of
from pmdraft.ingest.window import Window

SAMPLES = Path(__file__).parent.parent.parent / "data" / "chat"
TOKYO = ZoneInfo("Asia/Tokyo")
OPTIONS = ChatOptions(begins=date(2025, 10, 27), zone=TOKYO)
CALL = ChatOptions(begins=datetime(2025, 10, 27, 14, 0), zone=TOKYO)  # noqa: DTZ001 - the zone is told apart from it


def read(path: Path, options: ChatOptions = OPTIONS) -> ChatReading:
    """A file of chat, its form told by its content."""
    form = chat_form(path, head_of(path))
    assert form, f"no form of chat fits {path.name}"
    return read_chats(form.sources(path, options), Window())


def said(reading: ChatReading) -> list[tuple[str, str | None, str]]:
    """Each message's time in Tokyo, author and text."""
    return [(f"{item.at.astimezone(TOKYO):%m-%d %H:%M}", item.author, item.text) for item in reading.evidence]


def form_of(text: str, folder: Path) -> str | None:
    """The form that a text of chat has."""
    path = folder / "pasted.txt"
    path.write_text(text, encoding="utf-8")
    form = chat_form(path, head_of(path))
    return form.name if form else None


def read_text(text: str, folder: Path, options: ChatOptions = OPTIONS) -> ChatReading:
    """A text of chat, its form told by its content."""
    path = folder / "pasted.txt"
    path.write_text(text, encoding="utf-8")
    return read(path, options)
