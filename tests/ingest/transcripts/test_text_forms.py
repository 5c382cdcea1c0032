"""How people and programs write chat as text, one way at a time."""

from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Skipped
from pmdraft.ingest.chat import ChatOptions
from tests.ingest.transcripts.reading import CALL, OPTIONS, TOKYO, form_of, read_text, said


@pytest.mark.parametrize(
    "line",
    [
        "14:23 alice: API is down",
        "[14:23] alice: API is down",
        "14:23:05 alice: API is down",
        "14:23 - alice: API is down",
        "2:23 PM alice: API is down",
        "[2:23 PM] alice: API is down",
        "午後2:23 alice：API is down",
        "2025-10-27 14:23 alice: API is down",
        "[2025/10/27 14:23:05] Alice: API is down",
        "2025年10月27日 14:23 alice: API is down",
        "2025-10-27T05:23:05Z Alice: API is down",
        "27.10.2025, 14:23 - alice: API is down",
        "[10/27/2025 2:23 PM] alice: API is down",
        "[10/27/25, 2:23:05 PM] alice: API is down",
        "14:23\talice\tAPI is down",
        "2025-10-27 14:23 <alice> API is down",
        "[14:23] <@alice> API is down",
        "[14:23:05] <alice> API is down",
        "2025-10-27T05:23:05+00:00 <alice> API is down",
    ],
)
def test_a_message_on_one_line(tmp_path: Path, line: str) -> None:
    assert [(at, str(who).lower(), text) for at, who, text in said(read_text(f"{line}\n", tmp_path))] == [
        ("10-27 14:23", "alice", "API is down")
    ]


@pytest.mark.parametrize(
    "head",
    [
        "alice  2:23 PM",
        "alice 2:23 PM",
        "alice  14:23",
        "alice [14:23]",
        "alice [2:23 PM]",
        "alice APP  14:23",
        "aliceアプリ  14:23",
        "alice\u3000\u300014:23",
        "alice 午後2:23",
        "alice :palm_tree:  14:23",
        "alice\n  14:23",
        "alice\n  2:23 PM",
        "alice\nAPP  2:23 PM",
        "alice\n:palm_tree:  14:23",
    ],
)
def test_a_name_and_time_above_a_message(tmp_path: Path, head: str) -> None:
    assert said(read_text(f"{head}\nAPI is down\n", tmp_path)) == [("10-27 14:23", "alice", "API is down")]


@pytest.mark.parametrize(
    "furniture",
    ["New", "2 replies", "1 reply", "Last reply 3 days ago", "View thread", "Also sent to the channel", "Show more",
     "新規", "2件の返信", "最終返信：今日 14:40", "スレッドを表示する", "チャンネルにも投稿済み", "もっと見る",
     "佐藤さんがピン留めしました"],
)  # fmt: skip
def test_what_slacks_window_shows_beside_messages_is_no_text(tmp_path: Path, furniture: str) -> None:
    reading = read_text(f"alice  14:23\nAPI is down\n{furniture}\nbob  14:24\non it\n", tmp_path)

    assert [text for _, _, text in said(reading)] == ["API is down", "on it"]


@pytest.mark.parametrize(
    ("divider", "day"),
    [
        ("Tuesday, October 28th", "10-28"),
        ("October 28th, 2025", "10-28"),
        ("Oct 28", "10-28"),
        ("10月28日（火）", "10-28"),
        ("10月28日 火曜日", "10-28"),
        ("2025年10月28日", "10-28"),
        ("Today", "10-27"),
        ("今日", "10-27"),
        ("Yesterday", "10-27"),
        ("昨日", "10-27"),
        ("January 2nd", "01-02"),
    ],
)
def test_a_day_stands_above_its_messages(tmp_path: Path, divider: str, day: str) -> None:
    assert said(read_text(f"{divider}\nalice  14:23\nAPI is down\n", tmp_path)) == [
        (f"{day} 14:23", "alice", "API is down")
    ]


def test_a_day_over_the_turn_of_the_year_is_of_the_next(tmp_path: Path) -> None:
    reading = read_text("October 30th\nalice  14:23\nx\nJanuary 2nd\nalice  14:23\ny\n", tmp_path)

    assert [item.at.year for item in reading.evidence] == [2025, 2026]


