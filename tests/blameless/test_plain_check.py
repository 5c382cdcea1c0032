import subprocess
import sys
from pathlib import Path

import pytest

from pmdraft import entry
from pmdraft.commands.check_options import CheckOptions, FailOn, Format, plain_options

BLAMING = "Dana forgot `x` at 14:30.\n"


def test_a_line_as_hooks_write_it_is_read_without_typer() -> None:
    line = ["check", "a.md", "--format", "json", "--people", "Dana", "b.md", "--fail-on", "never", "--suggest"]

    assert plain_options(line) == CheckOptions(
        files=("a.md", "b.md"), output=Format.JSON, people=("Dana",), fail_on=FailOn.NEVER, suggest=True
    )


@pytest.mark.parametrize(
    "line",
    [
        *("", "demo", "check", "check --help", "check a.md --fix", "check a.md --format", "check a.md --format xml"),
        *("check a.md --format=json", "check a.md -- --fix", "check a.md --format json --format text"),
    ],
)
def test_any_other_line_is_left_to_typer(line: str) -> None:
    assert plain_options(line.split()) is None


def test_a_plain_check_tells_and_exits_as_the_whole_command_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.md").write_text(BLAMING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    plain = _run(monkeypatch, ["check", "report.md", "--people", "dana"]), capsys.readouterr()
    whole = _run(monkeypatch, ["check", "report.md", "--people=dana"]), capsys.readouterr()

    assert plain == whole
    assert plain[0] == 3


def test_a_file_that_is_not_there_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert _run(monkeypatch, ["check", "none.md"]) == 1
    assert capsys.readouterr().err.startswith("error: none.md: cannot be read (No such file or directory)")


def test_a_plain_check_loads_neither_typer_nor_pydantic(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(BLAMING, encoding="utf-8")
    code = (
        "import sys; from pmdraft.entry import main\n"
        "try: main()\nexcept SystemExit: print(sys.modules.keys() & {'typer', 'pydantic'})"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, "check", "report.md"], cwd=tmp_path, check=True, capture_output=True, text=True
    )

    assert done.stdout.splitlines()[-1] == "set()"


def _run(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> object:
    monkeypatch.setattr(sys, "argv", ["pmdraft", *arguments])
    with pytest.raises(SystemExit) as stop:
        entry.main()
    return stop.value.code
