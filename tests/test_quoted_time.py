"""Times that messages speak of."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdraft.quoted_time import find_times, quotes, read_time

TOKYO = ZoneInfo("Asia/Tokyo")
SAID = datetime(2025, 10, 27, 14, 30, tzinfo=TOKYO)


def shown(text: str, said_at: datetime = SAID, zone: ZoneInfo = TOKYO) -> str | None:
    """The first time in the text, as `10-27 14:23`, in the zone."""
    at = read_time(text, said_at, zone)
    return f"{at.astimezone(zone):%m-%d %H:%M:%S}".removesuffix(":00") if at else None


@pytest.mark.parametrize(
    "text",
    [
        "14:23", "14:23:00", "１４：２３", "14時23分", "14時23分頃", "午後2時23分", "午後 2:23", "2:23 PM",
        "2:23pm", "2:23 p.m.", "14 時 23 分", "午後 2 時 23 分", "10 月 27 日 14 時 23 分",
        "at 14:23, the API went down", "[14:23] API down", "14:23に発生", "14:23〜14:25", "14:23.",
        "14:23 JST", "14:23 (JST)",
        "05:23 UTC", "05:23Z", "05:23 GMT", "14:23 +09:00", "00:23 EST", "01:23 EDT", "22:23 PDT", "06:23 CET",
        "22:23 PT", "01:23 ET", "10:53 IST", "日本時間 14:23", "13:23 CST", "06:23 BST",
        "2025-10-27 14:23", "2025/10/27 14:23", "2025-10-27T14:23:00+09:00", "2025-10-27T05:23:00Z",
        "10/27 14:23", "10月27日 14:23", "2025年10月27日14時23分",
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert shown(text) == "10-27 14:23"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14時半", "10-27 14:30"),
        ("9時", "10-27 09:00"),
        ("9 時", "10-27 09:00"),
        ("9am", "10-27 09:00"),
        ("8 a.m. UTC", "10-27 17:00"),
        ("午前9時", "10-27 09:00"),
        ("午前0時", "10-27 00:00"),
        ("午後12時", "10-27 12:00"),
        ("12:05 am", "10-27 00:05"),
        ("12:05 pm", "10-27 12:05"),
        ("14:23:45", "10-27 14:23:45"),
        ("昨夜 10/26 23:50", "10-26 23:50"),
    ],
)
def test_half_hours_and_half_days_are_read(text: str, time: str) -> None:
    assert shown(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2時間", "1時間22分かかった", "24:00", "25時", "14:60", "14:23:60", "10.0.0.1:80", "localhost:8080",
        "14:23 XST", "1:2", "v1.14:23", "ratio 1:100", "2025-02-30 14:23", "13/45 14:23", "::1", "14:23:05:99", "100%",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text, SAID, TOKYO) is None


@pytest.mark.parametrize(
    ("said", "text", "time"),
    [
        ("2025-10-28T00:05:00+09:00", "23:50", "10-27 23:50"),
        ("2025-10-27T10:00:00+09:00", "23:50", "10-26 23:50"),
        ("2025-10-27T12:00:00+09:00", "15:00", "10-27 15:00"),
        ("2025-10-27T14:23:00+09:00", "14:28", "10-27 14:28"),
        ("2025-10-27T14:23:00+09:00", "14:23", "10-27 14:23"),
        ("2025-10-28T00:05:00+09:00", "10/28 23:50", "10-28 23:50"),
    ],
)
def test_a_time_without_date_is_on_the_day_that_it_most_likely_means(said: str, text: str, time: str) -> None:
    assert shown(text, datetime.fromisoformat(said)) == time


def test_the_day_is_that_of_the_people_not_of_utc() -> None:
    said = datetime(2025, 10, 26, 23, 30, tzinfo=UTC)  # 08:30 of the 27th in Tokyo

    assert shown("8:15", said) == "10-27 08:15"


def test_a_date_of_last_december_said_in_january_is_last_years() -> None:
    at = read_time("12/31 23:50", datetime(2026, 1, 2, 10, 0, tzinfo=TOKYO), TOKYO)

    assert at == datetime(2025, 12, 31, 23, 50, tzinfo=TOKYO)


@pytest.mark.parametrize("text", ["2025-10-27T05:23:00.123Z", "2025-10-27 05:23:00,123 UTC"])
def test_a_fraction_does_not_hide_the_zone(text: str) -> None:
    assert shown(text) == "10-27 14:23"


def test_a_date_far_from_the_time_is_not_its_date() -> None:
    assert shown("10/20 のリリースについて 14:23") == "10-27 14:23"


def test_every_time_in_a_text_is_found_in_its_order() -> None:
    times = list(find_times("14:05 deploy、14時10分 alert, 14:20 rollback", SAID, TOKYO))

    assert [f"{at:%H:%M}" for at in times] == ["14:05", "14:10", "14:20"]


def test_a_time_always_has_a_zone_and_no_stray_microseconds() -> None:
    at = read_time("14:23", SAID.replace(microsecond=999), TOKYO)

    assert at == datetime(2025, 10, 27, 14, 23, tzinfo=TOKYO)
    assert at.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("復旧は１４：２３です", "14:23"),
        ("API  is\nDOWN", "api is down"),
        ("ｱﾗｰﾄ発報", "アラート"),
        ("x", ""),
    ],
)
def test_a_quote_may_differ_in_width_case_and_spaces(text: str, quote: str) -> None:
    assert quotes(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [("14:23", "14:24"), ("", "x"), ("down API", "API down"), ("14:23", "4:23"), ("14:23", "23"), ("14:234", "14:23")],
)
def test_other_words_are_no_quote(text: str, quote: str) -> None:
    assert not quotes(text, quote)


def test_a_zone_that_shares_its_name_is_told_by_when_it_was_said() -> None:
    in_dublin, in_delhi = (datetime(2025, 7, 1, hour, 25, tzinfo=UTC) for hour in (16, 11))

    assert read_time("17:21 IST", in_dublin, TOKYO) == datetime(2025, 7, 1, 16, 21, tzinfo=UTC)
    assert read_time("16:50 IST", in_delhi, TOKYO) == datetime(2025, 7, 1, 11, 20, tzinfo=UTC)
