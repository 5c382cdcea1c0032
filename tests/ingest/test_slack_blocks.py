"""What a person saw of blocks, attachments and files."""

from pathlib import Path

import pytest

from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.slack_markup import plain
from pmdraft.ingest.slack_message import SlackMessage
from pmdraft.ingest.slack_text import visible_text
from pmdraft.ingest.window import Window
from tests.builders import message, slack_export, write_json

NAMES = {"U1": "alice", "C1": "ops", "S1": "sre"}


def seen(**fields: object) -> str:
    """What a person saw of a message with these fields."""
    return visible_text(SlackMessage.model_validate({"ts": "1761542580.000000", **fields}), NAMES)


def section(*elements: dict[str, object]) -> dict[str, object]:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words: str, **style: bool) -> dict[str, object]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def rich(*parts: dict[str, object]) -> list[dict[str, object]]:
    return [{"type": "rich_text", "elements": list(parts)}]


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ({"type": "rich_text_list", "style": "bullet", "elements": [section(text("a")), section(text("b"))]},
         "• a\n• b"),
        ({"type": "rich_text_list", "style": "ordered", "elements": [section(text("a"))], "offset": 2}, "3. a"),
        ({"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(text("a"))]}, "    • a"),
        ({"type": "rich_text_quote", "elements": [text("one\ntwo")]}, "> one\n> two"),
        ({"type": "rich_text_preformatted", "elements": [text("$ kubectl get pods")]}, "```\n$ kubectl get pods\n```"),
        (section(text("run "), text("make", code=True)), "run `make`"),
        (section({"type": "channel", "channel_id": "C1"}, text(" "), {"type": "usergroup", "usergroup_id": "S1"}),
         "#ops @sre"),
        (section({"type": "date", "timestamp": 1761542580, "format": "{time}"}), "2025-10-27 05:23:00 UTC"),
        (section({"type": "date", "timestamp": 1761542580, "fallback": "14:23"}), "14:23"),
        (section({"type": "date", "timestamp": 10**30}), ""),
        (section({"type": "color", "value": "#ff0000"}), "#ff0000"),
        (section({"type": "of tomorrow", "text": "new"}), "new"),
    ],
)  # fmt: skip
def test_rich_text_is_shown_as_slack_shows_it(part: dict[str, object], shown: str) -> None:
    blocks = rich(section(text("before")), part)

    assert seen(blocks=blocks) == f"before\n{shown}".strip()


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "header", "text": {"type": "plain_text", "text": "SEV-1"}}, "SEV-1"),
        ({"type": "markdown", "text": "**bold** & <tags>"}, "**bold** & <tags>"),
        ({"type": "image", "alt_text": "p99 latency", "image_url": "https://x.example/a.png"}, "[image: p99 latency]"),
        ({"type": "video", "title": {"type": "plain_text", "text": "Demo"}}, "Demo"),
        ({"type": "divider"}, ""),
        ({"type": "context", "elements": [{"type": "mrkdwn", "text": "by <@U1>"}, {"type": "image", "alt_text": "x"}]},
         "by @alice [image: x]"),
        ({"type": "actions", "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "Runbook"}, "url": "https://r.example/1"},
            {"type": "button", "text": {"type": "plain_text", "text": "Ack"}}]},
         "[Runbook](https://r.example/1) [Ack]"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "*Pods* &gt; 3"},
          "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": "https://k.example"}},
         "Pods > 3\n[Open](https://k.example)"),
        ({"type": "table", "rows": [
            [{"type": "raw_text", "text": "host"}, {"type": "raw_text", "text": "lag"}],
            [{"type": "raw_text", "text": "db1"}, {"type": "rich_text", "elements": [section(text("9 s"))]}]]},
         "host | lag\ndb1 | 9 s"),
        ({"type": "of tomorrow", "fields": [{"type": "plain_text", "text": "still read"}]}, "still read"),
    ],
)  # fmt: skip
def test_a_block_is_shown_with_all_its_text(block: dict[str, object], shown: str) -> None:
    assert seen(blocks=[block], attachments=[{"text": "after"}]) == f"{shown}\nafter".strip()


def test_what_an_app_shows_are_its_blocks_and_not_the_text_for_notifications() -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Error rate 12 % on <#C1>"}}]

    assert seen(text="New alert", bot_id="B1", blocks=blocks) == "Error rate 12 % on #ops"


