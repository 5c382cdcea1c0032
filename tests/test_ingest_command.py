"""`pmdraft ingest`: what was understood, on one screen or as data."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from pmdraft.cli import app
from tests.builders import alert, alertmanager, message, slack_export, write_json


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"PMDRAFT_MODEL": None})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    said = [
        message("joined", "14:20:00", subtype="channel_join"),
        message("API is slow since 10 minutes ago", "14:24:00"),
        message("rolled back", "15:30:00"),
    ]
    folder = tmp_path / "incident"
    slack_export(folder / "export", {"ops": said})
    write_json(folder / "am.json", alertmanager(alert(status="resolved", endsAt="2025-10-27T06:30:00Z")))
    (folder / "app.log").write_text("2025-10-27T14:22:00+09:00 ERROR pool is empty\n", encoding="utf-8")
    (folder / "notes.md").write_text("Ask the DBA.\n", encoding="utf-8")
    return folder


ENGLISH = """\
Evidence: 6 (Slack 2, alerts 2, logs 1, notes 1)
Window: 2025-10-27 14:22:00 to 2025-10-27 15:30:00 (Asia/Tokyo)
People: alice 2

Sources
  #ops: read 3, used 2 (1 joins and the like)
  incident/am.json: read 2, used 2
  incident/app.log: read 1, used 1
  incident/notes.md: read 1, used 1

Notices
  note: sources write their times in different zones: UTC: incident/am.json; +09:00: incident/app.log
  note: messages give times relative to when they were written: S1 “10 minutes ago” (about 14:14)
  note: incident/notes.md: neither chat nor alerts nor a log; kept as text

First 5
  L1    10-27 14:22:00  ERROR pool is empty
  N1    10-27 14:22:00  Ask the DBA.
  A1    10-27 14:23:00  Alertmanager fired: PoolExhausted (service: api, severity: critical)
  S1    10-27 14:24:00  alice: API is slow since 10 minutes ago
  A2    10-27 15:30:00  Alertmanager resolved: PoolExhausted (service: api, severity: critical)

Last 1
  S2    10-27 15:30:00  alice: rolled back
"""


def test_what_was_understood_fits_on_a_screen(folder: Path) -> None:
    result = run("ingest", folder, "--language", "en")

    assert result.exit_code == 0
    assert result.stdout == ENGLISH
    assert result.stderr == ""


def test_it_is_told_in_japanese_too(folder: Path) -> None:
    lines = run("ingest", folder, "-l", "ja").stdout.splitlines()

    assert lines[:2] == [
        "根拠: 6 件（Slack 2, アラート 2, ログ 1, 文章 1）",
        "期間: 2025-10-27 14:22:00 〜 2025-10-27 15:30:00（Asia/Tokyo）",
    ]
    assert "  #ops: 3 件中 2 件を使用 (1 参加通知など)" in lines


def test_verbose_lists_each_thing_that_was_skipped_with_its_place(folder: Path) -> None:
    result = run("ingest", folder, "-l", "en", "--verbose")

    skipped = result.stdout.partition("\nSkipped\n")[2].splitlines()
    assert len(skipped) == 1
    assert "ops/2025-10-27.json 1761542400.000000: joins and the like: joined" in skipped[0]


def test_a_draft_lists_it_on_stderr(folder: Path) -> None:
    result = run("draft", folder, "-l", "en", "--verbose")

    assert result.exit_code == 0, result.stderr
    assert any(line.startswith("skipped  ") and "joined" in line for line in result.stderr.splitlines())


def test_as_data_it_fits_its_schema_and_every_command_reads_it(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.write_text(run("ingest", folder, "--json").stdout, encoding="utf-8")

    jsonschema.validate(json.loads(saved.read_text(encoding="utf-8")), json.loads(run("schema", "incident").stdout))
    assert run("ingest", saved, "--language", "en").stdout == ENGLISH
    assert run("draft", saved).stdout == run("draft", folder).stdout


def test_a_saved_incident_is_not_cut_in_silence(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.write_text(run("ingest", folder, "--json").stdout, encoding="utf-8")

    result = run("ingest", saved, "--since", "3h")

    assert result.exit_code == 2
    assert "--since and --until do not go with a saved incident" in result.stderr


def test_nothing_to_read_is_one_line() -> None:
    result = run("ingest")

    assert result.exit_code == 1
    assert result.stderr.startswith("error: there is no evidence to draft from; name ")


def test_a_date_that_is_none_is_told(folder: Path) -> None:
    assert run("ingest", folder, "--date", "27/10").exit_code == 2
