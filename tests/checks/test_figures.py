"""What counts as a figure, and when two of them are the same."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pmdraft.checks.figures import figures
from pmdraft.checks.held import held

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2025, 10, 27, 12, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("約1万ユーザー", [("number", "10000")]),
        ("約10,000ユーザー", [("number", "10000")]),
        ("１０，０００人", [("number", "10000")]),
        ("10k users", [("number", "10000")]),
        ("エラー率 12.4%", [("number", "12.4")]),
        ("1.2億円", [("number", "120000000")]),
        ("14:23に発生", [("clock", "14:23")]),
        ("14時23分に発生", [("clock", "14時23分")]),
        ("2:23 PM", [("clock", "2:23 PM")]),
        ("2025-10-27に発生", [("date", "10-27")]),
        ("10月27日に発生", [("date", "10-27")]),
        ("11/3まで", [("date", "11-03")]),
        ("1時間22分の停止", [("duration", "4920")]),
        ("down for 1 h 22 min", [("duration", "4920")]),
        ("30秒でタイムアウト", [("duration", "30")]),
        ("v2.31.0をデプロイ", [("name", "2.31.0")]),
        ("503sが増えた", [("number", "503")]),
        ("p99 30sで張り付き", [("name", "p99"), ("duration", "30")]),
        ("1台ずつ再起動", []),
        ("api-6のみ", [("name", "api6")]),
        ("p99が悪化", [("name", "p99")]),
        ("4万8千件", [("number", "48000")]),
        ("1億2,000万円", [("number", "120000000")]),
        ("6 万 1 千件あまり", [("number", "61000")]),
        ("41 万 2,600 で頭打ち", [("number", "412600")]),
        ("6 万 12 台", [("number", "60000"), ("number", "12")]),
        ("毎分 4 千から 7 千 5 百へ", [("number", "4000"), ("number", "7500")]),
        ("3 分の 1 が失敗", [("number", "1/3")]),
        ("午後 1 時 38 分に発生", [("clock", "午後 1 時 38 分")]),
        ("13 時 38 分から 39 分にかけて", [("clock", "13 時 38 分"), ("clock", "13時39分")]),
        ("11 月 19 日の午前", [("date", "11-19")]),
        ("at 8 a.m. UTC", [("clock", "8 a.m. UTC")]),
        ("the 99th percentile", [("name", "p99")]),
        ("1 件もなかった", []),
        ("1 人 8,800 円", [("number", "8800")]),
        ("51d07e9に戻した", [("name", "51d07e9")]),
        ("5xxが増えた", [("name", "5xx")]),
        ("4月末まで", []),
        ("100 → 500 に増加", [("number", "100"), ("number", "500")]),
        ("チケット #1234", [("number", "1234")]),
        ("数字のない文", []),
    ],
)
def test_a_figure_reads_the_same_however_it_is_written(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(figure.kind, figure.value) for figure in figures(text)]

    assert found == expected


def test_spans_are_code_points_of_the_text_as_it_is_written() -> None:
    text = "影響は１０，０００人"

    (figure,) = figures(text)

    assert text[slice(*figure.span)] == "１０，０００"


def test_a_time_in_another_zone_is_the_same_clock() -> None:
    evidence = held("started 05:23Z", [NOON], TOKYO)

    assert "14:23" in evidence.clocks


def test_the_time_of_a_message_counts_as_said_in_it() -> None:
    evidence = held("見ます", [NOON], TOKYO)

    assert "12:00" in evidence.clocks
    assert "10-27" in evidence.dates


def test_a_number_glued_to_letters_in_the_evidence_counts() -> None:
    evidence = held("max_connections=100, 3x traffic, 30000ms", [NOON], TOKYO)

    assert {"100", "3", "30000"} <= set(evidence.numbers)


@pytest.mark.parametrize("text", ["api-1→6 で1台ずつ", "api-1〜6", "api-1,2,3,6は503ほぼゼロ", "api-1, 6"])
def test_a_series_of_hosts_names_each_of_them(text: str) -> None:
    assert "api6" in held(text, [NOON], TOKYO).letters


def test_a_span_of_time_is_no_time_zone() -> None:
    assert {"15:00", "16:00"} <= held("レビュー会は 15:00-16:00", [NOON], TOKYO).clocks
