"""Durations are worked out from two events, each with its definition."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pmdraft.durations import measure
from pmdraft.language import Language
from pmdraft.lengths import spell
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.statement import Statement

TOKYO = ZoneInfo("Asia/Tokyo")


def entry(kind: EventKind, clock: str, name: str = "S1") -> TimelineEntry:
    at = datetime.fromisoformat(f"2025-10-27T{clock}+09:00")
    event = Statement(text=kind.value, evidence=(name,))
    return TimelineEntry(at=at, event=event, action=None, kind=kind, evidence=(name,), timed_by=name)


SEED = [
    entry(EventKind.IMPACT_START, "14:23:04", "L1"),
    entry(EventKind.DETECTION, "14:25:05", "A1"),
    entry(EventKind.ACKNOWLEDGEMENT, "14:27:09", "A2"),
    entry(EventKind.MITIGATION, "14:40:10", "S5"),
    entry(EventKind.RECOVERY, "15:30:38", "S8"),
    entry(EventKind.CLOSED, "15:45:33", "S9"),
]


def test_downtime_ends_with_recovery_and_not_with_the_closing() -> None:
    found = measure(SEED, Language.JA, TOKYO)

    assert found["downtime"].text == "1時間7分（発生 14:23 → 完全復旧の確認 15:30）"
    assert found["incident_length"].text == "1時間22分（発生 14:23 → クローズ 15:45）"


def test_every_metric_has_its_definition_beside_it_in_english_too() -> None:
    found = measure(SEED, Language.EN, TOKYO)

    assert {name: duration.text for name, duration in found.items()} == {
        "time_to_detect": "2 min (start of impact 14:23 → first detection 14:25)",
        "time_to_acknowledge": "2 min (first detection 14:25 → acknowledgement 14:27)",
        "time_to_mitigate": "17 min (start of impact 14:23 → first mitigation 14:40)",
        "downtime": "1 h 7 min (start of impact 14:23 → confirmed full recovery 15:30)",
        "incident_length": "1 h 22 min (start of impact 14:23 → incident closed 15:45)",
    }


def test_a_duration_cites_both_its_ends() -> None:
    found = measure(SEED, Language.JA, TOKYO)

    assert found["downtime"].evidence == ("L1", "S8")
    assert found["downtime"].seconds == 67 * 60


def test_recovery_that_was_announced_twice_counts_from_the_last_time() -> None:
    found = measure([*SEED, entry(EventKind.RECOVERY, "15:40:00")], Language.EN, TOKYO)

    assert found["downtime"].seconds == 77 * 60


def test_nothing_is_computed_from_an_event_that_is_missing() -> None:
    without_start = SEED[1:]

    found = measure(without_start, Language.JA, TOKYO)

    assert set(found) == {"time_to_acknowledge"}


def test_events_in_the_wrong_order_give_no_duration() -> None:
    found = measure(
        [entry(EventKind.IMPACT_START, "14:30:00"), entry(EventKind.DETECTION, "14:25:00")], Language.JA, TOKYO
    )

    assert found == {}


def test_days_are_told_when_a_duration_goes_over_midnight() -> None:
    end = entry(EventKind.RECOVERY, "15:30:00").model_copy(
        update={"at": datetime.fromisoformat("2025-10-28T15:30:00+09:00")}
    )

    found = measure([SEED[0], end], Language.EN, TOKYO)

    assert found["downtime"].text.startswith("1 d 1 h 7 min (start of impact 10-27 14:23")


@pytest.mark.parametrize(
    ("seconds", "ja", "en"),
    [(0, "1分未満", "under 1 min"), (60, "1分", "1 min"), (3600, "1時間", "1 h"), (90000, "1日1時間", "1 d 1 h")],
)
def test_a_length_of_time_is_spelt_in_both_languages(seconds: int, ja: str, en: str) -> None:
    assert (spell(seconds, Language.JA), spell(seconds, Language.EN)) == (ja, en)
