"""One sample of each form that chat comes in, read whole; docs/chat.md names them."""

from pathlib import Path

import pytest

from pmdraft.evidence import Channel, ChatService, EvidenceKind, Skipped, Source
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.recognise import head_of
from tests.ingest.transcripts.reading import CALL, OPTIONS, SAMPLES, TOKYO, read, said

DATA = SAMPLES.parent


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("slack_history.json", "saved messages of Slack"),
        ("slackdump_dump.json", "saved messages of Slack"),
        ("slack_window.en.txt", "text pasted from Slack"),
        ("slack_window.ja.txt", "text pasted from Slack"),
        ("irc/irssi.log", "IRC log"),
        ("irc/weechat.log", "IRC log"),
        ("irc/ops/2025-10-27.log", "IRC log"),
        ("zulip.json", "Zulip messages"),
        ("discord_exporter.json", "Discord messages"),
        ("discord_archive.json", "Discord messages"),
        ("call.vtt", "transcript of a call (WebVTT)"),
        ("call_chat.txt", "chat of a call (Zoom)"),
        ("lines.en.txt", "lines of time, name and text"),
        ("lines.ja.txt", "lines of time, name and text"),
    ],
)
def test_the_form_of_a_sample_is_told_by_its_content(file: str, form: str) -> None:
    found = chat_form(SAMPLES / file, head_of(SAMPLES / file))

    assert found
    assert found.name == form


@pytest.mark.parametrize("folder", ["logs", "alerts", "blameless"])
def test_no_sample_of_anything_else_is_taken_for_chat(folder: str) -> None:
    files = [path for path in sorted((DATA / folder).rglob("*")) if path.is_file()]

    taken = [path.name for path in files if (head := head_of(path)) and chat_form(path, head)]

    assert files
    assert taken == []


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SAMPLES.rglob("*")) if path.is_file() and path.suffix != ".md"],
    ids=lambda p: p.name,
)
def test_the_counts_of_a_sample_add_up(path: Path) -> None:
    for source in read(path, CALL).sources:
        assert source.read == source.used + sum(source.skipped.values())


def test_text_pasted_from_slack_in_english() -> None:
    reading = read(SAMPLES / "slack_window.en.txt")

    assert said(reading) == [
        ("10-27 14:23", "Alice Smith", "API is returning 503s for checkout"),
        ("10-27 14:24", "Alice Smith", "anyone else seeing this?"),
        ("10-27 14:25", "PagerDuty", "[#1432] High error rate on checkout-api"),
        ("10-27 14:31", "Bob Berg", "pool is exhausted: `max_connections: 100` (edited)"),
        ("10-27 23:58", "carol", "watching overnight"),
        ("10-28 00:05", "dave", "still green"),
        ("10-28 09:12", "erin", "closing this"),
    ]
    assert reading.evidence[1].reactions == 3
    assert reading.evidence[2].kind is EvidenceKind.BOT_MESSAGE
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 1}
    assert {item.source for item in reading.evidence} == {Source.SLACK}


def test_text_pasted_from_slack_in_japanese() -> None:
    reading = read(SAMPLES / "slack_window.ja.txt")

    assert said(reading) == [
        ("10-27 14:23", "田中 健", "APIが503を返しています"),
        ("10-27 14:24", "田中 健", "決済だけのようです"),
        ("10-27 14:25", "Datadog", "[Triggered] checkout-api のエラー率が高い"),
        ("10-27 14:31", "佐藤", "接続プールの上限でした（編集済み）"),
        ("10-27 23:58", "鈴木", "夜間も監視します"),
        ("10-28 00:04", "鈴木", "異常なしです"),
        ("10-28 09:13", "佐藤", "復旧を確認、クローズします"),
    ]
    assert reading.evidence[1].reactions == 2


def test_a_log_of_irssi() -> None:
    reading = read(SAMPLES / "irc" / "irssi.log")

    assert said(reading) == [
        ("10-27 14:23", "alice", "API is down"),
        ("10-27 14:24", "bob", "looking"),
        ("10-27 14:24", "bob", "bob restarts the pool"),
        ("10-27 14:26", None, "-!- alice changed the topic of #ops to: SEV-1 API down"),
        ("10-27 23:59", "bob", "still up"),
        ("10-28 00:03", "bob", "all green"),
    ]
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 2}


def test_a_log_of_weechat() -> None:
    reading = read(SAMPLES / "irc" / "weechat.log")

    assert [(item.author, item.text) for item in reading.evidence] == [
        ("alice", "API is down"),
        ("bob", "looking"),
        ("bob", "bob restarts the pool"),
    ]
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 3}


