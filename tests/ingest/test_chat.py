"""Several conversations of one incident, read into one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmdraft.drafting.prompts import Task, stage_request
from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.evidence import Channel, ChatService, EvidenceKind, Person, Skipped, Source
from pmdraft.ingest import gather
from pmdraft.ingest.chat import ChatMessage, ChatOptions, Conversation
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual, Language
from pmdraft.wire import TimelineAnswer
from tests.builders import message, slack_export, write_json

START = datetime(2025, 10, 27, 5, 23, tzinfo=UTC)
TIMELINE = Task("timeline", TimelineAnswer, "timeline", {"part": 1, "parts": 1})


@dataclass
class Said:
    """A conversation of these messages."""

    name: str
    messages: Sequence[ChatMessage]
    service: ChatService = ChatService.IRC
    people: tuple[Person, ...] = ()
    unread: int = 0

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - all there is
        return Conversation(
            place=f"{self.name}.log",
            channel=Channel(id=self.name, name=self.name, service=self.service),
            messages=self.messages,
            people=self.people,
            unread=Counter({Skipped.UNREADABLE: self.unread}) if self.unread else Counter(),
            if_empty=Bilingual("空", "it is empty"),
        )


def said(text: str, minute: int = 0, **more: object) -> ChatMessage:
    fields = {"key": f"{minute}:{text}", "at": START + timedelta(minutes=minute), "author": "alice", "file": "x.log"}
    return ChatMessage(text=text, **{**fields, **more})  # type: ignore[arg-type]  # fields of any type


def test_messages_of_all_channels_are_numbered_together_in_the_order_of_time() -> None:
    read = read_chats([Said("ops", [said("first"), said("third", 2)]), Said("dev", [said("second", 1)])], Window())

    assert [(item.id, item.channel, item.text) for item in read.evidence] == [
        ("C1", "ops", "first"),
        ("C2", "dev", "second"),
        ("C3", "ops", "third"),
    ]
    assert [channel.title for channel in read.channels] == ["#ops", "#dev"]


def test_slack_keeps_its_letter_beside_another_chat() -> None:
    read = read_chats([Said("ops", [said("a", 1)], ChatService.SLACK), Said("dev", [said("b")])], Window())

    assert [(item.id, item.source) for item in read.evidence] == [("C1", Source.CHAT), ("S1", Source.SLACK)]


def test_each_channel_has_its_own_count_and_all_add_up() -> None:
    quiet = Said("dev", [said("joined", skip=Skipped.HOUSEKEEPING), said("late", 90)], unread=2)

    read = read_chats(
        [Said("ops", [said("a"), said("a"), said("", 3)]), quiet], Window(until=START + timedelta(hours=1))
    )

    assert [(source.name, source.read, source.used) for source in read.sources] == [("#ops", 3, 1), ("#dev", 4, 0)]
    assert read.sources[0].skipped == {Skipped.REPEATED: 1, Skipped.NO_TEXT: 1}
    assert read.sources[1].skipped == {Skipped.UNREADABLE: 2, Skipped.HOUSEKEEPING: 1, Skipped.OUTSIDE_WINDOW: 1}
    assert all(source.read == source.used + sum(source.skipped.values()) for source in read.sources)


def test_what_was_skipped_can_be_looked_up() -> None:
    read = read_chats([Said("ops", [said("a"), said("joined", 1, skip=Skipped.HOUSEKEEPING, line=7)])], Window())

    assert [(item.reason, item.place, item.text) for item in read.sources[0].left_out] == [
        (Skipped.HOUSEKEEPING, "x.log:7", "joined")
    ]


def test_the_same_channel_from_two_files_is_one_channel_and_its_messages_come_once() -> None:
    read = read_chats([Said("ops", [said("a")]), Said("ops", [said("a"), said("b", 1)])], Window())

    assert [item.text for item in read.evidence] == ["a", "b"]
    assert len(read.channels) == 1
    assert read.sources[1].skipped == {Skipped.REPEATED: 1}


def test_the_same_key_in_another_channel_is_another_message() -> None:
    read = read_chats([Said("ops", [said("a", key="1")]), Said("dev", [said("b", key="1")])], Window())

    assert [item.text for item in read.evidence] == ["a", "b"]


def test_a_reply_finds_its_message_in_its_own_channel() -> None:
    reply = said("on it", 2, thread="1")

    read = read_chats([Said("ops", [said("down?", key="1"), reply]), Said("dev", [said("x", 1, key="1")])], Window())

    assert [item.thread for item in read.evidence] == [None, None, "C1"]


def test_an_empty_channel_beside_others_is_told_in_its_count() -> None:
    read = read_chats([Said("ops", [said("a")]), Said("dev", [])], Window())

    assert [notice.en for notice in read.sources[1].notices] == ["#dev: no messages; it is empty"]
    assert read.sources[1].notices[0].to(Language.JA) == "#dev: メッセージがない。空"


def test_channels_that_hold_nothing_at_all_are_an_error() -> None:
    with pytest.raises(InputError, match=r"^ops\.log: channel 'ops' has no messages to draft from; it is empty$"):
        read_chats([Said("ops", []), Said("dev", [])], Window())


def test_no_sources_give_nothing() -> None:
    assert read_chats([], Window()).evidence == ()


def test_people_zones_bots_and_pins_come_along() -> None:
    alice = Person(id="U1", handle="alice")
    messages = [said("a", zone="Asia/Tokyo"), said("b", 1, is_bot=True, pinned=True)]

    read = read_chats([Said("ops", messages, people=(alice,)), Said("dev", [], people=(alice,))], Window())

    assert (read.people, read.zones, read.pinned) == ((alice,), {"Asia/Tokyo": 1}, ("C2",))
    assert [item.kind for item in read.evidence] == [EvidenceKind.MESSAGE, EvidenceKind.BOT_MESSAGE]


def test_a_prompt_says_which_channel_a_message_is_from_only_if_there_are_several(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")], "dev": [message("which API?", "14:24:00")]})
    one = gather(SlackExport(export, "ops"))
    two = one.model_copy(
        update={
            "evidence": read_chats([SlackExport(export, "ops"), SlackExport(export, "dev")], Window()).evidence,
            "other_channels": (Channel(id="C2", name="dev"),),
        }
    )

    alone, both = (
        stage_request(TIMELINE, incident, incident.evidence, language=Language.EN).messages[1].content
        for incident in (one, two)
    )

    assert "Slack channel: #ops" in alone
    assert "in ops" not in alone
    assert "#ops (Slack), #dev (Slack)" in both
    assert "| slack | in dev | alice\n" in both


def test_channels_that_are_named_come_in_that_order(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")], "dev": [message("which?", "14:24:00")]})
    form = chat_form(export, "")

    assert form is not None
    assert form.sources(export, ChatOptions(channels=("dev", "ops"))) == (
        SlackExport(export, "dev"),
        SlackExport(export, "ops"),
    )


def test_a_few_channels_that_are_not_named_all_go_in_each_message_with_its_own(tmp_path: Path) -> None:
    export = slack_export(
        tmp_path,
        {"ops": [message("API is down")], "incident-7": [message("which?", "14:24:00")], "quiet": []},
    )
    (export / "quiet" / "2025-10-27.json").unlink(missing_ok=True)
    write_json(export / "groups.json", [{"name": "no id"}])

    incident = gather(files=[export])

    assert [(item.channel, item.text) for item in incident.evidence] == [
        ("ops", "API is down"),
        ("incident-7", "which?"),
    ]
    assert [channel.title for channel in incident.channels] == ["#incident-7", "#ops"]
    assert [len(source.notices) for source in incident.sources] == [1, 0]


def test_of_many_channels_some_must_be_named(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {f"team-{number}": [message("x")] for number in range(11)})

    with pytest.raises(
        InputError, match=r"11 channels; say which to take with --channel team-0 \(.*\): team-0, team-1"
    ):
        gather(files=[export])
    assert len(gather(files=[export], channels=["team-3", "team-4"]).channels) == 2


def test_a_channel_that_is_named_is_looked_for_in_every_export(tmp_path: Path) -> None:
    exports = [slack_export(tmp_path / name, {name: [message(name)]}) for name in ("ops", "dev")]
    write_json(exports[1] / "channels.json", [{"id": "C7", "name": "dev"}])

    incident = gather(files=exports, channels=["dev", "ops"])

    assert [channel.name for channel in incident.channels] == ["dev", "ops"]
    with pytest.raises(ChannelNotFound, match="no channel 'opz'"):
        gather(files=exports, channels=["dev", "opz"])


def test_a_folder_of_something_else_is_no_chat(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("hello")

    assert chat_form(tmp_path, "") is None
