"""Due dates as people say them."""

from datetime import date

import pytest

from pmdraft.due_date import read_due

MONDAY = date(2025, 10, 27)


def due(quote: str, said_on: date = MONDAY) -> date | None:
    return read_due(quote, f"@alice これお願いします {quote} よろしく", said_on)


@pytest.mark.parametrize(
    "quote",
    [
        "2025-11-03", "2025/11/3", "2025年11月3日", "2025.11.03", "11/3", "11/03", "11月3日まで", "１１／３",
        "11 月 3 日まで",
        "11-03", "by 11-3",
        "Nov 3", "by November 3",
        "Nov. 3", "3 Nov", "3 November", "来週の月曜", "来週月曜日", "next Monday", "Next monday",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_said(quote: str) -> None:
    assert due(quote) == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("quote", "day"),
    [
        ("今日中に", date(2025, 10, 27)),
        ("本日中", date(2025, 10, 27)),
        ("by end of today", date(2025, 10, 27)),
        ("明日まで", date(2025, 10, 28)),
        ("Tomorrow", date(2025, 10, 28)),
        ("明後日", date(2025, 10, 29)),
        ("あさって", date(2025, 10, 29)),
        ("the day after tomorrow", date(2025, 10, 29)),
        ("金曜まで", date(2025, 10, 31)),
        ("今週の金曜", date(2025, 10, 31)),
        ("by Friday", date(2025, 10, 31)),
        ("this Friday", date(2025, 10, 31)),
        ("月曜", date(2025, 10, 27)),
        ("来週の金曜", date(2025, 11, 7)),
        ("next Friday", date(2025, 11, 7)),
        ("再来週の月曜", date(2025, 11, 10)),
    ],
)
def test_a_day_is_counted_from_the_day_of_the_message(quote: str, day: date) -> None:
    assert due(quote) == day


def test_a_weekday_that_has_passed_is_the_next_one() -> None:
    assert due("by Tuesday", date(2025, 10, 29)) == date(2025, 11, 4)


def test_next_week_begins_on_monday_even_when_said_on_sunday() -> None:
    assert due("来週の月曜", date(2025, 11, 2)) == date(2025, 11, 3)


def test_a_date_of_january_said_in_december_is_next_years() -> None:
    assert due("1/10", date(2025, 12, 20)) == date(2026, 1, 10)


def test_a_date_that_has_just_gone_by_is_this_years() -> None:
    assert due("10/20") == date(2025, 10, 20)


@pytest.mark.parametrize("quote", ["11/31", "13/1", "24/7", "2025-02-29", "2/30", "Feb 30", "0/0"])
def test_a_date_that_there_is_not_is_none(quote: str) -> None:
    assert due(quote) is None


@pytest.mark.parametrize("quote", ["", "soon", "来月", "月末まで", "ASAP", "Q1", "次のスプリント", "v2.11.3"])
def test_what_names_no_single_day_is_none(quote: str) -> None:
    assert due(quote) is None


@pytest.mark.parametrize(
    "quote", ["within 2-3 days", "1-2週間で", "maybe 3 days", "3 decent fixes", "marked 5 of them"]
)
def test_an_amount_is_no_date(quote: str) -> None:
    assert due(quote) is None


@pytest.mark.parametrize("quote", ["11/4", "来週の火曜"])
def test_a_phrase_that_is_not_in_the_message_is_no_due_date(quote: str) -> None:
    assert read_due(quote, "11/3 までに", MONDAY) is None


def test_the_phrase_may_stand_there_in_another_width() -> None:
    assert read_due("11/3", "１１／３までにやります", MONDAY) == date(2025, 11, 3)


def test_a_number_before_the_phrase_is_not_part_of_it() -> None:
    assert read_due("11/3 まで", "これも私 #502 11/3 まで", MONDAY) == date(2025, 11, 3)
