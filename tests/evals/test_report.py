import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.page import page
from evals.report import Row, as_data, below, losses, table
from evals.score import Score

ROOT = Path(__file__).parents[2]


def row(value: float, *, system: str = "pmdraft", case: str = "a", reason: str = "") -> Row:
    return Row(case, "en", system, (Score("event recall", value, 10, reason), Score("tokens in", 5, 1, plain=True)))


def floors(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_floor_is_held_or_named(tmp_path: Path) -> None:
    wanted = floors(tmp_path / "t.toml", '[en]\n"event recall" = 0.9\n')

    assert below([row(9)], wanted) == []
    assert [(floor.measure, floor.value) for floor in below([row(8)], wanted)] == [("event recall", 0.8)]


def test_a_floor_that_nothing_measures_is_not_held(tmp_path: Path) -> None:
    assert len(below([row(9)], floors(tmp_path / "t.toml", '[ja]\n"event recall" = 0.9\n'))) == 1


def test_totals_add_up_over_cases_and_reasons_are_told() -> None:
    lines = list(table([row(9, reason="missing: closed"), row(5, case="b")]))

    assert any("event recall" in line and "0.700" in line and "14/20" in line for line in lines)
    assert any("a / pmdraft / event recall 9/10: missing: closed" in line for line in lines)


def test_where_a_baseline_does_better_is_said() -> None:
    assert list(losses([row(9), row(8, system="one prompt")])) == []
    assert "one prompt does better in event recall" in next(losses([row(8), row(9, system="one prompt")]))


def test_the_page_escapes_what_cases_and_models_wrote() -> None:
    html = page([row(9, reason="<script>alert(1)</script>")])

    assert "<script>" not in html
    assert "event recall" in html


def test_the_report_as_data_has_every_case_and_total() -> None:
    data = as_data([row(9), row(8, system="outline")])

    assert data["totals"]["all"]["pmdraft"]["event recall"]["value"] == 0.9
    assert len(data["cases"]) == 2


def test_a_command_that_nobody_reads_to_its_end_says_nothing() -> None:
    code = "import sys; from evals.ending import ended; sys.exit(ended(lambda: print('x' * 100_000) or 0))"
    reader, writer = os.pipe()
    os.close(reader)

    run = subprocess.run([sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writer)

    assert run.stderr == b""


@pytest.mark.parametrize("module", ["evals.__main__", "evals.mutations.__main__", "evals.bench.__main__"])
def test_the_commands_end_so(module: str) -> None:
    assert "sys.exit(ended(main))" in (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
