"""What a file holds is told by what is in it."""

import json
import os
import shutil
import threading
import zipfile
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Incident, Skipped, Source
from pmdraft.ingest import gather
from pmdraft.ingest.alert_mapping import AlertMapping, read_mapping
from pmdraft.ingest.recognise import Form, recognise
from pmdraft.ingest.slack import SlackExport
from tests.builders import alert, alertmanager, message, pagerduty, slack_export, write_json

DATA = Path(__file__).parent.parent / "data"
ALERTS = [path for path in sorted((DATA / "alerts").rglob("*")) if path.suffix in (".json", ".txt")]
YAML_ALERT = """\
# from the runbook
receiver: team
groupKey: x
alerts:
  - status: resolved
    labels: {alertname: PoolExhausted, service: api}
    startsAt: 2025-10-27T05:23:00Z
    endsAt: 2025-10-27T06:30:00Z
"""


def form_of(path: Path) -> Form:
    return recognise(path, AlertMapping()).form


def named(folder: Path, content: str | bytes, name: str = "thing.dat") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("sample", ALERTS, ids=lambda path: path.stem)
def test_payloads_of_every_tool_are_alerts_whatever_their_file_is_called(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    shutil.copy(sample, path)

    assert form_of(path) is Form.ALERTS


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("", Form.EMPTY),
        (" \n\n", Form.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Form.NOT_TEXT),
        (b"%PDF-1.7\nobj << >>", Form.NOT_TEXT),
        ("2025-10-27T05:23:00Z ERROR x\n", Form.LOG),
        ("2025-10-27 14:23:00 ERROR x\nTraceback\n  File a\n  File b\nValueError: c\n", Form.LOG),
        ('{"ts": 1761542580, "msg": "a"}\n{"ts": 1761542581, "msg": "b"}\n', Form.LOG),
        (json.dumps(pagerduty("incident.triggered")), Form.ALERTS),
        ("\n\n" + json.dumps([pagerduty("incident.triggered")], indent=2), Form.ALERTS),
        (YAML_ALERT, Form.ALERTS),
        ('{"some": "tool", "at": "2025-10-27T05:23:00Z"}', Form.ALERTS),
        (
            "The pool was full.\nWe met at 2025-10-27 14:30:00 and talked.\nThen\nnothing\nhappened\nfor\nlong.",
            Form.TEXT,
        ),
        ("name: x\nvalue: y\n", Form.TEXT),
        ("<html><body>502</body></html>", Form.TEXT),
        ('{"format": "pmdraft-incident/1", "evidence": []}', Form.INCIDENT),
    ],
)
def test_the_content_tells(tmp_path: Path, content: str | bytes, form: Form) -> None:
    assert form_of(named(tmp_path, content)) is form


def test_a_slack_export_is_chat(tmp_path: Path) -> None:
    assert form_of(slack_export(tmp_path / "x", {"ops": [message("a")]})) is Form.CHAT


def test_what_a_mapping_reads_is_alerts(tmp_path: Path) -> None:
    path = named(tmp_path, "tool: watcher\nsince: 2025-10-27T05:23:00Z\nname: disk\n")
    mapping = named(tmp_path, '[[alert]]\nvendor = "W"\nwhen = "tool"\nwhat = "name"\nfired = "since"\n', "map.toml")

    assert recognise(path, read_mapping(mapping)).form is Form.ALERTS


def test_alerts_in_yaml_are_read(tmp_path: Path) -> None:
    incident = gather(files=[named(tmp_path, YAML_ALERT)])

    assert [(item.id, item.kind.value, f"{item.at:%H:%M}", item.alert) for item in incident.evidence] == [
        ("A1", "alert_fired", "05:23", None),
        ("A2", "alert_resolved", "06:30", "A1"),
    ]


def incident_folder(folder: Path) -> Path:
    """A folder as people make one: everything in it, some of it of no use."""
    slack_export(folder / "export", {"ops": [message("on it", "14:24:00")]})
    write_json(folder / "alerts" / "am.txt", alertmanager(alert()))
    named(folder, "2025-10-27T05:23:30Z ERROR pool\n", "web1.txt")
    named(folder, "Runbook: restart the pool\nThen look again.\n", "runbook")
    named(folder, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "graph.png")
    named(folder, "", "empty")
    named(folder, "system's own", ".DS_Store")
    return folder


