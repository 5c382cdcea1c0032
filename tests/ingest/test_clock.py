"""Times as machines write them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from pmdraft.ingest.clock import NoZoneError, from_epoch, parse_instant
from pmdraft.ingest.log_clock import find_time

TOKYO = ZoneInfo("Asia/Tokyo")
AT = datetime(2025, 10, 27, 5, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("2025-10-27T05:23:04Z boom", " boom"),
        ("2025-10-27 05:23:04 UTC boom", " boom"),
        ("2025-10-27 14:23:04 +0900 boom", " boom"),
        ("2025-10-27T14:23:04+09:00 boom", " boom"),
        ("2025-10-27 14:23:04+09 boom", " boom"),
        ("2025/10/27 14:23:04 boom", " boom"),
        ("2025-10-27_14:23:04 boom", " boom"),
        ("[2025-10-27 14:23:04] boom", "] boom"),
        ('10.0.0.1 - - [27/Oct/2025:14:23:04 +0900] "GET /"', '] "GET /"'),
        ("[Mon Oct 27 14:23:04 2025] [error] boom", "] [error] boom"),
        ("web-1  | 2025-10-27T00:23:04-05:00 boom", " boom"),
    ],
)
def test_the_time_of_a_line_is_found_and_where_its_text_begins(line: str, rest: str) -> None:
    found = find_time(line, TOKYO)

    assert found is not None
    assert found[0] == AT
    assert line[found[1] :] == rest


@pytest.mark.parametrize(
    ("fraction", "micros"),
    [(".1", 100000), (",123", 123000), (".000001", 1), (".123456", 123456), (".123456789", 123456)],
)
def test_a_fraction_is_exact_to_the_microsecond(fraction: str, micros: int) -> None:
    found = find_time(f"2025-10-27T05:23:04{fraction}Z", None)

    assert found is not None
    assert found[0] == AT + timedelta(microseconds=micros)


def test_a_stated_zone_is_not_the_zone_of_a_time_that_names_its_own() -> None:
    found = find_time("2025-10-27T05:23:04Z", TOKYO)

    assert found is not None
    assert found[0].utcoffset() == timedelta(0)


def test_a_time_without_zone_is_never_guessed() -> None:
    with pytest.raises(NoZoneError, match=r"^2025-10-27 14:23:04$"):
        find_time("2025-10-27 14:23:04 boom", None)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Traceback (most recent call last):",
        "2025-13-45 14:23:04Z boom",
        "2025-02-29T14:23:04Z boom",
        "2025-10-27 25:00:00Z boom",
        "Mon Okt 27 14:23:04 2025 boom",
        "27/Okt/2025:14:23:04 +0900 boom",
        "2025-10-27 boom",
        "x" * 80 + " 2025-10-27T05:23:04Z",
    ],
)
def test_a_line_without_a_time_near_its_start_has_none(line: str) -> None:
    assert find_time(line, TOKYO) is None


def test_an_offset_of_days_is_no_zone() -> None:
    found = find_time("2025-10-27 14:23:04 +9900", TOKYO)

    assert found is not None
    assert found[0] == AT


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-10-27T05:23:04Z", AT),
        (" 2025-10-27T14:23:04+09:00\n", AT),
        ("2025-10-27T05:23:04.123456789Z", AT + timedelta(microseconds=123456)),
        ("2025-10-27 14:23:04", AT),
        (
            "2017-08-03T15:17:37.804-04:00",
            datetime(2017, 8, 3, 15, 17, 37, 804000, tzinfo=timezone(-timedelta(hours=4))),
        ),
    ],
)
def test_an_instant_is_read_from_iso_text(text: str, at: datetime) -> None:
    assert parse_instant(text, TOKYO) == at


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(NoZoneError, match="2025-10-27 14:23:04"):
        parse_instant("2025-10-27 14:23:04", None)


@pytest.mark.parametrize("text", ["", "soon", "2025-10-27T25:00:00Z", "2025-10-27T05:23:04+99:00"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)isoformat|offset|hour"):
        parse_instant(text, TOKYO)


@pytest.mark.parametrize(
    ("value", "micros"),
    [
        (1761542584, 0),
        (1761542584.25, 250000),
        (1761542584123, 123000),
        (1761542584123456, 123456),
        (1761542584123456000, 123456),
        (1761542584000001000, 1),
    ],
)
def test_the_unit_of_an_epoch_is_told_by_its_size(value: float, micros: int) -> None:
    assert from_epoch(value) == AT + timedelta(microseconds=micros)


@pytest.mark.parametrize(
    ("value", "year"), [(0, 1970), (-86400, 1969), (99_999_999_999, 5138), (100_000_000_000, 1973)]
)
def test_an_epoch_at_the_edge_of_a_unit_keeps_its_unit(value: int, year: int) -> None:
    assert from_epoch(value).year == year


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1e30, -90_000_000_000])
def test_an_epoch_of_no_year_that_there_is_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"nan|inf|1e\+30|-9"):
        from_epoch(value)


def test_an_epoch_of_hundreds_of_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="000"):
        from_epoch(10**400)
