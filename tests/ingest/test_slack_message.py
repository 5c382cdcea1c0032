"""A Slack message's moment, and its text as a person saw it."""

from datetime import UTC, datetime

import pytest

from pmdraft.ingest.slack_markup import plain
from pmdraft.ingest.slack_message import SlackMessage, instant
from pmdraft.ingest.slack_text import visible_text

HANDLES = {"U1": "alice", "W2": "高橋"}


def seen(**fields: object) -> str:
    """What a person saw of a message with these fields."""
    return visible_text(SlackMessage.model_validate({"ts": "1761542580.000000", **fields}), HANDLES)


def rich_text(*elements: dict[str, object]) -> list[dict[str, object]]:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


@pytest.mark.parametrize("micros", [0, 1, 9, 123456, 999999])
def test_a_ts_is_exact_to_the_microsecond(micros: int) -> None:
    assert instant(f"1761542580.{micros:06}") == datetime(2025, 10, 27, 5, 23, 0, micros, tzinfo=UTC)


@pytest.mark.parametrize(("ts", "micros"), [("1761542580", 0), ("1761542580.5", 500000), ("1761542580.0005", 500)])
def test_a_ts_that_lost_its_zeros_means_the_same(ts: str, micros: int) -> None:
    assert instant(ts).microsecond == micros


@pytest.mark.parametrize(
    "ts", ["", "now", "1761542580.1234567", "1761542580.", "17615425801761542580", " 1761542580.0"]
)
def test_what_is_no_ts_is_refused(ts: str) -> None:
    with pytest.raises(ValueError, match=r"is not seconds\.microseconds"):
        instant(ts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@U1> please", "@alice please"),
        ("<@W2>さん", "@高橋さん"),
        ("<@U7|bob> please", "@bob please"),
        ("<@U7> please", "@U7 please"),
        ("<@U1|old.name>", "@alice"),
        ("see <#C1|ops>", "see #ops"),
        ("see <#C1>", "see #C1"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!here|@here> look", "@here look"),
        ("<!subteam^S1|@sre> help", "@sre help"),
        ("<!date^1392734382^{date}|Feb 18, 2014>", "Feb 18, 2014"),
        ("<https://example.com/a|the page>", "[the page](https://example.com/a)"),
        ("<https://example.com/a>", "https://example.com/a"),
        ("<http://example.com|example.com>", "http://example.com"),
        ("<mailto:ops@example.com|ops@example.com>", "ops@example.com"),
        ("<mailto:ops@example.com>", "ops@example.com"),
        ("<tel:+81312345678|03-1234-5678>", "03-1234-5678"),
    ],
)
def test_slack_mark_up_is_resolved(text: str, shown: str) -> None:
    assert plain(text, HANDLES) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("&quot;stays&quot;", "&quot;stays&quot;"),
        ("R&amp;D", "R&D"),
    ],
)
def test_entities_are_undone_once_and_last(text: str, shown: str) -> None:
    assert plain(text, HANDLES) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*ROOT CAUSE* found", "ROOT CAUSE found"),
        ("*障害*発生", "*障害*発生"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("snake_case_name ~/.ssh", "snake_case_name ~/.ssh"),
    ],
)
def test_bold_is_undone_where_slack_shows_it_and_code_is_left_alone(text: str, shown: str) -> None:
    assert plain(text, HANDLES) == shown


@pytest.mark.parametrize("text", ["SELECT count(*), max(*)", "run `rm (*) then (*)`"])
def test_asterisks_in_code_are_no_bold(text: str) -> None:
    assert plain(text, HANDLES) == text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ 7 * 7 }}", "{% for x in y %}", "${jndi:ldap://x}", "| a | b |", "# heading"],
)
def test_html_and_template_syntax_stay_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert seen(text=escaped) == text


