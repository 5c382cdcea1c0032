"""The ends of a window as users write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.window import moment

NOW = datetime(2025, 10, 27, 9, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "ago"),
    [("90m", timedelta(minutes=90)), ("3h", timedelta(hours=3)), ("2d", timedelta(days=2)), ("1w", timedelta(days=7))],
)
def test_how_long_ago_counts_back_from_now(text: str, ago: timedelta) -> None:
    assert moment(text, None, NOW) == NOW - ago


def test_a_date_begins_or_ends_its_day() -> None:
    begins = moment("2025-10-27", TOKYO, NOW)
    ends = moment("2025-10-27", TOKYO, NOW, ends_day=True)

    assert begins.isoformat() == "2025-10-27T00:00:00+09:00"
    assert ends.isoformat() == "2025-10-27T23:59:59.999999+09:00"


def test_a_date_needs_a_zone() -> None:
    with pytest.raises(NoZoneError, match="2025-10-27"):
        moment("2025-10-27", None, NOW)


@pytest.mark.parametrize("text", ["3x", "h", "", "123456w", "yesterday"])
def test_anything_else_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        moment(text, TOKYO, NOW)
