"""Alerts of tools that pmdraft does not know: by the user's mapping, or kept as text."""

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from pmdraft.cli import app
from pmdraft.errors import InputError
from pmdraft.evidence import Assumed, Evidence, EvidenceKind, Skipped
from pmdraft.ingest import gather
from pmdraft.ingest.alert_mapping import read_mapping
from tests.ingest.reading import alerts_in

DATA = Path(__file__).parent.parent / "data" / "alerts"
UNKNOWN = DATA / "own" / "unknown_tool.json"
MAPPING = DATA / "own" / "mapping.toml"


def payload_file(folder: Path, *payloads: object) -> Path:
    path = folder / "alerts.json"
    path.write_text("\n".join(json.dumps(payload) for payload in payloads), encoding="utf-8")
    return path


def mapping_file(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mapped(path: Path, mapping: Path) -> list[Evidence]:
    return alerts_in(path, mapping=read_mapping(mapping))[0]


def test_a_mapping_reads_a_tool_that_pmdraft_does_not_know() -> None:
    items = mapped(UNKNOWN, MAPPING)

    assert [item.text for item in items] == [
        "Disk watcher fired: Disk of db1 is full (service: db1, severity: RED)\n12 times",
        "Disk watcher resolved: Disk of db1 is full (service: db1, severity: RED)",
    ]
    assert [f"{item.at:%H:%M:%S%z}" for item in items] == ["14:23:09+0900", "15:30:00+0900"]


def test_a_mapping_gives_a_time_to_a_vendor_that_writes_none() -> None:
    items = mapped(DATA / "grafana_alerting.json", MAPPING)

    assert items[0].text.splitlines()[0] == "Grafana fired: Zeta CPU alert"
    assert items[0].at.isoformat() == "2025-10-27T14:23:09+09:00"


def test_a_mapping_translates_the_words_of_a_tool_for_each_of_its_alerts(tmp_path: Path) -> None:
    alerts = [
        {"n": "a", "s": "ROT", "t": "2025-10-27T05:23:00Z"},
        {"n": "a", "s": "in Arbeit", "t": "2025-10-27T05:24:00Z", "w": "Anna"},
        {"n": "a", "s": "ok", "t": "2025-10-27T05:25:00Z"},
        {"n": "a", "s": "???", "t": "2025-10-27T05:26:00Z"},
    ]
    mapping = mapping_file(
        tmp_path,
        """
        [[alert]]
        vendor = "Wache"
        when = "meldungen"
        each = "meldungen"
        what = "n"
        at = "t"
        state = "s"
        by = "w"
        states = { ROT = "fired", "in Arbeit" = "acknowledged" }
        """,
    )

    items = mapped(payload_file(tmp_path, {"meldungen": alerts}), mapping)

    assert [item.text for item in items] == [
        "Wache fired: a",
        "Wache acknowledged: a (by: Anna)",
        "Wache resolved: a",
        "Wache note: a",
    ]


def test_a_payload_that_no_rule_wants_goes_to_its_vendor() -> None:
    items = mapped(DATA / "pagerduty_v3_triggered.json", MAPPING)

    assert items[0].text.startswith("PagerDuty fired: Test Incident 3")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[alert", r"not TOML \("),
        ('[[alert]]\nvendor = "x"\nwhen = "a"\nwhat = "b"', "alert.0: Value error, a rule needs a time: 'at'"),
        ('[[alert]]\nvendor = "x"\nwhen = "a"\nat = "c"', "alert.0.what: Field required"),
        (
            '[[alert]]\nvendor = "x"\nwhen = "a ="\nwhat = "b"\nat = "c"',
            "alert.0.when: Value error, 'a =' is no JMESPath expression",
        ),
        (
            '[[alert]]\nvendor = "x"\nwhen = "a"\nwhat = "b"\nat = "c"\nsevirity = "d"',
            "alert.0.sevirity: Extra inputs are not permitted",
        ),
        (
            '[[alert]]\nvendor = "x"\nwhen = "a"\nwhat = "b"\nat = "c"\nstates = { R = "red" }',
            "alert.0.states.R: Input should be 'fired'",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_told_with_the_place(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=rf"mapping\.toml: {problem}.*; see docs/alerts\.md"):
        read_mapping(mapping_file(tmp_path, text))


def test_an_expression_that_does_not_suit_a_payload_is_told(tmp_path: Path) -> None:
    mapping = mapping_file(tmp_path, '[[alert]]\nvendor = "x"\nwhen = "kind"\nwhat = "max(seen)"\nat = "t"')

    with pytest.raises(InputError, match=r"payload 1: 'max\(seen\)' cannot be worked out \(.+\); correct the mapping"):
        mapped(UNKNOWN, mapping)


def test_an_unknown_payload_is_kept_as_text_at_a_time_found_in_it() -> None:
    items, count = alerts_in(UNKNOWN)

    assert items[0].kind is EvidenceKind.ALERT_NOTE
    assert items[0].at.isoformat() == "2025-10-27T14:23:09+09:00"
    assert items[0].text.splitlines() == [
        "Unknown tool note: Disk of db1 is full",
        "kind: disk",
        "machine: db1",
        "seen: 12",
        "problem.title: Disk of db1 is full",
        "problem.level: RED",
        "problem.started: 2025-10-27T14:23:09+09:00",
        "problem.ended: 2025-10-27T15:30:00+09:00",
        "tags: a",
        "tags: b",
    ]
    assert (count.read, count.used) == (1, 1)


@pytest.mark.parametrize(
    "payload",
    [
        {"a": 1, "createdAt": 1761542589},
        {"a": {"event_time": "1761542589000"}},
        {"a": "2020-01-01 is no time", "when": "2025-10-27 05:23:09 UTC"},
        {"a": "[2025-10-27T05:23:09Z] disk full", "format": 1761542000},
        {"expires_at": 99, "text": "at 2025-10-27T05:23:09+00:00"},
    ],
)
def test_the_time_of_an_unknown_payload_is_where_its_name_or_form_says(
    tmp_path: Path, payload: dict[str, object]
) -> None:
    items, _ = alerts_in(payload_file(tmp_path, payload))

    assert f"{items[0].at:%Y-%m-%d %H:%M:%S %z}" == "2025-10-27 05:23:09 +0000"


def test_an_unknown_payload_without_a_time_is_a_note_at_the_beginning_of_the_rest(tmp_path: Path) -> None:
    payload_file(tmp_path, {"title": "Disk full", "seen": 1761542589})
    pages = [DATA / "pagerduty_v3_triggered.json", tmp_path / "alerts.json"]

    incident = gather(alerts=pages)

    note = incident.by_id()["N1"]
    assert (note.at, note.raw.assumed) == (incident.by_id()["A1"].at, (Assumed.TIME,))
    assert (note.kind, note.author, note.text) == (
        EvidenceKind.NOTE,
        "alerts.json",
        "title: Disk full\nseen: 1761542589",
    )
    assert [(count.read, count.used) for count in incident.sources] == [(1, 1), (1, 1)]


def test_a_time_without_zone_in_an_unknown_payload_is_told_or_read_in_the_zone_that_was_said(tmp_path: Path) -> None:
    path = payload_file(tmp_path, {"title": "Disk full", "time": "2025-10-27 14:23:09"})

    items, _ = alerts_in(path, ZoneInfo("Asia/Tokyo"))

    assert items[0].at.isoformat() == "2025-10-27T14:23:09+09:00"
    with pytest.raises(InputError, match="has no zone; say which with --timezone"):
        alerts_in(path)


def test_a_time_in_a_list_is_not_that_of_the_payload(tmp_path: Path) -> None:
    document = payload_file(tmp_path, {"title": "Report", "events": [{"at": "2025-10-27T05:23:09Z", "what": "down"}]})

    incident = gather(alerts=[document, DATA / "pagerduty_v3_triggered.json"])

    assert incident.by_id()["N1"].text == "title: Report\nevents.at: 2025-10-27T05:23:09Z\nevents.what: down"


def test_a_long_unknown_payload_is_cut_and_says_so(tmp_path: Path) -> None:
    path = payload_file(tmp_path, {"time": "2025-10-27T05:23:09Z", **{f"f{n}": "x" * 9000 for n in range(100)}})

    items, _ = alerts_in(path)

    assert items[0].text.endswith("… and 41 more fields")
    assert len(items[0].text) < 40_000


def test_a_line_that_does_not_begin_like_json_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "alerts.txt"
    path.write_text('{"time": "2025-10-27T05:23:09Z", "title": "a"}\n$ exit\n', encoding="utf-8")

    _, count = alerts_in(path)

    assert (count.read, count.used, count.skipped) == (2, 1, {Skipped.NOT_JSON: 1})


def test_lines_of_a_log_that_cannot_be_unpacked_are_kept_as_they_came(tmp_path: Path) -> None:
    path = payload_file(tmp_path, {"awslogs": {"data": "H4sI"}, "time": "2025-10-27T05:23:09Z"})

    items, _ = alerts_in(path)

    assert items[0].text.startswith("Unknown tool note")


def test_the_mapping_in_the_docs_reads_the_payload_in_the_docs(tmp_path: Path) -> None:
    docs = (DATA.parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
    payload, mapping = (re.findall(rf"```{kind}\n(.*?)```", docs, re.DOTALL)[0] for kind in ("json", "toml"))

    items = mapped(payload_file(tmp_path, json.loads(payload)), mapping_file(tmp_path, mapping))

    assert [item.text for item in items] == [
        "Disk watcher fired: Disk of db1 is full (service: db1, severity: RED)\n12 times"
    ]


def test_gathering_takes_a_mapping() -> None:
    incident = gather(alerts=[UNKNOWN], alert_mapping=MAPPING)

    assert [item.author for item in incident.evidence] == ["Disk watcher", "Disk watcher"]


def test_the_command_takes_a_mapping() -> None:
    arguments = ["draft", "--alerts", str(UNKNOWN), "--alert-mapping", str(MAPPING), "--language", "en"]

    result = CliRunner().invoke(app, arguments, env={"PMDRAFT_MODEL": None})

    assert result.exit_code == 0, result.stderr
    assert "Disk of db1 is full" in result.stdout