def test_a_folder_goes_in_whole(tmp_path: Path) -> None:
    incident = gather(files=[incident_folder(tmp_path / "inc")])

    assert [(item.id, item.raw.file) for item in incident.evidence] == [
        ("A1", "inc/alerts/am.txt"),
        ("N1", "inc/runbook"),
        ("L1", "inc/web1.txt"),
        ("S1", "ops/2025-10-27.json"),
    ]
    assert [(source.name, source.used, source.skipped) for source in incident.sources] == [
        ("#ops", 1, {}),
        ("inc/alerts/am.txt", 1, {}),
        ("inc/web1.txt", 1, {}),
        ("inc/runbook", 1, {}),
        ("inc/empty", 0, {Skipped.EMPTY: 1}),
        ("inc/graph.png", 0, {Skipped.NOT_TEXT: 1}),
    ]
    assert [notice.en for _, notice in incident.noticed()] == [
        "inc/runbook: neither chat nor alerts nor a log; kept as text",
        "inc/graph.png: not read (it holds no text)",
    ]


def test_a_zip_of_the_folder_gives_the_same(tmp_path: Path) -> None:
    folder = incident_folder(tmp_path / "inc")
    packed = tmp_path / "inc.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(folder))

    unpacked, whole = gather(files=[folder]), gather(files=[packed])

    assert [item.text for item in whole.evidence] == [item.text for item in unpacked.evidence]
    assert [item.raw.file for item in whole.evidence if item.id[0] != "S"] == [
        "inc.zip/alerts/am.txt",
        "inc.zip/runbook",
        "inc.zip/web1.txt",
    ]


def test_what_comes_out_of_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("2025-10-27T05:23:30Z ERROR pool\n",))
    writer.start()

    incident = gather(files=[pipe])
    writer.join()

    assert [(item.text, item.raw.file) for item in incident.evidence] == [("ERROR pool", "pipe")]


def test_chat_out_of_a_pipe_that_the_user_names_as_such_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("2025-10-27 14:23 bob: api is down\n",))
    writer.start()

    incident = gather(transcripts=[pipe], timezone="Asia/Tokyo")
    writer.join()

    assert [(item.author, item.text) for item in incident.evidence] == [("bob", "api is down")]


@pytest.mark.parametrize("kind", ["alerts", "logs", "transcripts"])
def test_what_has_no_end_is_one_clear_error_whatever_it_is_named(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmdraft.ingest.inputs.LARGEST", 1 << 20)

    with pytest.raises(InputError, match="/dev/zero: more than"):
        gather(timezone="UTC", **{kind: ["/dev/zero"]})  # type: ignore[arg-type]  # one of three lists of paths


def test_an_export_is_no_pipe() -> None:
    with pytest.raises(InputError, match="save it to a file"):
        gather(SlackExport("/dev/zero", "ops"))


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for host in ("a", "b"):
        (tmp_path / host).mkdir()
        named(tmp_path / host, "2025-10-27T05:23:30Z ERROR pool\n", "app.log")

    incident = gather(files=[tmp_path / "a" / "app.log", tmp_path / "b" / "app.log"])

    assert [item.raw.file for item in incident.evidence] == [str(tmp_path / host / "app.log") for host in ("a", "b")]


def test_an_incident_that_was_saved_is_the_same_again(tmp_path: Path) -> None:
    incident = gather(files=[incident_folder(tmp_path / "inc")], timezone="Asia/Tokyo")
    saved = named(tmp_path, incident.model_dump_json(), "incident.json")

    assert gather(files=[saved]) == incident
    assert Incident.model_validate_json(saved.read_bytes()) == incident


def test_more_files_join_a_saved_incident(tmp_path: Path) -> None:
    page = write_json(tmp_path / "pd.json", pagerduty("incident.resolved", "2025-10-27T06:00:00Z"))
    saved = named(tmp_path, gather(files=[page]).model_dump_json(), "incident.json")
    earlier = write_json(tmp_path / "more.json", pagerduty("incident.triggered", "2025-10-27T05:00:00Z"))

    incident = gather(files=[saved, earlier])

    assert [(item.id, item.raw.file) for item in incident.evidence] == [("A1", "more.json"), ("A2", "pd.json")]


def test_a_saved_incident_of_another_version_is_told(tmp_path: Path) -> None:
    path = named(tmp_path, '{"format": "pmdraft-incident/9", "evidence": []}')

    with pytest.raises(InputError, match=r"thing\.dat: no incident .* \(format: .*make it again"):
        gather(files=[path])


def test_what_the_user_says_a_file_is_wins(tmp_path: Path) -> None:
    path = write_json(tmp_path / "pd.json", pagerduty("incident.triggered"))

    incident = gather(logs=[path])

    assert [item.source for item in incident.evidence] == [Source.LOG]


def test_a_list_is_asked_for() -> None:
    with pytest.raises(InputError, match=r"gone: cannot be read \(No such file or directory\); check the path"):
        gather(files=["gone"])
