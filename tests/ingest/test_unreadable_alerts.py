"""Alert files that cannot be read: one clear line each."""

import json
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, EvidenceKind, Skipped, SourceCount
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.tally import Named
from pmdraft.ingest.window import Window
from tests.builders import alert, alertmanager, pagerduty, write_json
from tests.ingest.reading import alerts_in


def read(path: Path) -> tuple[list[Evidence], SourceCount]:
    return alerts_in(path)


def text_file(folder: Path, text: str) -> Path:
    path = folder / "alerts.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_time_without_zone_is_told_when_none_was_said(tmp_path: Path) -> None:
    path = write_json(tmp_path / "am.json", alertmanager(alert(startsAt="2025-10-27T14:23:00")))

    with pytest.raises(
        InputError, match=r"payload 1: time '2025-10-27T14:23:00' has no zone; say which with --timezone"
    ):
        read(path)


def test_a_time_that_is_none_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_json(tmp_path / "pd.json", [pagerduty("incident.resolved", "soon"), pagerduty("incident.triggered")])

    items, count = read(path)

    assert [item.kind for item in items] == [EvidenceKind.ALERT_FIRED]
    assert count.skipped == {Skipped.UNREADABLE: 1}
    assert [(item.place, item.text) for item in count.left_out] == [
        ("pd.json: payload 1", "API down: 'soon' is no time")
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json: cannot be read \(No such file or directory\); check the path"):
        read(tmp_path / "gone.json")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\); check the path"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_file_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"alerts\.json: empty file; expected what alerting tools send"):
        read(text_file(tmp_path, text))


@pytest.mark.parametrize("text", ["<html>502</html>", "{", '{"alerts": [}', '{"alerts":\n[}'])
def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"alerts\.json:[12]: not JSON \(.+\); expected what alerting tools send"):
        read(text_file(tmp_path, text))


def test_a_bad_line_among_good_ones_is_skipped_and_its_place_told(tmp_path: Path) -> None:
    good = json.dumps(alertmanager(alert()))
    other = json.dumps(pagerduty("incident.resolved", "2025-10-27T06:00:00Z"))

    items, count = read(text_file(tmp_path, f"{good}\n\n{{bad\n{other}\n"))

    assert [item.author for item in items] == ["Alertmanager", "PagerDuty"]
    assert count.skipped == {Skipped.UNREADABLE: 1}
    assert [(item.place, item.text) for item in count.left_out] == [("alerts.json: line 3", "{bad")]


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "alerts.json"
    path.write_bytes('{"alerts": "障害"}'.encode("cp932"))

    with pytest.raises(InputError, match=r"alerts\.json: not UTF-8 text \(byte \d+\)"):
        read(path)


@pytest.mark.parametrize("value", ["a word", 5, None])
def test_what_is_no_object_is_told(tmp_path: Path, value: object) -> None:
    with pytest.raises(InputError, match=r"alerts\.json:1: not JSON"):
        read(write_json(tmp_path / "alerts.json", value))


@pytest.mark.parametrize("value", [["a word"], [[]], [5], [None]])
def test_what_is_no_object_in_a_list_is_skipped(tmp_path: Path, value: object) -> None:
    items, count = read(write_json(tmp_path / "alerts.json", value))

    assert (items, count.read, count.skipped) == ([], 1, {Skipped.UNREADABLE: 1})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"alerts": {}, "receiver": "x"}, "receiver: x"),
        ({"event": "incident.triggered"}, "event: incident.triggered"),
        ({"messages": [{"event": "x"}]}, "event: x"),
    ],
)
def test_a_payload_of_an_unknown_tool_without_a_time_is_kept_as_text(
    tmp_path: Path, body: dict[str, object], text: str
) -> None:
    path = write_json(tmp_path / "alerts.json", body)

    reading = read_alerts([Named(path, path.name)], None, Window())

    assert [kept.text for kept in reading.texts] == [text]
    assert [item.en for item in reading.sources[0].notices] == [
        "alerts.json: payloads of no tool that pmdraft knows: 1 (payload 1); kept as text"
    ]


@pytest.mark.parametrize("body", [{}, {"alerts": []}, {"a": {"b": [None, "", {}]}}])
def test_a_payload_with_nothing_in_it_is_skipped(tmp_path: Path, body: dict[str, object]) -> None:
    items, count = read(write_json(tmp_path / "alerts.json", body))

    assert (items, count.skipped) == ([], {Skipped.NO_TEXT: 1})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (alertmanager({"status": "firing"}), Skipped.NO_TIME),
        ({"event": {"event_type": "x", "occurred_at": None}}, Skipped.NO_TIME),
        (alertmanager(alert(startsAt="yesterday")), Skipped.UNREADABLE),
    ],
)
def test_a_body_of_a_known_vendor_that_says_no_time_is_skipped(
    tmp_path: Path, body: dict[str, object], reason: Skipped
) -> None:
    items, count = read(write_json(tmp_path / "alerts.json", body))

    assert (items, count.skipped) == ([], {reason: 1})


def test_a_label_of_another_type_breaks_nothing(tmp_path: Path) -> None:
    odd = alert(labels={"alertname": "Down", "service": None, "team": ["a"], "shard": 3})

    items, _ = read(write_json(tmp_path / "alerts.json", alertmanager(odd)))

    assert items[0].text == "Alertmanager fired: Down"
