"""An incident's channel as evidence."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import EvidenceKind, Skipped
from pmdraft.ingest.chat_reading import ChatReading, read_chats
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window
from tests.builders import message, slack_export, write_json

BOB: dict[str, object] = {
    "id": "U2",
    "name": "bob",
    "tz": "Europe/Berlin",
    "profile": {"real_name": "Bob Berg", "display_name": "bob"},
}
BOT: dict[str, object] = {"id": "U3", "name": "pagerduty", "is_bot": True}


def reading(
    folder: Path,
    *messages: dict[str, object],
    users: list[dict[str, object]] | None = None,
    window: Window | None = None,
) -> ChatReading:
    """A channel of these messages, read."""
    alice: dict[str, object] = {"id": "U1", "name": "alice", "tz": "Asia/Tokyo"}
    export = slack_export(folder, {"ops": messages}, users=[alice, *(users or [])])
    return read_chats([SlackExport(export, "ops", workspace="acme")], window or Window())


def test_a_message_becomes_evidence(tmp_path: Path) -> None:
    read = reading(tmp_path, message("API is down", "14:23:05.000120", reactions=[{"name": "eyes", "count": 3}]))

    item = read.evidence[0]
    assert (item.id, item.kind, item.author, item.text) == ("S1", EvidenceKind.MESSAGE, "alice", "API is down")
    assert item.at == datetime(2025, 10, 27, 5, 23, 5, 120, tzinfo=UTC)
    assert item.reactions == 3
    assert (item.raw.file, item.raw.channel, item.raw.ts) == ("ops/2025-10-27.json", "C1", "1761542585.000120")


def test_messages_are_numbered_in_the_order_of_time(tmp_path: Path) -> None:
    read = reading(tmp_path, message("third", "14:25:00"), message("first", "14:23:00"), message("second", "14:24:00"))

    assert [(item.id, item.text) for item in read.evidence] == [("S1", "first"), ("S2", "second"), ("S3", "third")]


def test_a_microsecond_decides_which_message_was_first(tmp_path: Path) -> None:
    read = reading(tmp_path, message("later", "14:23:00.000002"), message("earlier", "14:23:00.000001"))

    assert [item.text for item in read.evidence] == ["earlier", "later"]


def test_a_reply_shown_in_the_channel_too_counts_once(tmp_path: Path) -> None:
    parent = message("API is down")
    reply = message("rolling back", "14:24:00", thread_ts=parent["ts"])

    read = reading(tmp_path, parent, reply, {**reply, "subtype": "thread_broadcast"})

    assert [item.text for item in read.evidence] == ["API is down", "rolling back"]
    assert read.sources[0].skipped == {Skipped.REPEATED: 1}


def test_a_reply_names_the_message_it_replies_to(tmp_path: Path) -> None:
    parent = message("API is down")
    parent["thread_ts"] = parent["ts"]

    read = reading(tmp_path, parent, message("on it", "14:24:00", thread_ts=parent["ts"]))

    assert [item.thread for item in read.evidence] == [None, "S1"]


def test_a_reply_to_a_message_that_is_gone_replies_to_nothing(tmp_path: Path) -> None:
    read = reading(tmp_path, message("on it", thread_ts="1761500000.000000"))

    assert read.evidence[0].thread is None


def test_a_permalink_opens_the_message(tmp_path: Path) -> None:
    read = reading(tmp_path, message("API is down", "14:23:05.000120"))

    assert read.evidence[0].permalink == "https://acme.slack.com/archives/C1/p1761542585000120"
    assert read.channels[0].permalink == "https://acme.slack.com/archives/C1"


def test_the_permalink_of_a_reply_opens_its_thread(tmp_path: Path) -> None:
    parent = message("API is down")
    parent["thread_ts"] = parent["ts"]

    read = reading(tmp_path, parent, message("on it", "14:24:00", thread_ts=parent["ts"]))

    assert [item.permalink for item in read.evidence] == [
        "https://acme.slack.com/archives/C1/p1761542580000000",
        "https://acme.slack.com/archives/C1/p1761542640000000?thread_ts=1761542580.000000&cid=C1",
    ]


def test_without_a_workspace_there_are_no_permalinks(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")]})

    read = read_chats([SlackExport(export, "ops")], Window())

    assert (read.evidence[0].permalink, read.channels[0].permalink) == (None, None)


def test_an_edit_keeps_its_time(tmp_path: Path) -> None:
    read = reading(tmp_path, message("fixed typo", edited={"user": "U1", "ts": "1761542700.000000"}))

    assert read.evidence[0].edited == datetime(2025, 10, 27, 5, 25, tzinfo=UTC)


def test_an_edit_with_an_odd_time_leaves_the_message(tmp_path: Path) -> None:
    read = reading(tmp_path, message("fixed typo", edited={"user": "U1", "ts": "once"}))

    assert (read.evidence[0].text, read.evidence[0].edited) == ("fixed typo", None)


@pytest.mark.parametrize("edited", [{"user": "U1", "ts": None}, {}])
def test_an_edit_without_a_time_leaves_the_message(tmp_path: Path, edited: dict[str, object]) -> None:
    read = reading(tmp_path, message("fixed typo", edited=edited))

    assert read.evidence[0].edited is None


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"user": "U2"}, "bob"),
        ({"user": "U9"}, "U9"),
        ({"user": None, "username": "deploybot", "bot_id": "B1"}, "deploybot"),
        ({"user": None, "bot_id": "B1"}, "B1"),
        ({"user": None}, None),
    ],
)
def test_the_author_is_named_as_well_as_the_export_can(
    tmp_path: Path, fields: dict[str, object], author: str | None
) -> None:
    read = reading(tmp_path, {**message("hello"), **fields}, users=[BOB])

    assert read.evidence[0].author == author


@pytest.mark.parametrize("fields", [{"bot_id": "B1"}, {"subtype": "bot_message"}, {"user": "U3"}])
def test_a_bot_is_known_as_one(tmp_path: Path, fields: dict[str, object]) -> None:
    read = reading(tmp_path, {**message("deployed"), **fields}, users=[BOT])

    assert read.evidence[0].kind is EvidenceKind.BOT_MESSAGE


@pytest.mark.parametrize("subtype", ["channel_join", "group_leave", "channel_archive", "bot_add", "pinned_item"])
def test_what_slack_notes_about_membership_is_no_evidence(tmp_path: Path, subtype: str) -> None:
    read = reading(tmp_path, message("API is down"), message("<@U1> has joined", "14:24:00", subtype=subtype))

    assert [item.text for item in read.evidence] == ["API is down"]
    assert read.sources[0].skipped == {Skipped.HOUSEKEEPING: 1}


@pytest.mark.parametrize("subtype", ["channel_topic", "me_message", "file_share", "thread_broadcast"])
def test_what_a_person_said_in_another_way_is_evidence(tmp_path: Path, subtype: str) -> None:
    read = reading(tmp_path, message("set the topic: SEV-1", subtype=subtype))

    assert len(read.evidence) == 1


def test_a_deleted_message_is_no_evidence(tmp_path: Path) -> None:
    gone = message("This message was deleted.", "14:24:00", subtype="tombstone")

    read = reading(tmp_path, message("API is down"), gone)

    assert read.sources[0].skipped == {Skipped.DELETED: 1}


def test_only_the_window_is_read_its_ends_included(tmp_path: Path) -> None:
    clocks = ["14:22:59.999999", "14:23:00", "14:24:00", "14:24:00.000001"]
    window = Window(datetime(2025, 10, 27, 5, 23, tzinfo=UTC), datetime(2025, 10, 27, 5, 24, tzinfo=UTC))

    read = reading(tmp_path, *(message(clock, clock) for clock in clocks), window=window)

    assert [item.text for item in read.evidence] == ["14:23:00", "14:24:00"]
    assert read.sources[0].skipped == {Skipped.OUTSIDE_WINDOW: 2}


def test_the_counts_of_a_channel_add_up(tmp_path: Path) -> None:
    read = reading(
        tmp_path,
        message("API is down"),
        message("API is down"),
        message("joined", "14:24:00", subtype="channel_join"),
        message("gone", "14:25:00", subtype="tombstone"),
        message("", "14:26:00"),
        message("  \n", "14:27:00"),
        message("too late", "16:00:00"),
        window=Window(until=datetime(2025, 10, 27, 6, 0, tzinfo=UTC)),
    )

    assert read.sources[0].skipped == {
        Skipped.REPEATED: 1,
        Skipped.HOUSEKEEPING: 1,
        Skipped.DELETED: 1,
        Skipped.NO_TEXT: 2,
        Skipped.OUTSIDE_WINDOW: 1,
    }
    assert (read.sources[0].name, read.sources[0].read, read.sources[0].used) == ("#ops", 7, 1)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\x07", "\x1b[31m", "\U000e0041", "\u00ad"])
def test_control_and_bidirectional_characters_vanish(tmp_path: Path, hidden: str) -> None:
    read = reading(tmp_path, message(f"roll{hidden}back"))

    assert read.evidence[0].text == "rollback"


def test_the_arabic_letter_mark_vanishes(tmp_path: Path) -> None:
    read = reading(tmp_path, message("roll\u061cback"))

    assert read.evidence[0].text == "rollback"


@pytest.mark.parametrize("text", ["a\tb\nc", "👩‍💻 on call", "葛󠄀城さん", "が" + "か\u3099"])
def test_characters_that_a_reader_sees_stay(tmp_path: Path, text: str) -> None:
    read = reading(tmp_path, message(text))

    assert read.evidence[0].text == text


def test_a_message_of_invisible_characters_has_no_text(tmp_path: Path) -> None:
    read = reading(tmp_path, message("API is down"), message("\u200b\u2060", "14:24:00"))

    assert read.sources[0].skipped == {Skipped.NO_TEXT: 1}


def test_half_an_emoji_left_by_a_bot_does_not_reach_the_draft(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": []})
    cut = json.dumps([message("fire \ud83d")])
    (export / "ops" / "2025-10-27.json").write_text(cut, encoding="ascii")

    read = read_chats([SlackExport(export, "ops")], Window())

    assert read.evidence[0].text.encode("utf-8").startswith(b"fire")


@pytest.mark.parametrize("text", ["<b>x</b>", "{{ secrets }}", "{% raw %}", "```\ncode\n```", "| a | b |"])
def test_mark_up_of_other_languages_stays_text(tmp_path: Path, text: str) -> None:
    read = reading(tmp_path, message(text.replace("<", "&lt;").replace(">", "&gt;")))

    assert read.evidence[0].text == text


def test_people_are_known_by_every_name_they_have(tmp_path: Path) -> None:
    user: dict[str, object] = {
        "id": "U5",
        "name": "k.tanaka",
        "real_name": "田中 健",
        "profile": {"real_name": "田中 健", "display_name": "ken"},
    }

    read = reading(tmp_path, message("hello"), users=[user])

    assert (read.people[1].handle, read.people[1].names) == ("ken", ("k.tanaka", "田中 健"))


def test_zones_are_counted_by_what_people_wrote(tmp_path: Path) -> None:
    read = reading(tmp_path, message("a"), message("b", "14:24:00", user="U2"), message("c", "14:25:00"), users=[BOB])

    assert read.zones == {"Asia/Tokyo": 2, "Europe/Berlin": 1}


def test_a_channel_without_message_files_is_told(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": []})
    write_json(export / "channels.json", [{"id": "C1", "name": "quiet"}])

    with pytest.raises(
        InputError, match=r"channel 'quiet' has no messages to draft from; the export has no message files"
    ):
        read_chats([SlackExport(export, "quiet")], Window())


def test_a_channel_of_nothing_but_joins_is_told_with_the_reason(tmp_path: Path) -> None:
    joined = [message("joined", f"14:2{minute}:00", subtype="channel_join") for minute in range(3)]

    with pytest.raises(InputError, match=r"channel 'ops' has no messages to draft from; skipped 3 housekeeping"):
        reading(tmp_path, *joined)
