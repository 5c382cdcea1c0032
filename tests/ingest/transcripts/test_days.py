"""Days and zones that a transcript leaves open."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.ingest.chat import ChatOptions
from pmdraft.ingest.transcripts.days import Days, clock, day_in, start_of_call, zone_of
from tests.ingest.transcripts.reading import OPTIONS, TOKYO, read_text, said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:23", time(14, 23)),
        ("2:23", time(2, 23)),
        ("14:23:05", time(14, 23, 5)),
        ("14:23:05.25", time(14, 23, 5, 250_000)),
        ("2:23 PM", time(14, 23)),
        ("2:23\u202fpm", time(14, 23)),
        ("12:05 AM", time(0, 5)),
        ("12:05 p.m.", time(12, 5)),
        ("午後2:23", time(14, 23)),
        ("午前0:05", time(0, 5)),
        ("14時23分", time(14, 23)),
        ("24:00", None),
        ("13:00 PM", None),
        ("14:60", None),
        ("noon", None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(written: str, meant: time | None) -> None:
    assert clock(written) == meant


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-04-19.log", date(2019, 4, 19)),
        ("#ops_20190419.txt", date(2019, 4, 19)),
        ("incident-2025-10-27-api-down.txt", date(2025, 10, 27)),
        ("2019-13-41.log", None),
        ("build-12345678.log", None),
        ("ops.log", None),
    ],
)
def test_a_file_may_be_named_for_its_day(name: str, day: date | None) -> None:
    assert day_in(name) == day


@pytest.mark.parametrize(("written", "hours"), [("Z", 0), ("UTC", 0), ("JST", 9), ("+09:00", 9), ("-0530", -5.5)])
def test_a_zone_behind_a_time_is_read(written: str, hours: float) -> None:
    zone = zone_of(written)
    assert zone

    offset = zone.utcoffset(None)

    assert offset is not None
    assert offset.total_seconds() == hours * 3600


def test_a_clock_that_goes_past_midnight_begins_a_day(tmp_path: Path) -> None:
    reading = read_text("23:58 a: x\n00:02 b: y\n00:01 a: late\n23:59 b: z\n00:00 a: w\n", tmp_path)

    assert [day for day, _, _ in said(reading)] == [
        "10-27 23:58",
        "10-28 00:01",
        "10-28 00:02",
        "10-28 23:59",
        "10-29 00:00",
    ]


def test_a_clock_that_is_put_back_by_an_hour_stays_in_its_day(tmp_path: Path) -> None:
    days = Days(tmp_path / "x.log", OPTIONS)

    moments = [days.at(time(2, 59), 1), days.at(time(2, 0), 2)]

    assert {moment.date() for moment in moments} == {date(2025, 10, 27)}


def test_a_missing_date_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"pasted\.txt:1: the time 14:23 has no date; say on which day the transcript begins: --date"
    ):
        read_text("14:23 alice: API is down\n14:24 bob: on it\n", tmp_path, ChatOptions(zone=TOKYO))


def test_a_missing_zone_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pasted\.txt:1: its times name no zone; say which with --timezone"):
        read_text("2025-10-27 14:23 Alice: API is down\n", tmp_path, ChatOptions())


def test_a_zone_in_the_text_is_enough(tmp_path: Path) -> None:
    reading = read_text("2025-10-27 14:23 JST Alice: API is down\n", tmp_path, ChatOptions())

    assert reading.evidence[0].at == datetime(2025, 10, 27, 5, 23, tzinfo=UTC)
    assert (reading.evidence[0].raw.zone, reading.evidence[0].raw.assumed) == ("+09:00", ())


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        (ChatOptions(zone=TOKYO), "say when that was: --date 2025-10-27T14:00"),
        (OPTIONS, "say when that was: --date 2025-10-27T14:00"),
        (ChatOptions(), r"say when, and where: --date 2025-10-27T14:00\+09:00"),
        (ChatOptions(begins=datetime(2025, 10, 27, 14, 0)), r"write it as --date 2025-10-27T14:00\+09:00"),  # noqa: DTZ001
    ],
)
def test_the_start_of_a_call_is_asked_for(options: ChatOptions, missing: str) -> None:
    with pytest.raises(InputError, match=missing):
        start_of_call(Path("call.vtt"), options)


@pytest.mark.parametrize(
    "name",
    [
        "GMT20251204-140158_Recording.transcript.vtt",
        "Standup-20251204_140158UTC-Meeting Recording.vtt",
        "Standup (2025-12-04 15:01 GMT+1) - Transcript.vtt",
        "Standup-20251204_230158-Meeting Recording.vtt",
    ],
)
def test_calls_are_named_for_their_start(name: str) -> None:
    start = start_of_call(Path(name), ChatOptions(zone=TOKYO))

    assert start.replace(second=0) == datetime(2025, 12, 4, 14, 1, tzinfo=UTC)


def test_a_name_without_a_zone_needs_one() -> None:
    with pytest.raises(InputError, match="began at 2025-12-04T23:01, in no zone; say in which with --timezone"):
        start_of_call(Path("Standup-20251204_230158-x.vtt"), ChatOptions())


def test_a_moment_before_the_first_words_is_the_start_and_a_day_in_a_folder_a_hint() -> None:
    start = start_of_call(Path("call.vtt"), ChatOptions(), "WEBVTT\nNOTE recorded 2025-12-04T14:01:58Z")

    assert start == datetime(2025, 12, 4, 14, 1, 58, tzinfo=UTC)
    with pytest.raises(InputError, match=r"--date 2025-12-04T14:00\+09:00"):
        start_of_call(Path("incident-2025-12-04/call.vtt"), ChatOptions())
