"""Alert files that cannot be read: one clear line each."""

import json
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, SourceCount
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.window import Window
from tests.builders import alert, alertmanager, pagerduty, write_json


def read(path: Path) -> tuple[list[Evidence], SourceCount]:
    return read_alerts(path, None, Window(), 1)


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


def test_a_time_that_is_none_is_told(tmp_path: Path) -> None:
    path = write_json(tmp_path / "pd.json", [pagerduty("incident.triggered"), pagerduty("incident.resolved", "soon")])

    with pytest.raises(
        InputError, match=r"pd\.json: payload 2: unreadable time \(.*'soon'.*\); expected Alertmanager v4"
    ):
        read(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json: cannot be read \(No such file or directory\); check the path"):
        read(tmp_path / "gone.json")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\); check the path"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_file_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"alerts\.json: empty file; expected Alertmanager v4 or PagerDuty v3"):
        read(text_file(tmp_path, text))


@pytest.mark.parametrize("text", ["<html>502</html>", "{", '{"alerts": [}', '{"alerts":\n[}'])
def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"alerts\.json:[12]: not JSON \(.+\); expected Alertmanager v4"):
        read(text_file(tmp_path, text))


def test_a_bad_line_among_good_ones_is_told_with_its_number(tmp_path: Path) -> None:
    good = json.dumps(alertmanager(alert()))

    with pytest.raises(InputError, match=r"alerts\.json: line 2:1: not JSON"):
        read(text_file(tmp_path, f"{good}\n{{bad\n{good}\n"))


def test_blank_lines_count_when_a_bad_line_is_told(tmp_path: Path) -> None:
    good = json.dumps(alertmanager(alert()))

    with pytest.raises(InputError, match=r"line 3:1: not JSON"):
        read(text_file(tmp_path, f"{good}\n\n{{bad\n"))


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "alerts.json"
    path.write_bytes('{"alerts": "障害"}'.encode("cp932"))

    with pytest.raises(InputError, match=r"alerts\.json: not UTF-8 text \(byte \d+\)"):
        read(path)


@pytest.mark.parametrize("value", ["a word", 5, None, ["a word"], [[]]])
def test_what_is_no_object_is_told(tmp_path: Path, value: object) -> None:
    with pytest.raises(InputError, match=r"alerts\.json: payload 1 is not a JSON object; expected Alertmanager v4"):
        read(write_json(tmp_path / "alerts.json", value))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"alerts": []},
        {"alerts": {}, "receiver": "x"},
        {"event": "incident.triggered"},
        {"messages": [{"event": "x"}]},
    ],
)
def test_an_unknown_vendor_is_told(tmp_path: Path, body: dict[str, object]) -> None:
    with pytest.raises(
        InputError, match=r"alerts\.json: payload 1 is from no vendor that pmdraft knows; expected Alert"
    ):
        read(write_json(tmp_path / "alerts.json", body))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (alertmanager({"status": "firing"}), r"alerts\.0\.startsAt: Field required"),
        (
            alertmanager(alert(labels={"alertname": None})),
            r"alerts\.0\.labels\.alertname: Input should be a valid string",
        ),
        ({"event": {"event_type": "x", "occurred_at": "2025-10-27T05:23:00Z"}}, r"event\.data: Field required"),
    ],
)
def test_a_body_of_a_known_vendor_with_another_shape_is_told_with_the_field(
    tmp_path: Path, body: dict[str, object], problem: str
) -> None:
    with pytest.raises(InputError, match=rf"alerts\.json: payload 1: {problem}; expected Alertmanager v4"):
        read(write_json(tmp_path / "alerts.json", body))
