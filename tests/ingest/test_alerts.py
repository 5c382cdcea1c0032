"""Webhook bodies of Alertmanager and PagerDuty, from files."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pmdraft.evidence import Evidence, EvidenceKind, Skipped, SourceCount
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.tally import Named
from pmdraft.ingest.window import Window
from tests.builders import alert, alertmanager, pagerduty, write_json
from tests.ingest.reading import alerts_in

TOKYO = ZoneInfo("Asia/Tokyo")
START, END = "2025-10-27T05:23:00Z", "2025-10-27T06:30:00Z"


def read(path: Path, zone: ZoneInfo | None = None, window: Window | None = None) -> tuple[list[Evidence], SourceCount]:
    return alerts_in(path, zone, window)


def text_file(folder: Path, text: str) -> Path:
    path = folder / "alerts.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_alert_that_fired_becomes_evidence(tmp_path: Path) -> None:
    annotations = {"summary": "Pool is empty", "description": "0 of 100 free"}
    path = write_json(tmp_path / "am.json", alertmanager(alert(annotations=annotations, generatorURL="http://p/graph")))

    items, count = read(path)

    assert [item.id for item in items] == ["A1"]
    assert items[0].kind is EvidenceKind.ALERT_FIRED
    assert items[0].at == datetime(2025, 10, 27, 5, 23, tzinfo=UTC)
    assert items[0].text == (
        "Alertmanager fired: PoolExhausted (service: api, severity: critical)\nPool is empty\n0 of 100 free"
    )
    assert (items[0].author, items[0].service, items[0].permalink) == ("Alertmanager", "api", "http://p/graph")
    assert items[0].raw.file == "am.json"
    assert (count.name, count.read, count.used, count.skipped) == ("am.json", 1, 1, {})


def test_a_resolved_alert_fired_and_ended(tmp_path: Path) -> None:
    path = write_json(tmp_path / "am.json", alertmanager(alert(status="resolved", endsAt=END)))

    items, _ = read(path)

    assert [(item.kind, f"{item.at:%H:%M}") for item in items] == [
        (EvidenceKind.ALERT_FIRED, "05:23"),
        (EvidenceKind.ALERT_RESOLVED, "06:30"),
    ]
    assert items[1].text == "Alertmanager resolved: PoolExhausted (service: api, severity: critical)"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "firing", "endsAt": "0001-01-01T00:00:00Z"},
        {"status": "firing", "endsAt": "2025-10-27T05:27:00Z"},  # when it would end if nothing more came
        {"status": "resolved", "endsAt": "0001-01-01T00:00:00Z"},
        {"status": "resolved", "endsAt": None},
        {"status": "resolved", "endsAt": ""},
    ],
)
def test_an_alert_that_never_ended_has_no_end(tmp_path: Path, fields: dict[str, object]) -> None:
    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(**fields))))

    assert [item.kind for item in items] == [EvidenceKind.ALERT_FIRED]


@pytest.mark.parametrize(
    ("labels", "service"),
    [
        ({"service": "api", "app": "a", "job": "j", "instance": "i"}, "api"),
        ({"app": "a", "job": "j"}, "a"),
        ({"service": "", "job": "j", "instance": "i"}, "j"),
        ({"instance": "10.0.0.1:9100"}, "10.0.0.1:9100"),
        ({}, None),
    ],
)
def test_the_service_is_the_most_telling_label(tmp_path: Path, labels: dict[str, str], service: str | None) -> None:
    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(labels=labels))))

    assert items[0].service == service


def test_an_alert_without_a_name_is_still_one(tmp_path: Path) -> None:
    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(labels={}))))

    assert items[0].text == "Alertmanager fired: unnamed alert"


def test_a_summary_that_repeats_the_description_is_said_once(tmp_path: Path) -> None:
    notes = {"summary": "Pool is empty", "description": "Pool is empty"}

    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(annotations=notes))))

    assert items[0].text.count("Pool is empty") == 1


def test_template_syntax_in_an_annotation_stays_text(tmp_path: Path) -> None:
    notes = {"summary": "{{ $value }} <b>{% if %}</b>"}

    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(annotations=notes))))

    assert items[0].text.endswith("\n{{ $value }} <b>{% if %}</b>")


def test_a_webhook_sent_again_counts_once(tmp_path: Path) -> None:
    first = alertmanager(alert(annotations={"summary": "81 % used"}))
    again = alertmanager(alert(annotations={"summary": "97 % used"}))
    ended = alertmanager(alert(status="resolved", endsAt=END))

    items, count = read(write_json(tmp_path / "am.json", [first, again, ended]))

    assert [item.kind for item in items] == [EvidenceKind.ALERT_FIRED, EvidenceKind.ALERT_RESOLVED]
    assert "81 % used" in items[0].text
    assert (count.read, count.used, count.skipped) == (4, 2, {Skipped.REPEATED: 2})


def test_two_services_with_one_alert_are_two_alerts(tmp_path: Path) -> None:
    one, two = ({"alertname": "Down", "service": name} for name in ("api", "web"))

    items, _ = read(write_json(tmp_path / "am.json", alertmanager(alert(labels=one), alert(labels=two))))

    assert [item.service for item in items] == ["api", "web"]


@pytest.mark.parametrize(
    ("event_type", "kind", "head"),
    [
        ("incident.triggered", EvidenceKind.ALERT_FIRED, "PagerDuty fired: API down"),
        ("incident.reopened", EvidenceKind.ALERT_FIRED, "PagerDuty fired: API down"),
        ("incident.acknowledged", EvidenceKind.ALERT_ACKNOWLEDGED, "PagerDuty acknowledged: API down"),
        ("incident.resolved", EvidenceKind.ALERT_RESOLVED, "PagerDuty resolved: API down"),
        ("incident.escalated", EvidenceKind.ALERT_NOTE, "PagerDuty note: API down\nincident.escalated"),
    ],
)
def test_an_event_of_pagerduty_is_what_its_type_says(
    tmp_path: Path, event_type: str, kind: EvidenceKind, head: str
) -> None:
    items, _ = read(write_json(tmp_path / "pd.json", pagerduty(event_type)))

    assert (items[0].kind, items[0].text) == (kind, head)


def test_two_notes_of_one_moment_are_two(tmp_path: Path) -> None:
    notes = [pagerduty("incident.annotated", content=text) for text in ("killed the query", "pool recovers")]

    items, _ = read(write_json(tmp_path / "pd.json", notes))

    assert [item.text.splitlines()[-1] for item in items] == ["killed the query", "pool recovers"]


def test_priority_says_more_than_urgency(tmp_path: Path) -> None:
    urgent = pagerduty("incident.triggered", urgency="high", priority=None)
    prior = pagerduty("incident.triggered", END, urgency="high", priority={"summary": "P1"})

    items, _ = read(write_json(tmp_path / "pd.json", [urgent, prior]))

    assert [item.text for item in items] == [
        "PagerDuty fired: API down (severity: high urgency)",
        "PagerDuty fired: API down (severity: P1)",
    ]


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n"])
def test_webhooks_may_stand_one_a_line(tmp_path: Path, separator: str) -> None:
    bodies = [alertmanager(alert()), pagerduty("incident.resolved", END)]

    items, _ = read(text_file(tmp_path, separator.join(map(json.dumps, bodies))))

    assert [item.author for item in items] == ["Alertmanager", "PagerDuty"]


def test_what_an_alert_went_through_is_linked_to_its_firing(tmp_path: Path) -> None:
    path = write_json(
        tmp_path / "pd.json",
        [
            pagerduty("incident.resolved", END, id="P1"),
            pagerduty("incident.triggered", id="P1"),
            pagerduty("incident.triggered", "2025-10-27T05:24:00Z", id="P2", title="Queue is full"),
            pagerduty("incident.annotated", "2025-10-27T05:30:00Z", incident={"id": "P2"}, content="draining"),
        ],
    )

    items, _ = read(path)

    assert [(item.id, item.alert, item.kind.value) for item in items] == [
        ("A1", None, "alert_fired"),
        ("A2", None, "alert_fired"),
        ("A3", "A2", "alert_note"),
        ("A4", "A1", "alert_resolved"),
    ]


def test_an_alert_that_fires_again_is_another_one(tmp_path: Path) -> None:
    second = {"startsAt": "2025-10-27T07:00:00Z", "endsAt": "2025-10-27T07:10:00Z"}
    bodies = [alertmanager(alert(status="resolved", endsAt=END)), alertmanager(alert(status="resolved", **second))]

    items, _ = read(write_json(tmp_path / "am.json", bodies))

    assert [(item.id, item.alert) for item in items] == [("A1", None), ("A2", "A1"), ("A3", None), ("A4", "A3")]


def test_an_end_without_a_beginning_is_linked_to_nothing(tmp_path: Path) -> None:
    items, _ = read(write_json(tmp_path / "pd.json", pagerduty("incident.resolved", END)))

    assert items[0].alert is None


def test_one_alert_told_by_two_files_counts_once_and_is_linked(tmp_path: Path) -> None:
    hook = write_json(tmp_path / "hook.json", pagerduty("incident.triggered", "2025-10-27T05:23:00.781Z", id="P1"))
    more = write_json(
        tmp_path / "more.json",
        [
            pagerduty("incident.triggered", "2025-10-27T05:23:00Z", id="P1"),
            pagerduty("incident.resolved", END, id="P1"),
        ],
    )

    reading = read_alerts([Named(hook, "hook.json"), Named(more, "more.json")], None, Window())

    assert [(item.id, item.alert, item.raw.file) for item in reading.evidence] == [
        ("A1", None, "more.json"),
        ("A2", "A1", "more.json"),
    ]
    assert [count.skipped for count in reading.sources] == [{Skipped.REPEATED: 1}, {}]


def test_the_counts_of_alerts_add_up_within_a_window(tmp_path: Path) -> None:
    body = alertmanager(alert(status="resolved", endsAt=END))
    window = Window(until=datetime(2025, 10, 27, 6, 0, tzinfo=UTC))

    items, count = read(write_json(tmp_path / "am.json", [body, body]), window=window)

    assert [item.kind for item in items] == [EvidenceKind.ALERT_FIRED]
    assert (count.read, count.used) == (4, 1)
    assert count.skipped == {Skipped.OUTSIDE_WINDOW: 2, Skipped.REPEATED: 1}


def test_a_time_without_zone_is_in_the_zone_that_was_said(tmp_path: Path) -> None:
    path = write_json(tmp_path / "am.json", alertmanager(alert(startsAt="2025-10-27T14:23:00")))

    items, _ = read(path, TOKYO)

    assert items[0].at == datetime(2025, 10, 27, 5, 23, tzinfo=UTC)


def test_a_time_of_nanoseconds_is_read(tmp_path: Path) -> None:
    path = write_json(tmp_path / "am.json", alertmanager(alert(startsAt="2025-10-27T14:23:00.123456789+09:00")))

    items, _ = read(path)

    assert items[0].at == datetime(2025, 10, 27, 5, 23, 0, 123456, tzinfo=UTC)
