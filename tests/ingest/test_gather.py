"""All sources of an incident, gathered."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Skipped
from pmdraft.ingest import gather
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window
from tests.builders import message, slack_export, write_json

DATA = Path(__file__).parent.parent / "data"


def alerts(path: Path, *clocks: str, title: str = "API down") -> Path:
    """A file of PagerDuty triggers at these times of 2025-10-27 in UTC."""
    bodies = [
        {
            "event": {
                "event_type": "incident.triggered",
                "occurred_at": f"2025-10-27T{clock}Z",
                "data": {"title": f"{title} {clock}"},
            }
        }
        for clock in clocks
    ]
    return write_json(path, bodies)


def log(path: Path, *lines: str) -> Path:
    """A log of errors on 2025-10-27 in UTC: `05:23:00 words`."""
    path.write_text("".join(f"2025-10-27T{line[:8]}Z ERROR{line[8:]}\n" for line in lines), encoding="utf-8")
    return path


def users(*zones: str | None) -> list[dict[str, object]]:
    return [{"id": f"U{number}", "name": f"user{number}", "tz": zone} for number, zone in enumerate(zones, 1)]


def test_evidence_of_all_sources_stands_in_the_order_of_time(tmp_path: Path) -> None:
    slack = SlackExport(slack_export(tmp_path / "export", {"ops": [message("on it", "14:24:00")]}), "ops")

    incident = gather(
        slack, alerts=[alerts(tmp_path / "pd.json", "05:23:30")], logs=[log(tmp_path / "a.log", "05:23:00 x")]
    )

    assert [item.id for item in incident.evidence] == ["L1", "A1", "S1"]
    assert [source.name for source in incident.sources] == ["#ops", "pd.json", "a.log"]
    assert incident.channel is not None
    assert incident.channel.name == "ops"
    assert [person.handle for person in incident.people] == ["alice"]


def test_at_the_same_moment_evidence_stands_in_the_order_of_sources(tmp_path: Path) -> None:
    slack = SlackExport(slack_export(tmp_path / "export", {"ops": [message("on it", "14:23:00")]}), "ops")

    incident = gather(
        slack, alerts=[alerts(tmp_path / "pd.json", "05:23:00")], logs=[log(tmp_path / "a.log", "05:23:00 x")]
    )

    assert [item.id for item in incident.evidence] == ["A1", "L1", "S1"]


def test_lines_of_the_same_second_stay_in_the_order_of_the_log(tmp_path: Path) -> None:
    words = [f"step {name}" for name in ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")]

    incident = gather(logs=[log(tmp_path / "a.log", *(f"05:23:00 {word}" for word in words))])

    assert [item.text for item in incident.evidence] == [f"ERROR {word}" for word in words]


def test_alerts_of_several_files_are_numbered_together(tmp_path: Path) -> None:
    later, earlier = (
        alerts(tmp_path / "1.json", "05:25:00", "05:27:00"),
        alerts(tmp_path / "2.json", "05:23:00", "05:26:00"),
    )

    incident = gather(alerts=[later, earlier])

    assert [(item.id, item.raw.file) for item in incident.evidence] == [
        ("A1", "2.json"),
        ("A2", "1.json"),
        ("A3", "2.json"),
        ("A4", "1.json"),
    ]


def test_lines_of_several_logs_are_numbered_together(tmp_path: Path) -> None:
    later, earlier = log(tmp_path / "b.log", "05:25:00 x"), log(tmp_path / "a.log", "05:23:00 y")

    incident = gather(logs=[later, earlier])

    assert [(item.id, item.raw.file) for item in incident.evidence] == [("L1", "a.log"), ("L2", "b.log")]


def test_logs_are_kept_to_the_hour_around_the_rest(tmp_path: Path) -> None:
    found = log(tmp_path / "a.log", "04:22:59 early", "04:23:00 first", "06:23:00 last", "06:23:01 late")

    incident = gather(alerts=[alerts(tmp_path / "pd.json", "05:23:00")], logs=[found])

    assert [item.text for item in incident.evidence if item.id[0] == "L"] == ["ERROR first", "ERROR last"]
    assert incident.sources[1].skipped == {Skipped.OUTSIDE_WINDOW: 2}


def test_logs_alone_are_read_whole(tmp_path: Path) -> None:
    incident = gather(logs=[log(tmp_path / "a.log", "00:00:00 early", "23:59:59 late")])

    assert [item.text for item in incident.evidence] == ["ERROR early", "ERROR late"]


def test_a_window_that_was_asked_for_holds_for_every_source(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": [message("in", "14:24:00"), message("out", "14:31:00")]})
    window = Window(datetime(2025, 10, 27, 5, 23, tzinfo=UTC), datetime(2025, 10, 27, 5, 30, tzinfo=UTC))

    incident = gather(
        SlackExport(export, "ops"),
        alerts=[alerts(tmp_path / "pd.json", "05:22:00", "05:23:00")],
        logs=[log(tmp_path / "a.log", "05:22:59 early", "05:30:00 last", "05:30:01 late")],
        window=window,
    )

    assert [item.text for item in incident.evidence] == ["PagerDuty fired: API down 05:23:00", "in", "ERROR last"]


def test_the_open_end_of_a_window_is_closed_for_logs_only(tmp_path: Path) -> None:
    window = Window(since=datetime(2025, 10, 27, 5, 0, tzinfo=UTC))

    incident = gather(
        alerts=[alerts(tmp_path / "pd.json", "05:23:00")],
        logs=[log(tmp_path / "a.log", "04:59:59 early", "05:00:00 first", "06:23:01 late")],
        window=window,
    )

    assert [item.id for item in incident.evidence] == ["L1", "A1"]


def test_the_counts_of_every_source_add_up() -> None:
    slack = SlackExport(DATA / "slack" / "slack-export-viewer.zip", "enrique")
    paths = [DATA / "alerts" / name for name in ("pagerduty_v3_triggered.json", "prometheus_alertmanager_v4.json")]
    logs = [DATA / "logs" / name for name in ("logfile_java.0", "logfile_bunyan.0")]

    incident = gather(slack, alerts=paths, logs=logs, timezone="UTC")

    assert [(source.read, source.used + sum(source.skipped.values())) for source in incident.sources] == [
        (102, 102),
        (1, 1),
        (1, 1),
        (20, 20),
        (10, 10),
    ]
    assert sum(item.count for item in incident.evidence) == sum(source.used for source in incident.sources)


def test_the_zone_is_where_most_was_written_from(tmp_path: Path) -> None:
    said = [message("a", "14:23:00"), message("b", "14:24:00", user="U2"), message("c", "14:25:00", user="U2")]
    export = slack_export(tmp_path, {"ops": said}, users=users("Europe/Berlin", "Asia/Tokyo"))

    assert gather(SlackExport(export, "ops")).timezone == "Asia/Tokyo"


def test_a_zone_that_there_is_not_is_passed_over(tmp_path: Path) -> None:
    said = [message("a", "14:23:00"), message("b", "14:24:00"), message("c", "14:25:00", user="U2")]
    export = slack_export(tmp_path, {"ops": said}, users=users("Mars/Olympus", "Asia/Tokyo"))

    assert gather(SlackExport(export, "ops")).timezone == "Asia/Tokyo"


def test_the_zone_that_was_said_wins(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("a")]}, users=users("Europe/Berlin"))

    assert gather(SlackExport(export, "ops"), timezone="Asia/Tokyo").timezone == "Asia/Tokyo"


def test_without_any_zone_it_is_utc(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("a")]}, users=users(None))

    assert gather(SlackExport(export, "ops")).timezone == "UTC"


@pytest.mark.parametrize("name", ["JST", "Tokyo", "+09:00", "../etc/passwd", "America"])
def test_a_zone_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no time zone '.+'; write an IANA name such as 'Asia/Tokyo' or 'UTC'"):
        gather(logs=[log(tmp_path / "a.log", "05:23:00 x")], timezone=name)


def test_naive_times_of_a_log_are_read_in_the_zone_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("2025-10-27 14:23:00 ERROR x\n", encoding="utf-8")

    assert gather(logs=[path], timezone="Asia/Tokyo").evidence[0].at == datetime(2025, 10, 27, 5, 23, tzinfo=UTC)


def test_the_zone_of_the_people_is_not_taken_for_that_of_a_log(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": [message("a")]}, users=users("Asia/Tokyo"))
    path = tmp_path / "a.log"
    path.write_text("2025-10-27 14:23:00 ERROR x\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"a\.log:1: the time '2025-10-27 14:23:00' names no zone"):
        gather(SlackExport(export, "ops"), logs=[path])


def test_nothing_to_read_is_told() -> None:
    with pytest.raises(
        InputError, match="there is no evidence to draft from; name a Slack export, a chat, alerts or logs"
    ):
        gather()


def test_sources_that_hold_nothing_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no evidence to draft from: none\.json: nothing in it"):
        gather(alerts=[write_json(tmp_path / "none.json", [])])


def test_an_alert_of_the_year_1_is_told(tmp_path: Path) -> None:
    alert = {"status": "firing", "labels": {"alertname": "Down"}, "startsAt": "0001-01-01T00:00:00Z"}

    with pytest.raises(
        InputError, match=r"no evidence to draft from: am\.json: 1 no time \(the first: am\.json: payload 1: 'Down'\)"
    ):
        gather(alerts=[write_json(tmp_path / "am.json", {"receiver": "x", "alerts": [alert]})])
