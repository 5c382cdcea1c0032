"""An organisation's export from Zulip: streams and topics, people, and messages a thousand to a file."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.evidence import Channel, ChatService, Person, Skipped
from pmdraft.ingest.chat import ChatMessage, ChatOptions, ChatSource, Conversation
from pmdraft.ingest.containers import container
from pmdraft.ingest.slack_json import Lost, json_value
from pmdraft.ingest.transcripts.html_text import text_of_html
from pmdraft.ingest.transcripts.json_messages import Json, instant_at, list_at, text_at
from pmdraft.ingest.transcripts.text import EMPTY
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice
from pmdraft.shown import visible

NAME = "Zulip export"

_MESSAGES = re.compile(r"messages-\d{6}\.json")
_PEOPLE = ("zerver_userprofile", "zerver_userprofile_mirrordummy", "zerver_userprofile_crossrealm")
_NAMES = ("full_name", "delivery_email", "email")
_OF_STREAM = 2  # zerver/models/recipients.py: 1 and 3 are direct messages, to one person and to several
_DIRECT = "direct messages"
_MOST_TOPICS = 10
_MOST_TOLD = 30
_LEFT_ALONE = Bilingual(
    "{source}: ダイレクトメッセージ {count} 件は読んでいない（読むなら --channel '{name}'）",
    "{source}: {count} direct messages left alone; --channel '{name}' takes them",
)
_BROKEN = Bilingual("{source}: 読まなかった（壊れているか、大きすぎる）", "{source}: not read (broken, or too large)")


class Place(NamedTuple):
    """Where something was said."""

    stream: str
    topic: str

    @property
    def title(self) -> str:
        """`stream > topic`, as the answers of Zulip's API are called too."""
        return " > ".join(part for part in self if part)


class _Row(NamedTuple):
    file: str
    message: Json


def is_export(path: Path) -> bool:
    """Whether a folder or zip is an organisation's export."""
    try:
        return _root_of(container(path).names()) is not None
    except InputError:
        return False


