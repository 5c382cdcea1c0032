"""A transcript as lines of text, and the conversation that they make."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pmdraft.evidence import Assumed, Channel, ChatService, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, Conversation
from pmdraft.ingest.textfile import TextFile, TextReport
from pmdraft.ingest.zones import assumed_of, written_zone
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice
from pmdraft.shown import visible

EMPTY = Bilingual("読み取れる発言がない", "no line of it is a message")
_DAMAGED = Bilingual(
    "{source}: 文字として読めない箇所が {count} あり、� に置き換えた",
    "{source}: {count} places are no text, and became �",
)
_CUT_OFF = Bilingual(
    "{source}: 圧縮ファイルが途中で切れているか壊れている。読めたのは先頭の {size} バイトまで",
    "{source}: the compressed file breaks off or is damaged; read: its first {size} bytes of text",
)
_LONG_LINES = Bilingual(
    "{source}: 長すぎる {count} 行の後半を捨てた", "{source}: {count} lines are too long; the rest of each was dropped"
)
# A file that is named for a day is of the channel that its folder is named for, as bots lay logs out.
_DAY = re.compile(r"\d{4}[-_.]?\d\d[-_.]?\d\d")


@dataclass(slots=True)
class Speech:
    """One message as a transcript has it; lines that follow may belong to it.

    Attributes:
        line: where it begins, from 1.
        at: when it was said, aware.
        author: who said it.
        lines: what was said.
        skip: why it is no evidence.
        edited: when it was last changed.
        reactions: how many people reacted to it.
        is_bot: whether a program said it.
    """

    line: int
    at: datetime
    author: str | None
    lines: list[str] = field(default_factory=list)
    skip: Skipped | None = None
    edited: datetime | None = None
    reactions: int = 0
    is_bot: bool = False


def read_lines(path: Path) -> tuple[list[str], list[Notice]]:
    """The lines of a text file, and what a reader should know of how it was read.

    Raises:
        InputError: it cannot be read.
    """
    with TextFile(path) as file:
        lines = [visible(line) for line in file]
    return lines, list(_notices(path.name, file.report))


def _notices(name: str, report: TextReport) -> Iterable[Notice]:
    if report.replaced:
        yield notice(NoticeKind.DAMAGED, _DAMAGED, source=name, count=report.replaced)
    if report.loss is not None:
        yield notice(NoticeKind.TRUNCATED, _CUT_OFF, source=name, size=report.loss.salvaged)
    if report.cut:
        yield notice(NoticeKind.DAMAGED, _LONG_LINES, source=name, count=report.cut)


def channel_of(path: Path, service: ChatService) -> Channel:
    """The channel that a file is named for; of a transcript the file itself."""
    if service is ChatService.TRANSCRIPT:
        return Channel(id=path.name, name=path.name, service=service)
    name = path.parent.name if _DAY.fullmatch(path.stem) and path.parent.name else path.stem
    name = name.removeprefix("#") or path.name
    return Channel(id=name, name=name, service=service)


def conversation(
    path: Path,
    channel: Channel,
    speeches: Sequence[Speech],
    *,
    assumed_date: bool = False,
    unread: int = 0,
    notices: Sequence[Notice] = (),
) -> Conversation:
    """What was said in a transcript, as any conversation.

    Args:
        path: the file.
        channel: what it is of.
        speeches: what was said, in the order of the file.
        assumed_date: whether the day is the user's word.
        unread: how many lines are no part of a message.
        notices: what a reader should know of how it was read.
    """
    file = f"{path.parent.name}/{path.name}" if channel.name == path.parent.name else path.name
    people = dict.fromkeys(speech.author for speech in speeches if speech.author and not speech.is_bot)
    return Conversation(
        place=str(path),
        name=file,
        channel=channel,
        messages=[_message(speech, path, file, assumed_date=assumed_date) for speech in speeches],
        people=tuple(Person(id=name, handle=name) for name in people),
        unread=Counter({Skipped.UNREADABLE: unread}) if unread else Counter(),
        notices=tuple(notices),
        if_empty=EMPTY,
    )


def _message(speech: Speech, path: Path, file: str, *, assumed_date: bool) -> ChatMessage:
    return ChatMessage(
        key=f"{path}:{speech.line}",
        at=speech.at,
        author=speech.author,
        text="\n".join(speech.lines).strip(),
        file=file,
        line=speech.line,
        is_bot=speech.is_bot,
        edited=speech.edited,
        reactions=speech.reactions,
        skip=speech.skip,
        written_zone=written_zone(speech.at),
        assumed=(*assumed_of(speech.at), *([Assumed.DATE] if assumed_date else [])),
    )
