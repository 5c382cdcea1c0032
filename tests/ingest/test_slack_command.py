"""`pmdraft from-slack` without an export, and `pmdraft slack manifest`."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pmdraft.cli import app
from pmdraft.ingest.slack_manifest import SCOPES
from tests.builders import message, slack_export
from tests.ingest.slack_server import ALL_SCOPES, TOKEN, Fault, Room, Workspace, serving

ALICE: dict[str, object] = {"id": "U1", "name": "alice", "tz": "Asia/Tokyo", "profile": {"display_name": "alice"}}


@pytest.fixture
def slack() -> Iterator[Workspace]:
    room = Room("C1234567", "incident-1", [message("APIが落ちてます SEV-2"), message("復旧しました", "15:30:00")])
    with serving(Workspace([room], [ALICE])) as workspace:
        yield workspace


def environment(cache: Path, **more: str | None) -> dict[str, str | None]:
    unset = dict.fromkeys(("OPENAI_BASE_URL", "OPENAI_API_KEY", "PMDRAFT_MODEL", "SLACK_API_URL"))
    return {**unset, "SLACK_BOT_TOKEN": TOKEN, "PMDRAFT_CACHE_DIR": str(cache), **more}


def run(cache: Path, *arguments: str, **more: str | None) -> Result:
    return CliRunner().invoke(app, list(arguments), env=environment(cache, **more))


@pytest.mark.parametrize("way", ["option", "environment"])
def test_the_draft_comes_from_slack_and_progress_goes_to_stderr(slack: Workspace, tmp_path: Path, way: str) -> None:
    option = ["--slack-api-url", slack.url] if way == "option" else []

    result = run(tmp_path, "from-slack", "#incident-1", *option, SLACK_API_URL=None if option else slack.url)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("# ポストモーテム: ")
    assert "https://acme.slack.com/archives/C1234567/p" in result.stdout
    assert "slack    2 messages, back to 2025-10-27 05:23 UTC" in result.stderr
    assert "read     #incident-1: 2, used 2" in result.stderr


def test_other_files_of_the_incident_are_read_beside_slack(slack: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "thing"
    log.write_text("2025-10-27T05:20:00Z ERROR pool\n", encoding="utf-8")

    result = run(tmp_path, "from-slack", "#incident-1", str(log), "--slack-api-url", slack.url)

    assert result.exit_code == 0, result.stderr
    assert "read     #incident-1: 2, used 2" in result.stderr
    assert "read     thing: 1, used 1" in result.stderr


def test_an_export_among_the_files_is_read_instead_of_slack(slack: Workspace, tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"incident-1": [message("API is down")], "random": [message("hi")]})

    result = run(tmp_path, "from-slack", "#incident-1", str(export), SLACK_API_URL=slack.url)

    assert result.exit_code == 0, result.stderr
    assert "read     #incident-1: 1, used 1" in result.stderr
    assert not slack.asked


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"SLACK_BOT_TOKEN": None}, "set SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "refuses the token"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "cannot be reached"),
    ],
)
def test_what_is_wrong_with_the_access_is_one_line(
    slack: Workspace, tmp_path: Path, more: dict[str, str | None], words: str
) -> None:
    result = run(tmp_path, "from-slack", "incident-1", **{"SLACK_API_URL": slack.url, **more})

    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr


def test_a_killed_run_goes_on_from_there(slack: Workspace, tmp_path: Path) -> None:
    slack.page = 15
    slack.rooms[0].messages += [message(f"line {number}", f"15:31:{number:02}") for number in range(60)]
    slack.faults = [Fault("conversations.history", "slow", after=3)]
    slack.slow = 0.25
    command = [
        sys.executable,
        "-c",
        "from pmdraft.cli import main; main()",
        "from-slack",
        "C1234567",
        "--slack-api-url",
        slack.url,
    ]
    clean = {name: value for name, value in environment(tmp_path).items() if value is not None}
    process = subprocess.Popen(command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 30
    while len(slack.calls("conversations.history")) < 4 and time.monotonic() < limit:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    slack.asked.clear()

    result = run(tmp_path, "from-slack", "C1234567", "--slack-api-url", slack.url)

    assert "read     #incident-1: 62, used 62" in result.stderr
    assert len(slack.calls("conversations.history")) == 3  # what is new above, and the two pages that were missing


def test_a_window_may_be_told_as_how_long_ago(slack: Workspace, tmp_path: Path) -> None:
    result = run(tmp_path, "from-slack", "incident-1", "--since", "3h", "--slack-api-url", slack.url)

    oldest = float(slack.calls("conversations.history")[0]["oldest"])
    assert "no messages to draft from" in result.stderr
    assert oldest == pytest.approx(time.time() - 27 * 3600, abs=60)


def test_the_manifest_asks_for_just_the_scopes_that_are_used() -> None:
    as_yaml = CliRunner().invoke(app, ["slack", "manifest"]).stdout
    as_json = json.loads(CliRunner().invoke(app, ["slack", "manifest", "--json"]).stdout)

    assert re.findall(r"^ +- (\S+) +#", as_yaml, re.MULTILINE) == list(SCOPES)
    assert as_json["oauth_config"]["scopes"] == {"bot": list(SCOPES)}
    assert set(SCOPES) == ALL_SCOPES


def test_the_guide_tells_every_scope() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "slack.md").read_text(encoding="utf-8")

    assert set(re.findall(r"\| `(\w+:\w+)`", guide)) == set(SCOPES)
