"""What is told of the clocks of an incident's sources."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmdraft.evidence import Assumed, Evidence, EvidenceKind, Incident, Origin
from pmdraft.ingest import gather
from pmdraft.ingest.relative_times import relative_times
from pmdraft.ingest.source_clocks import clock_notices
from pmdraft.notices import Notice, NoticeKind
from tests.builders import alert, alertmanager, evidence, incident, write_json

START = datetime(2025, 10, 27, 5, 23, tzinfo=UTC)


def noticed(told: Incident, kind: NoticeKind) -> list[Notice]:
    return [notice for notice in clock_notices(told) if notice.kind is kind]


def page(number: int, minutes: float, title: str = "PoolExhausted", kind: str = "fired") -> Evidence:
    at = START + timedelta(minutes=minutes)
    text = f"Alertmanager {kind}: {title}"
    return evidence(f"A{number}", text, at.isoformat(), kind=EvidenceKind(f"alert_{kind}"), title=title)


def post(number: int, minutes: float, text: str) -> Evidence:
    at = START + timedelta(minutes=minutes)
    return evidence(f"S{number}", text, at.isoformat(), kind=EvidenceKind.BOT_MESSAGE, channel="ops")


def test_a_message_before_the_alert_that_it_tells_means_that_clocks_differ() -> None:
    told = incident(page(1, 0), post(1, -7, "[FIRING:1] PoolExhausted api"))

    found = noticed(told, NoticeKind.CLOCK_SKEW)

    assert [(item.en, item.ja, item.evidence) for item in found] == [
        (
            "the clocks of alerts.json and #ops may be 7 min 0 s apart (the same alert: PoolExhausted)",
            "alerts.json と #ops の時計が 7 分 0 秒 ずれている可能性がある（同じアラート: PoolExhausted）",
            ("A1", "S1"),
        )
    ]


@pytest.mark.parametrize("minutes", [-0.4, 0, 0.2, 5])
def test_a_message_soon_after_its_alert_is_as_it_should_be(minutes: float) -> None:
    assert not noticed(incident(page(1, 0), post(1, minutes, "FIRING PoolExhausted")), NoticeKind.CLOCK_SKEW)


@pytest.mark.parametrize("minutes", [20, 540, -30, -1000])
def test_a_single_message_far_away_may_be_about_another_time(minutes: float) -> None:
    assert not noticed(incident(page(1, 0), post(1, minutes, "FIRING PoolExhausted")), NoticeKind.CLOCK_SKEW)


def test_two_that_are_shifted_alike_show_a_zone_that_is_wrong() -> None:
    told = incident(
        page(1, 0),
        page(2, 67, kind="resolved"),
        post(1, 540.5, "[FIRING:1] PoolExhausted"),
        post(2, 607.2, "[RESOLVED] PoolExhausted"),
    )

    found = noticed(told, NoticeKind.CLOCK_SKEW)

    assert [item.en.partition(" may be ")[2] for item in found] == ["9 h 0 min apart (the same alert: PoolExhausted)"]


def test_two_that_are_shifted_by_different_times_say_nothing_of_clocks() -> None:
    told = incident(
        page(1, 0),
        page(2, 67, kind="resolved"),
        post(1, 30, "FIRING PoolExhausted"),
        post(2, 90, "RESOLVED PoolExhausted"),
    )

    assert not noticed(told, NoticeKind.CLOCK_SKEW)


def test_one_that_comes_in_time_outweighs_one_that_does_not() -> None:
    told = incident(
        page(1, 0), page(2, 10, "QueueFull"), post(1, 1, "PoolExhausted fired"), post(2, 5, "QueueFull fired")
    )

    assert not noticed(told, NoticeKind.CLOCK_SKEW)


def test_an_alert_that_fired_thousands_of_times_is_compared_too() -> None:
    told = incident(
        *(item for n in range(2_000) for item in (page(n + 1, 4 * n), post(n + 1, 4 * n - 60, "FIRING PoolExhausted")))
    )

    found = noticed(told, NoticeKind.CLOCK_SKEW)

    assert not found  # every other message is nearer to another firing: nothing can be told


def test_an_acknowledgement_is_not_taken_for_the_alert() -> None:
    assert not noticed(incident(page(1, 0), post(1, -5, "PoolExhausted acknowledged by alice")), NoticeKind.CLOCK_SKEW)


def test_zones_that_differ_are_told_with_their_files() -> None:
    told = incident(
        evidence("A1", raw=Origin(file="pd.json", zone="UTC")),
        evidence("L1", raw=Origin(file="a.log", zone="+09:00")),
        evidence("L2", raw=Origin(file="b.log", zone="Asia/Tokyo")),
        evidence("S1"),
    )

    assert [item.en for item in noticed(told, NoticeKind.MIXED_ZONES)] == [
        "sources write their times in different zones: UTC: pd.json; +09:00/Asia/Tokyo: a.log, b.log"
    ]


def test_zones_of_one_offset_are_one() -> None:
    told = incident(
        evidence("L1", raw=Origin(file="a.log", zone="+09:00")),
        evidence("L2", raw=Origin(file="b.log", zone="Asia/Tokyo")),
    )

    assert not noticed(told, NoticeKind.MIXED_ZONES)


def test_a_saved_zone_that_is_none_breaks_nothing() -> None:
    told = incident(evidence("L1", raw=Origin(file="a.log", zone="Mars/Olympus")), evidence("L2"))

    assert not noticed(told, NoticeKind.MIXED_ZONES)


def test_what_was_assumed_is_told_with_its_number() -> None:
    both = (Assumed.YEAR, Assumed.ZONE)
    told = incident(
        evidence("C1", raw=Origin(file="a.log", zone="Asia/Tokyo", assumed=both)),
        evidence("C2", raw=Origin(file="a.log", zone="Asia/Tokyo", assumed=both)),
        evidence("L1", raw=Origin(file="b.log", zone="Asia/Tokyo", assumed=both)),  # whose reader tells it
    )

    assert [item.en for item in clock_notices(told)] == [
        "a.log: 2 times that name no year were read as of 2025",
        "a.log: 2 times that name no zone were read as Asia/Tokyo",
    ]


def test_an_alert_keeps_the_zone_that_it_was_written_in(tmp_path: Path) -> None:
    bodies = [alert(startsAt=at) for at in ("2025-10-27T14:23:00+09:00", "2025-10-27T14:25:00", "2025-10-27T05:30:00Z")]
    path = write_json(tmp_path / "am.json", alertmanager(*bodies))

    items = gather(files=[path], timezone="Asia/Tokyo").evidence

    assert [(item.raw.zone, item.raw.assumed) for item in items] == [
        ("+09:00", ()),
        ("Asia/Tokyo", (Assumed.ZONE,)),
        ("UTC", ()),
    ]


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("10分前から遅いです", "10分前", 10),
        ("１０分ほど前に再起動", "10分ほど前", 10),
        ("1時間半前くらい", "1時間半前", 90),
        ("数分前から", "数分前", None),
        ("半日前", "半日前", 720),
        ("it began 10 minutes ago", "10 minutes ago", 10),
        ("an hour ago", "an hour ago", 60),
        ("half an hour ago", "half an hour ago", 30),
        ("5m ago it was fine", "5m ago", 5),
        ("a few mins back", "a few mins back", None),
        ("2h earlier", "2h earlier", 120),
    ],
)
def test_a_relative_time_is_found(text: str, words: str, minutes: int | None) -> None:
    found = list(relative_times(text, START))

    assert [item.words for item in found] == [words]
    assert found[0].at == (START - timedelta(minutes=minutes) if minutes is not None else None)


@pytest.mark.parametrize(
    "text", ["10分後に確認", "前日比", "午前10時", "10 minutes later", "a minute", "5m rows", "long ago"]
)
def test_what_is_no_relative_time_is_left_alone(text: str) -> None:
    assert not list(relative_times(text, START))


def test_relative_times_are_told_once_with_their_messages() -> None:
    told = incident(
        evidence("S1", "10分前から遅い"),
        evidence("S2", "ok", kind=EvidenceKind.BOT_MESSAGE),
        evidence("S3", "a few minutes ago"),
    )

    found = noticed(told, NoticeKind.RELATIVE_TIME)

    assert [(item.ja, item.evidence) for item in found] == [
        (
            "相対的な時刻で書かれた発言がある: S1「10分前」（14:13 ごろ）、S3「a few minutes ago」",
            ("S1", "S3"),
        )
    ]
    assert found[0].en.endswith("S1 “10分前” (about 14:13), S3 “a few minutes ago”")