def test_a_log_of_a_bot_that_is_named_for_its_day_and_lies_in_the_folder_of_its_channel() -> None:
    reading = read(SAMPLES / "irc" / "ops" / "2025-10-27.log")

    assert said(reading) == [
        ("10-27 14:23", "alice", "API is down\nsecond line of it"),
        ("10-27 14:24", "bob", "bob restarts the pool"),
        ("10-27 14:25", "bob", "works again"),
        ("10-27 14:27", "ChanServ", "This channel is logged"),
    ]
    assert reading.channels == (Channel(id="ops", name="ops", service=ChatService.IRC),)
    assert reading.sources[0].name == "ops/2025-10-27.log"


def test_messages_of_zulip() -> None:
    reading = read(SAMPLES / "zulip.json")

    assert [(item.channel, item.author, item.text) for item in reading.evidence] == [
        (
            "incidents > API down",
            "Alice",
            "@Bob API is down & out, see [board](https://grafana.example.com/d/1)\n```\nERROR pool\n  exhausted\n```",
        ),
        ("incidents > API down", "Bob", "• restarted\n• green :tada:\n> really?"),
        ("incidents > lunch", "Bob", "noodles?"),
    ]
    assert [item.reactions for item in reading.evidence] == [1, 0, 0]
    assert reading.evidence[1].edited


def test_messages_that_discordchatexporter_wrote() -> None:
    reading = read(SAMPLES / "discord_exporter.json")

    assert said(reading) == [
        ("10-27 14:23", "Alice", "API is down @Bob\n[file: graph.png]"),
        ("10-27 14:24", "Bob", "on it :fire: since 2025-10-27 05:23:00 UTC"),
        ("10-27 14:25", "Grafana", "HighErrorRate\n5xx > 5%\nservice: checkout"),
    ]
    first, second, third = reading.evidence
    assert (first.reactions, second.thread, third.kind) == (3, "C1", EvidenceKind.BOT_MESSAGE)
    assert first.edited
    assert reading.pinned == ("C1",)
    assert reading.channels[0].title == "#incidents"
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 1}


def test_messages_that_an_archiving_bot_of_discord_wrote() -> None:
    reading = read(SAMPLES / "discord_archive.json")

    assert said(reading) == [
        ("10-27 14:23", "alice", "API is down, see #900000000000000002"),
        ("10-27 14:24", "bob", "[file: graph.png]"),
    ]


def test_the_transcript_of_a_call() -> None:
    reading = read(SAMPLES / "call.vtt", CALL)

    assert said(reading) == [
        ("10-27 14:04", "Alice Smith", "The pool limit was\none hundred."),
        ("10-27 14:06", "Bob Berg", "Raise it & restart?\nDone."),
    ]
    assert reading.channels[0].title == "call.vtt"


def test_the_chat_of_a_call() -> None:
    reading = read(SAMPLES / "call_chat.txt", CALL)

    assert said(reading) == [
        ("10-27 14:03", "Alice Smith", "good morning"),
        ("10-27 14:06", "Bob", 'Replying to "good morning"\nthe pool is full again'),
    ]
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 1}


def test_lines_of_mere_clock_times() -> None:
    assert said(read(SAMPLES / "lines.en.txt")) == [
        ("10-27 14:23", "alice", "API is down"),
        ("10-27 14:24", "Bob Berg", "looking\n  at the pool"),
        ("10-27 23:58", "alice", "up again"),
        ("10-28 00:04", "Bob Berg", "still green"),
    ]


def test_lines_with_dates_among_them() -> None:
    reading = read(SAMPLES / "lines.ja.txt")

    assert said(reading) == [
        ("10-27 14:23", "田中", "APIが503を返しています"),
        ("10-27 14:24", "佐藤 健", "プールを確認します"),
        ("10-28 09:12", "田中", "クローズします"),
    ]
    assert [person.handle for person in reading.people] == ["田中", "佐藤 健"]


def test_a_saved_answer_of_slack() -> None:
    reading = read(SAMPLES / "slack_history.json")

    assert [(item.id, item.author, item.text, item.thread) for item in reading.evidence] == [
        ("S1", "alice", "API is down, @bob", None),
        ("S2", "bob", "pool is exhausted", "S1"),
    ]


def test_a_dump_of_slackdump() -> None:
    reading = read(SAMPLES / "slackdump_dump.json")

    assert [(item.text, item.thread, item.raw.channel) for item in reading.evidence] == [
        ("API is down", None, "C0000001"),
        ("pool is exhausted", "S1", "C0000001"),
    ]
    assert reading.channels[0].title == "#incident-123"
    assert reading.sources[0].skipped == {Skipped.HOUSEKEEPING: 1}


def test_evidence_of_a_transcript_says_where_it_stands_and_what_was_assumed() -> None:
    item = read(SAMPLES / "lines.en.txt").evidence[1]

    assert (item.raw.file, item.raw.line, item.raw.zone) == ("lines.en.txt", 2, "Asia/Tokyo")
    assert item.raw.assumed == ("zone", "date")
    assert (OPTIONS.zone, item.at.tzinfo) == (TOKYO, TOKYO)