def topics(path: Path, options: ChatOptions) -> tuple[ChatSource, ...]:
    """The conversations of the streams or topics that the options name, or all of a few topics.

    Raises:
        ChannelNotFound: there is no stream or topic of that name.
        InputError: it cannot be read, or holds many topics and none is named.
    """
    export = _Export(path)
    found: dict[Place, list[_Row]] = {}
    direct = 0
    for place, row in export.rows():
        if not options.channels and place.stream == _DIRECT:
            direct += 1
        elif not options.channels or any(_is_called(place, name) for name in options.channels):
            rows = found.setdefault(place, [])
            if options.channels or len(found) <= _MOST_TOPICS:  # else it is refused below, and they need not be kept
                rows.append(row)
    if direct:
        told = notice(NoticeKind.LEFT_ALONE, _LEFT_ALONE, source=path.name, count=direct, name=_DIRECT)
        export.lost.notices.append(told)
    places = _in_order(path, export, list(found), options.channels)
    return tuple(_Topic(export, place, found[place], number == 0) for number, place in enumerate(places))


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic that has been read; the first of an export tells what of it could not be."""

    export: "_Export"
    place: Place
    rows: Sequence[_Row]
    is_first: bool

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - an export is read whole
        """What was said in it."""
        unread = Counter(self.export.lost.unread) if self.is_first else Counter[Skipped]()
        said = [message for row in self.rows if (message := self.export.message(row, unread))]
        authors = dict.fromkeys(message.author for message in said if message.author and not message.is_bot)
        return Conversation(
            place=str(self.export.path),
            channel=Channel(id=self.place.title, name=self.place.title, service=ChatService.ZULIP),
            messages=said,
            people=tuple(Person(id=name, handle=name) for name in authors),
            unread=unread,
            notices=tuple(self.export.lost.notices) if self.is_first else (),
            if_empty=EMPTY,
        )


class _Export:
    """The files of an export.

    Attributes:
        path: where it lies.
        lost: what of it could not be read, as far as it was looked at.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lost = Lost()
        self._files = container(path)
        root = _root_of(self._files.names())
        if root is None:
            raise InputError(f"{path}: no realm.json with messages-000001.json beside it; is this a Zulip export?")
        self._root = root
        realm = self._tables("realm.json", ("zerver_stream", "zerver_recipient", "zerver_reaction", *_PEOPLE))
        streams = {text_at(item, "id"): text_at(item, "name") for item in realm["zerver_stream"]}
        self._streams = {
            text_at(item, "id"): streams.get(text_at(item, "type_id"), "")
            for item in realm["zerver_recipient"]
            if text_at(item, "type") == str(_OF_STREAM)
        }
        self._people = {text_at(item, "id"): item for table in _PEOPLE for item in realm[table]}
        self._reactions = Counter(text_at(item, "message") for item in realm["zerver_reaction"])

    @cached_property
    def streams(self) -> list[str]:
        """The names of its streams."""
        return sorted({name for name in self._streams.values() if name})

    def rows(self) -> Iterator[tuple[Place, _Row]]:
        """Every message as it is written there, with where it was said."""
        for name in self._files.names():
            if name.startswith(self._root) and _MESSAGES.fullmatch(name.removeprefix(self._root)):
                file = name.removeprefix(self._root)
                for message in self._tables(file, ("zerver_message",))["zerver_message"]:
                    stream = self._streams.get(text_at(message, "recipient"), _DIRECT)
                    yield Place(stream, text_at(message, "subject") if stream != _DIRECT else ""), _Row(file, message)

    def message(self, row: _Row, unread: Counter[Skipped]) -> ChatMessage | None:
        """One message; None, and counted, where it has no time."""
        message = row.message
        at = instant_at(message, "date_sent") or instant_at(message, "pub_date")
        if at is None:
            unread[Skipped.NO_TIME] += 1
            return None
        person = self._people.get(text_at(message, "sender"), {})
        number = text_at(message, "id")
        rendered = text_at(message, "rendered_content")
        text = text_of_html(rendered) if rendered else text_at(message, "content")
        return ChatMessage(
            key=number or f"{row.file} {at.timestamp()}",
            at=at,
            author=text_at(person, "full_name")
            or text_at(person, "delivery_email")
            or text_at(person, "email")
            or None,
            text=visible(text).strip(),
            file=row.file,
            is_bot=person.get("is_bot") is True,
            edited=instant_at(message, "last_edit_time"),
            reactions=self._reactions[number],
            zone=text_at(person, "timezone") or None,
        )

    def _tables(self, name: str, wanted: Sequence[str]) -> Mapping[str, list[Json]]:
        """Tables out of one file, whose rows are objects."""
        shown = f"{self.path.name}/{self._root}{name}"
        try:
            value = json_value(self._files.read(self._root + name), shown, self.lost)
        except InputError:
            self.lost.notices.append(notice(NoticeKind.NOT_READ, _BROKEN, source=shown))
            value = None
        tables = value if isinstance(value, dict) else {}
        return {table: [item for item in list_at(tables, table) if isinstance(item, dict)] for table in wanted}


def _root_of(names: Sequence[str]) -> str | None:
    """The folder of the export, with a slash if it is not the outermost; None if there is none."""
    for name in names:
        if PurePosixPath(name).name == "realm.json":
            root = name.removesuffix("realm.json")
            if any(_MESSAGES.fullmatch(other.removeprefix(root)) for other in names if other.startswith(root)):
                return root
    return None


def _is_called(place: Place, name: str) -> bool:
    """Whether that is its stream (with or without #), its topic, or both."""
    return name.removeprefix("#") in (place.stream, place.topic, place.title)


def _in_order(path: Path, export: _Export, places: list[Place], wanted: Sequence[str]) -> list[Place]:
    for name in wanted:
        if not any(_is_called(place, name) for place in places):
            near = difflib.get_close_matches(name.removeprefix("#"), export.streams, n=3, cutoff=0.4)
            raise ChannelNotFound(
                f"{path}: no stream or topic {name!r} in this export; "
                f"nearest: {', '.join(near or export.streams[:3]) or 'none'} ({len(export.streams)} streams in all)"
            )
    if not wanted and len(places) > _MOST_TOPICS:
        counts = Counter(place.stream for place in places)
        told = ", ".join(f"{stream} ({number})" for stream, number in counts.most_common(_MOST_TOLD))
        raise InputError(
            f"{path}: {len(places)} topics; say which to take with --channel '{places[0].title}', or a whole stream "
            f"(may be repeated); streams with their topics: {told}"
        )
    if not places:
        raise InputError(f"{path}: no messages in the export's streams; was it exported with messages?")
    rank = {place: next((n for n, name in enumerate(wanted) if _is_called(place, name)), 0) for place in places}
    return sorted(places, key=lambda place: rank[place])
