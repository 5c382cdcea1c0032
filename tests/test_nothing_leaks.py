"""No planted secret is in anything that leaves the machine or is written on it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pmdraft.cli import app
from tests.builders import alert, alertmanager, message, slack_export, write_json
from tests.llm.endpoints import completion
from tests.llm.loopback import Canned, Loopback, Seen
from tests.scripted import least_answers
from tests.test_personal_data import NUMBERS
from tests.test_redact import INSIDE, SECRETS

CLEAN = "The pool ran dry at 14:23; API が落ちました。"


def planted() -> dict[str, str]:
    """Each kind of secret as a line in which it stands, by the part that must never be seen again."""
    bare = {secret: f"鍵は{secret}です" for _, secret in (*SECRETS, *NUMBERS)}
    inside = {secret: f"{before}{secret}{after}" for _, before, secret, after in INSIDE}
    return {
        secret.splitlines()[-2] if "PRIVATE KEY" in secret else secret: line for secret, line in (bare | inside).items()
    }


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OPENAI_API_KEY", "local")
    with Loopback().serving() as loopback:
        least = {stage: answer.model_dump_json() for stage, answer in least_answers().items()}

        def answer(seen: Seen) -> Canned:
            form = seen.body["response_format"]
            return Canned(completion(least[form["json_schema"]["name"]]))  # type: ignore[index]  # it is JSON

        loopback.answers = [answer]
        yield loopback


@pytest.fixture
def incident_files(tmp_path: Path) -> Path:
    """An incident whose every source holds every secret: messages, names, links, alerts, logs."""
    lines = planted().values()
    users = [
        {"id": "U1", "name": "alice", "tz": "Asia/Tokyo", "profile": {"display_name": "alice"}},
        *({"id": f"U{n}", "name": line, "profile": {"real_name": line}} for n, line in enumerate(lines, 2)),
    ]
    messages = [
        message(f"{CLEAN} {line}", f"14:{n // 60 + 23:02}:{n % 60:02}", user=f"U{n % 5 + 1}")
        for n, line in enumerate(lines)
    ]
    folder = tmp_path / "incident"
    slack_export(folder / "export", {"incident": messages}, users)
    labels = {"alertname": "Pool", "service": "api"}
    alerts = [
        alert(labels=labels | {"instance": str(n)}, annotations={"summary": line}) for n, line in enumerate(lines)
    ]
    write_json(folder / "alerts.json", alertmanager(*alerts))
    rows = [f"2025-10-27T05:{n % 60:02}:00Z ERROR failed: {' '.join(line.split())}" for n, line in enumerate(lines)]
    (folder / "app.log").write_text("\n".join(rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize("more", [(), ("--language", "en", "--pseudonyms")], ids=["plain", "pseudonyms"])
def test_no_secret_is_sent_recorded_kept_or_written(
    tmp_path: Path, server: Loopback, incident_files: Path, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    outputs = {name: tmp_path / f"out.{name}" for name in ("md", "json", "html", "jsonl")}

    result = CliRunner().invoke(
        app,
        [
            "from-slack", "incident", str(incident_files / "alerts.json"), str(incident_files / "app.log"),
            "--export", str(incident_files / "export"), "--tz", "Asia/Tokyo", "--model", "m", "--base-url", server.url,
            "--out", str(outputs["md"]), "--json", str(outputs["json"]), "--html", str(outputs["html"]),
            "--record", str(outputs["jsonl"]), *more,
        ],
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert len(server.seen) >= 4
    seen = {"requests": json.dumps([each.body for each in server.seen], ensure_ascii=False), "output": result.output}
    folders = [path for path in tmp_path.rglob("*") if path.is_file() and incident_files not in path.parents]
    seen |= {os.fspath(path.relative_to(tmp_path)): path.read_bytes().decode(errors="replace") for path in folders}
    assert set(seen) >= {"requests", "output", "out.md", "out.json", "out.html", "out.jsonl"}
    leaked = [(place, secret) for place, text in seen.items() for secret in planted() if secret in text]
    assert leaked == []


def test_the_secrets_are_really_in_the_incident(incident_files: Path) -> None:
    held = "".join(path.read_text(encoding="utf-8") for path in incident_files.rglob("*.*") if path.is_file())

    assert [secret for secret in planted() if json.dumps(secret, ensure_ascii=False)[1:-1] not in held] == []