def test_the_text_stands_where_blocks_show_nothing() -> None:
    assert seen(text="New alert", bot_id="B1", blocks=[{"type": "divider"}]) == "New alert"


def test_a_quoted_message_is_shown_with_who_said_it_and_where() -> None:
    attachment = {
        "is_msg_unfurl": True,
        "author_name": "bob",
        "text": "pool is <@U1>'s",
        "from_url": "https://acme.slack.com/archives/C1/p1",
        "fallback": "[October 27th] bob: pool",
    }

    assert seen(text="see", attachments=[attachment]).splitlines() == [
        "see",
        "bob",
        "pool is @alice's",
        "https://acme.slack.com/archives/C1/p1",
    ]


def test_a_quoted_message_of_blocks_alone_is_shown() -> None:
    quoted = {"message": {"blocks": rich(section(text("from elsewhere")))}}

    assert seen(attachments=[{"message_blocks": [quoted], "fallback": "[no preview available]"}]) == "from elsewhere"


def test_buttons_of_an_attachment_lead_to_their_address() -> None:
    actions = [
        {"type": "button", "text": "View Graph", "url": "https://g.example/1"},
        {"type": "button", "text": "Mute"},
    ]

    assert seen(attachments=[{"text": "CPU", "actions": actions}]) == "CPU\n[View Graph](https://g.example/1)"


def test_a_file_is_a_link_to_it_and_a_snippet_shows_its_beginning() -> None:
    files = [
        {"title": "graph.png", "permalink": "https://acme.slack.com/files/U1/F1/p99.png", "url_private": "https://x?t=xoxe-1"},
        {"title": "trace", "mode": "snippet", "preview": "java.lang.OutOfMemoryError\n  at A.b\n"},
    ]  # fmt: skip

    assert seen(files=files) == (
        "[file: graph.png](https://acme.slack.com/files/U1/F1/p99.png)\n"
        "[file: trace]\n```\njava.lang.OutOfMemoryError\n  at A.b\n```"
    )


def test_a_huddle_is_told_with_who_was_in_it() -> None:
    assert seen(text="", subtype="huddle_thread", room={"participant_history": ["U1", "U7"]}) == "[huddle: @alice, @U7]"


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("<#C1>", "#ops"),
        ("<#C1|old-name>", "#old-name"),
        ("<#C9>", "#C9"),
        ("<!subteam^S1>", "@sre"),
        ("<!subteam^S9>", "@S9"),
        ("<!date^1761542580^{date_short} {time}>", "2025-10-27 05:23:00 UTC"),
        ("<!date^99999999999999^{date}>", "date"),
        ("<!date^x^{date}|then>", "then"),
    ],
)
def test_references_are_told_by_their_names(marked: str, shown: str) -> None:
    assert plain(marked, NAMES) == shown


def test_somebody_whom_no_list_holds_is_named_by_what_they_wrote(tmp_path: Path) -> None:
    profile = {"display_name": "", "real_name": "Gina Guest", "name": "gina"}
    export = slack_export(
        tmp_path,
        {"ops": [message("<@UG5> please"), message("on it", "14:24:00", user="UG5", user_profile=profile)]},
    )

    reading = read_chats([SlackExport(export, "ops")], Window())

    assert [(item.author, item.text) for item in reading.evidence] == [("alice", "@gina please"), ("gina", "on it")]
    assert [person.handle for person in reading.people] == ["alice", "gina"]


def test_a_bot_without_a_name_is_called_as_its_profile_says(tmp_path: Path) -> None:
    alert = {**message("CPU"), "user": None, "bot_id": "B1", "bot_profile": {"name": "Datadog"}}

    reading = read_chats([SlackExport(slack_export(tmp_path, {"ops": [alert]}), "ops")], Window())

    assert reading.evidence[0].author == "Datadog"


def test_a_channel_of_an_export_is_mentioned_by_its_name(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("see <#C2>")], "dev": []})

    assert read_chats([SlackExport(export, "ops")], Window()).evidence[0].text == "see #dev"


def test_a_folder_of_a_channel_that_no_list_holds_is_a_channel(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("ours")]})
    write_json(export / "war-room" / "2025-10-27.json", [message("theirs")])

    assert [item.text for item in read_chats([SlackExport(export, "#war-room")], Window()).evidence] == ["theirs"]
