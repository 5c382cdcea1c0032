from pathlib import Path

import pytest

from evals.blameless import SETS, main, report_reports, wilson


def test_the_floors_hold_on_the_tuned_sets_the_reports_and_the_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().out


def test_every_labelled_set_is_there() -> None:
    assert all(labelled.path.is_file() for labelled in SETS)


def test_the_interval_of_no_cases_is_everything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[0] == pytest.approx(0.72, abs=0.01)


def test_a_warning_that_nobody_judged_counts_as_false(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "report.md").write_text("The operator forgot the check.\n", encoding="utf-8")

    failures = report_reports(tmp_path)

    assert failures == ["reports en"]
    assert "FALSE en theirs/report.md:1" in capsys.readouterr().out
