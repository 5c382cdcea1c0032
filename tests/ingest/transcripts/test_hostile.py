"""Chat that nobody wrote: any bytes and any JSON are a reading or an error of ours, and the counts add up."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdraft.errors import PmdraftError
from pmdraft.ingest import slack_saved
from pmdraft.ingest.chat import Conversation
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.chat_reading import ChatReading, read_chats
from pmdraft.ingest.recognise import head_of
from pmdraft.ingest.transcripts import (
    TranscriptForm,
    call_chat,
    discord,
    irc,
    lines,
    slack_window,
    webvtt,
    zulip,
)
from pmdraft.ingest.transcripts.html_text import text_of_html
from pmdraft.ingest.window import Window
from tests.ingest.transcripts.reading import CALL, SAMPLES

FORMS: tuple[TranscriptForm, ...] = (call_chat, discord, irc, lines, slack_saved, slack_window, webvtt, zulip)
# What makes the forms what they are, in any order.
PIECES = st.sampled_from(
    ["14:23", "2:23 PM", "午後2:23", "24:61", "９９：９９", "99:99", "+09:00", "2025-10-27", "10/11/2025",
     "0000-00-00", "Today", "昨日", "10月27日", "--- Day changed Mon Oct 27 2025", "[", "]", "<alice>", "alice",
     ": ", "：", "\n", "\n\n", "  ", "\t", "*", "***", "-!-", "-->", "00:00:01.000 --> 00:00:02.000", "WEBVTT",
     "<v Bob>", "</v>", "From a to b:", ":eyes:", "3", "👀", "|", "New", "新規", "{{ 7 * 7 }}", "<script>",
     "\x00", "\u202e"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["messages", "ts", "text", "user", "type", "author", "content", "timestamp", "created_at", "id", "name", "guild",
     "channel", "sender_full_name", "display_recipient", "subject", "attachments", "embeds", "fields", "reactions",
     "count", "mentions", "slackdump_thread_replies", "event", "message", "reference", "messageId", "ok",
     "last_edit_timestamp"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["1761542585.000100", "2025-10-27T05:23:05Z", "<p>x</p>", "9999-12-31T23:59:59Z", "message_changed"]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(
        ["1761542585.000100", "2025-10-27T05:23:05Z", "<p>x</p>", "9999-12-31T23:59:59Z", "message_changed"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


class _Given:
    """A conversation that has been read."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def conversation(self, window: Window) -> Conversation:  # noqa: ARG002 - all there is
        return self._conversation


def reading_of(path: Path, form: TranscriptForm) -> ChatReading | None:
    """What a form makes of a file, or None if it refuses in one line."""
    try:
        return read_chats([_Given(conversation) for conversation in form.read(path, CALL)], Window())
    except PmdraftError as error:
        if "\n" in str(error):
            raise AssertionError(str(error)) from error
        return None


def adds_up(reading: ChatReading | None) -> bool:
    return reading is None or (
        all(source.read == source.used + sum(source.skipped.values()) for source in reading.sources)
        and sum(source.used for source in reading.sources) == len(reading.evidence)
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.NAME)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, form: TranscriptForm, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_bytes(data)

    assert adds_up(reading_of(path, form))


@pytest.mark.parametrize("form", [call_chat, irc, lines, slack_window, webvtt], ids=lambda form: form.NAME)
@settings(max_examples=120, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30))
def test_any_text_of_the_pieces_of_chat(
    tmp_path_factory: pytest.TempPathFactory, form: TranscriptForm, pieces: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_text("".join(pieces), encoding="utf-8")

    assert adds_up(reading_of(path, form))


@pytest.mark.parametrize("form", [discord, slack_saved, zulip], ids=lambda form: form.NAME)
@settings(max_examples=120, deadline=None)
@given(value=JSON)
def test_any_json(tmp_path_factory: pytest.TempPathFactory, form: TranscriptForm, value: object) -> None:
    path = tmp_path_factory.mktemp("any") / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")

    assert adds_up(reading_of(path, form))


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=200) | st.lists(PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode()))
def test_any_file_has_a_form_or_none(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(data)

    with suppress(PmdraftError):
        form = chat_form(path, "") or chat_form(path, head_of(path))
        assert form is None or form.name


@pytest.mark.parametrize("sample", ["slack_history.json", "zulip.json", "discord_archive.json"])
def test_json_that_breaks_off_gives_the_messages_before(tmp_path: Path, sample: str) -> None:
    path = tmp_path / sample
    data = (SAMPLES / sample).read_bytes()
    path.write_bytes(data[:-60])
    form = chat_form(path, head_of(path))
    assert form

    reading = read_chats(form.sources(path, CALL), Window())

    assert reading.evidence
    assert "breaks off" in reading.sources[0].notices[0].en


@pytest.mark.parametrize("text", ["<b>bold</b>", "{{ secrets }}", "{% raw %}", "| a | b |", "${jndi:ldap://x}", "# x"])
def test_mark_up_of_other_languages_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.txt"
    path.write_text(f"14:23 alice: {text}\n14:24 bob: {text}\n", encoding="utf-8")
    reading = reading_of(path, lines)

    assert reading
    assert [item.text for item in reading.evidence] == [text, text]


@pytest.mark.parametrize(
    "line",
    ["14:23 " + "a" * 50_000, "14:23 " + "a " * 25_000 + ": x", "<" * 50_000, "[" * 50_000, "14:23\t" * 10_000,
     "a  " * 20_000, "alice :x" * 10_000, "10/10/" * 10_000, "-" * 50_000 + "10/10/2025", "00:00:01.000 --> " * 3_000,
     "From " * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("form", [call_chat, irc, lines, slack_window, webvtt], ids=lambda form: form.NAME)
def test_no_line_makes_a_form_slow(tmp_path: Path, form: TranscriptForm, line: str) -> None:
    def seconds(times: int) -> float:
        path = tmp_path / f"{times}.txt"
        path.write_text(f"{line}\n" * times, encoding="utf-8")
        begun = time.process_time()
        reading_of(path, form)
        return time.process_time() - begun

    assert seconds(4) < 20 * seconds(1) + 1


@pytest.mark.parametrize(
    "markup",
    ["<![foo[x]]>", "<!x", "<" * 2_000, "<a href='" * 500, "<pre>" * 500, "<blockquote>" * 500 + "x", "</p>" * 500,
     "&#99999999;", "<ul><li>"],
)  # fmt: skip
def test_odd_html_is_some_text(markup: str) -> None:
    assert isinstance(text_of_html(markup), str)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("a<br>\nb", "a\nb"),
        ("<p>see <a href='https://x.example/1'>https://x.example/1</a></p>", "see https://x.example/1"),
        ("<p><script>alert(1)</script>ok</p>", "ok"),
        ("<p>1 &lt; 2</p>", "1 < 2"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<pre><code>x\n\n  y</code></pre>after", "```\nx\n  y\n```\nafter"),
        ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n> two"),
        ("<p>a <em>b</em> c</p>", "a b c"),
    ],
)
def test_html_is_the_text_that_a_person_saw(markup: str, shown: str) -> None:
    assert text_of_html(markup) == shown
