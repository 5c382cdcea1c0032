"""What the READMEs show is what the code does."""

import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pmdraft
from pmdraft.cli import app
from tests.builders import message, slack_export

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """What the demo prints and drafts, by language."""
    made = {}
    for language in READMES:
        folder = tmp_path_factory.mktemp(language)
        result = CliRunner().invoke(app, ["demo", "--language", language, "--out", str(folder)])
        printed = result.stdout.replace(str(folder), "pmdraft-demo")
        made[language] = (printed, (folder / "postmortem.md").read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize("language", list(READMES))
def test_the_first_screen_shows_a_command_and_a_piece_of_draft(language: str) -> None:
    first_screen = READMES[language].read_text(encoding="utf-8").splitlines()[:40]

    assert any(line.startswith("$ pip install pmdraft && pmdraft demo") for line in first_screen)
    assert any(line.startswith("> |") and re.search(r"\[S\d+\]", line) for line in first_screen)


@pytest.mark.parametrize("language", list(READMES))
def test_the_output_of_the_demo_is_as_shown(language: str, shown: dict[str, tuple[str, str]]) -> None:
    assert shown[language][0].strip() in READMES[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("language", list(READMES))
def test_the_piece_of_draft_is_from_the_demo(language: str, shown: dict[str, tuple[str, str]]) -> None:
    quoted = re.findall(r"^> ?(.*)$", READMES[language].read_text(encoding="utf-8"), re.MULTILINE)

    piece = "".join("".join(quoted).split())
    rows = [row for row in quoted if row.startswith("|")]

    assert len(rows) >= 5
    draft = "".join(shown[language][1].split())
    assert all("".join(row.split()) in draft for row in rows)
    assert piece.partition("|")[0] in draft


class Refusing(BaseHTTPRequestHandler):
    """An endpoint that has no use for the key."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = READMES["en"].read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    slack_export(tmp_path / "export.zip", {"incident-123": [message("APIが落ちてます")]})
    for name in ("pagerduty.json", "alertmanager.json"):
        shutil.copy(ROOT / "pmdraft" / "demo" / "incident" / name, tmp_path)
    (tmp_path / "app.log").write_text("2025-10-27 14:23:00 ERROR x\n", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names: dict[str, object] = {}

    exec(code.replace("https://llm.example.com", f"http://127.0.0.1:{server.server_port}"), names)  # noqa: S102 - our own README
    server.shutdown()
    server.server_close()

    assert str(names["markdown"]).startswith("# ポストモーテム: ")
    assert "HTTP 401" in str(names["data"])


def test_every_public_name_is_told() -> None:
    readme = READMES["en"].read_text(encoding="utf-8")

    untold = [name for name in pmdraft.__all__ if f"`{name}" not in readme and f" {name}" not in readme]

    assert not untold
    assert len(pmdraft.__all__) <= 19


def test_every_public_name_can_be_imported() -> None:
    assert all(getattr(pmdraft, name) for name in pmdraft.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        pmdraft.no_such_name  # noqa: B018 - the access is the test