def test_an_alert_bot_is_read_from_its_attachment() -> None:
    attachment = {
        "pretext": "Alert",
        "title": "HighErrorRate",
        "title_link": "https://alerts.example.com/1",
        "text": "<@U1> 5xx &gt; 5%",
        "fields": [{"title": "Service", "value": "checkout"}, {"value": "no title"}],
        "fallback": "not shown by Slack",
        "footer": "Grafana",
    }

    assert seen(text="", attachments=[attachment]).splitlines() == [
        "Alert",
        "HighErrorRate",
        "@alice 5xx > 5%",
        "Service: checkout",
        "no title",
        "https://alerts.example.com/1",
    ]


def test_the_fallback_of_an_attachment_counts_when_nothing_else_is_there() -> None:
    assert seen(attachments=[{"fallback": "CRITICAL: db1 down"}]) == "CRITICAL: db1 down"


def test_blocks_in_an_attachment_are_read() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*FIRING* on <https://g.example/d|board>"}}

    assert seen(attachments=[{"blocks": [section]}]) == "FIRING on [board](https://g.example/d)"


def test_text_and_attachments_are_both_seen() -> None:
    assert seen(text="look", attachments=[{"text": "quoted"}]) == "look\nquoted"


def test_blocks_are_not_told_twice_when_there_is_text() -> None:
    assert seen(text="hello", blocks=rich_text({"type": "text", "text": "hello"})) == "hello"


def test_blocks_speak_for_a_bot_without_text() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Incident opened"}},
        {"type": "divider"},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Sev*"}, {"type": "mrkdwn", "text": "SEV-1"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "by <@U1>"}]},
    ]

    assert seen(text="", blocks=blocks).splitlines() == ["Incident opened", "Sev", "SEV-1", "by @alice"]


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "user", "user_id": "U1"}, "see @alice"),
        ({"type": "user", "user_id": "U7"}, "see @U7"),
        ({"type": "emoji", "name": "fire"}, "see :fire:"),
        ({"type": "broadcast", "range": "here"}, "see @here"),
        ({"type": "link", "url": "https://example.com"}, "see https://example.com"),
        ({"type": "link", "url": "https://example.com", "text": "page"}, "see [page](https://example.com)"),
        ({"type": "text", "text": "<@U1> &lt;"}, "see <@U1> &lt;"),
    ],
)
def test_the_elements_of_rich_text_are_read(element: dict[str, object], shown: str) -> None:
    assert seen(blocks=rich_text({"type": "text", "text": "see "}, element)) == shown


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "channel", "channel_id": "C1"}, "see #C1"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "see @S1"),
    ],
)
def test_channels_and_groups_in_rich_text_are_shown(element: dict[str, object], shown: str) -> None:
    assert seen(blocks=rich_text({"type": "text", "text": "see "}, element)) == shown


def test_items_of_a_list_stand_on_lines_of_their_own() -> None:
    def item(text: str) -> dict[str, object]:
        return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}

    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [item("one"), item("two")]}]}]

    assert seen(blocks=blocks) == "• one\n• two"


def test_a_shared_file_is_told_by_its_title_or_name() -> None:
    files = [{"name": "graph.png", "title": "p99 latency"}, {"name": "heap.hprof"}, {"mode": "tombstone"}]

    assert seen(text="see", files=files) == "see\n[file: p99 latency]\n[file: heap.hprof]"


def test_null_fields_of_other_exporters_are_as_good_as_none() -> None:
    nulls = dict.fromkeys(
        ("text", "user", "bot_id", "subtype", "thread_ts", "edited", "reactions", "attachments", "blocks", "files")
    )

    assert seen(**nulls) == ""
    assert seen(**{**nulls, "attachments": [{"text": "x", "title": None, "fields": None, "blocks": None}]}) == "x"


def test_a_number_as_the_value_of_a_field_is_shown() -> None:
    assert seen(attachments=[{"fields": [{"title": "errors", "value": 5}]}]) == "errors: 5"


@pytest.mark.parametrize("text", ["<" * 20_000, "<a" * 10_000, "*a" * 10_000, "*" * 20_000, "<@U1|" * 5_000])
def test_no_text_makes_mark_up_slow_or_vanish(text: str) -> None:
    assert len(plain(text, HANDLES)) > 5_000
