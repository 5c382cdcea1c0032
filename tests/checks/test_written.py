"""A postmortem that people wrote is compared with its own timeline, and its actions are judged."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pmdraft.blameless.markdown import is_postmortem
from pmdraft.checks.written import check_written
from pmdraft.cli import app

ENGLISH = """# Postmortem: API down

## Impact

The API was down for {downtime}.

| Item | Details |
|---|---|
| **Downtime** | {downtime} |

## Timeline

| Time | Event | Action |
|---|---|---|
| 23:53 | Impact started | 503s |
| 23:55 | Alert fired | PagerDuty |
| 00:30 | Partial recovery | errors halved |
| 01:00 | Full recovery confirmed | all metrics normal |
| 01:15 | Incident closed | status page |

## Action items

- [x] Be careful
- [ ] {action}

| # | Action | Owner | Status |
|---|---|---|---|
| 1 | Investigate the pool | @bob | **Done** |
| 2 | {action} | @bob | open |

## Review notes

The API was down for 9 hours, somebody said. Improve monitoring.
"""
JAPANESE = """# ポストモーテム: API停止

**検知までの時間**: {detect}

## タイムライン

| 時刻 | イベント | アクション |
|---|---|---|
| 14:23 | インシデント発生 | 枯渇開始 |
| 14:25 | アラート発火 | PagerDuty |
| 15:30 | 完全復旧確認 | 正常 |
| 15:45 | インシデントクローズ | 告知 |

## 影響

| **ダウンタイム** | {downtime} |

## アクションアイテム

- [ ] {action}
"""


def found(text: str) -> list[tuple[str, str]]:
    return [(one.rule, text[slice(*one.span)]) for one in check_written(text)]


def test_what_a_postmortem_says_of_itself_holds() -> None:
    action = "Add an alert on pool usage above 80%"

    assert found(ENGLISH.format(downtime="1 h 7 min", action=action)) == []
    text = JAPANESE.format(detect="2分", downtime="1時間7分", action="プール使用率のアラートを追加する")
    assert found(text) == []


def test_lengths_that_the_timeline_does_not_give_and_actions_without_an_end_are_found() -> None:
    assert found(ENGLISH.format(downtime="1 h 22 min", action="Improve monitoring")) == [
        ("consistency.told-duration", "1 h 22 min"),
        ("consistency.told-duration", "1 h 22 min"),
        ("action.vague", "Improve monitoring"),
        ("action.vague", "Improve monitoring"),
    ]
    assert found("## 検知\n" + JAPANESE.format(detect="12分", downtime="1時間22分", action="確認を徹底する")) == [
        ("consistency.told-duration", "12分"),
        ("consistency.told-duration", "1時間22分"),
        ("action.resolution", "徹底"),
    ]


@pytest.mark.parametrize("text", ["# Guide\n\n## Actions\n\n- Review the logs\n", "Improve monitoring", ""])
def test_other_documents_are_no_postmortems(text: str) -> None:
    assert not is_postmortem(text)


def test_the_command_tells_them_beside_blame_each_word_once(tmp_path: Path) -> None:
    file = tmp_path / "pm.md"
    file.write_text(ENGLISH.format(downtime="1 h 7 min", action="Be more careful with deploys"), encoding="utf-8")

    told = CliRunner().invoke(app, ["check", str(file), "--format", "github"])
    off = CliRunner().invoke(app, ["check", str(file), "--disable", "action", "--disable", "exhortation"])

    assert told.exit_code == 3
    assert told.stdout.count("title=action.resolution") == 2
    assert "exhortation" not in told.stdout
    assert (off.exit_code, off.stdout) == (0, "")


def test_a_rule_that_there_is_not_cannot_be_turned_off(tmp_path: Path) -> None:
    (tmp_path / "pm.md").write_text("# x", encoding="utf-8")

    assert CliRunner().invoke(app, ["check", str(tmp_path / "pm.md"), "--disable", "action.vgue"]).exit_code == 2


def test_checking_a_postmortem_loads_no_models(tmp_path: Path) -> None:
    file = tmp_path / "pm.md"
    file.write_text(ENGLISH.format(downtime="2 h", action="Improve monitoring"), encoding="utf-8")
    code = (
        "import sys; from pmdraft.commands.check_options import CheckOptions; "
        "from pmdraft.commands.check_run import run_check; "
        f"assert run_check(CheckOptions(({str(file)!r},))) == 3; assert 'pydantic' not in sys.modules"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "consistency.told-duration" in done.stdout
    assert "action.vague" in done.stdout


def test_a_long_line_of_figures_is_read_once() -> None:
    line = "API が 45分 ほど遅延し、10:00 に検知した、" * 1500
    text = JAPANESE.format(detect="2分", downtime=f"{line}1時間7分", action="x")
    start = time.process_time()

    check_written(text)

    # A tenth of a second; a reading for each figure takes half a minute.
    assert time.process_time() - start < 5