def test_today_follows_yesterday(tmp_path: Path) -> None:
    reading = read_text("昨日\n田中  14:23\nx\n今日\n田中  9:00\ny\n", tmp_path)

    assert [at for at, _, _ in said(reading)] == ["10-27 14:23", "10-28 09:00"]


@pytest.mark.parametrize("divider", ["Today", "今日", "Yesterday"])
def test_a_day_that_is_no_date_is_asked_for(tmp_path: Path, divider: str) -> None:
    with pytest.raises(InputError, match=rf"pasted\.txt:1: '{divider}' is no date; .*--date 2025-10-27"):
        read_text(f"{divider}\nalice  14:23\nAPI is down\n", tmp_path, ChatOptions(zone=TOKYO))


def test_a_date_without_a_year_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pasted\.txt:1: '10月28日' has no year; .*--date"):
        read_text("10月28日\nalice  14:23\nAPI is down\n", tmp_path, ChatOptions(zone=TOKYO))


def test_who_goes_on_before_noon_or_after_it_is_told_by_what_came_before(tmp_path: Path) -> None:
    text = "alice  11:58 AM\na\n12:01\nb\nbob  1:10 PM\nc\n1:12\nd\n"

    assert [at for at, _, _ in said(read_text(text, tmp_path))] == [
        "10-27 11:58",
        "10-27 12:01",
        "10-27 13:10",
        "10-27 13:12",
    ]


@pytest.mark.parametrize(
    "dates", [("10/27/2025", "10/28/2025"), ("27/10/2025", "28/10/2025"), ("27.10.2025", "28.10.2025")]
)
def test_the_order_of_day_and_month_is_told_by_the_other_dates(tmp_path: Path, dates: tuple[str, str]) -> None:
    text = f"[{dates[0]} 14:23] Alice: x\n[{dates[1]} 09:00] Bob: y\n"

    assert [at for at, _, _ in said(read_text(text, tmp_path))] == ["10-27 14:23", "10-28 09:00"]


def test_a_date_that_may_be_two_days_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pasted\.txt:1: 10/11 may be a day of month 10 or of month 11; write"):
        read_text("[10/11/2025 14:23] Alice: x\n", tmp_path)


def test_lines_before_the_first_message_are_counted(tmp_path: Path) -> None:
    reading = read_text("Notes of the call\n14:23 alice: API is down\n14:24 bob: on it\n", tmp_path)

    assert reading.sources[0].skipped == {Skipped.UNREADABLE: 1}
    assert reading.sources[0].read == 3


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-27 14:23:05 ERROR: pool exhausted\n2025-10-27 14:23:06 INFO: x\n",
        "2025-10-27 14:23:05 api: pool exhausted\n2025-10-27 14:23:06 db: x\n",
        "2025-10-27T14:23:05.123Z Api: pool exhausted\n2025-10-27T14:23:06.123Z Db: x\n",
        "Oct 27 14:23:05 host sshd[123]: Failed password\nOct 27 14:23:06 host cron[1]: x\n",
        "14:23:05 worker: a\n14:23:06 worker: b\n14:23:07 worker: c\n14:23:08 worker: d\n",
        "We met at 14:23 and talked: nothing came of it.\nThen we went home.\n",
        "# Post-mortem\n\n| 14:23 | API down |\n",
        "",
        "\n\n",
    ],
)
def test_logs_and_prose_are_no_chat(tmp_path: Path, text: str) -> None:
    assert form_of(text, tmp_path) is None


def test_subtitles_of_subrip_are_read_too(tmp_path: Path) -> None:
    reading = read_text("1\n00:00:01,500 --> 00:00:03,000\nAlice: hello\n", tmp_path, CALL)

    assert said(reading) == [("10-27 14:00", "Alice", "hello")]


def test_the_chat_that_a_person_saved_of_a_call_has_the_clocks_times(tmp_path: Path) -> None:
    text = "14:23:05\t From Alice Smith to Everyone:\n\tAPI is down\n14:24:00 From Bob to Everyone: on it\n"

    assert said(read_text(text, tmp_path, OPTIONS)) == [
        ("10-27 14:23", "Alice Smith", "API is down"),
        ("10-27 14:24", "Bob", "on it"),
    ]
