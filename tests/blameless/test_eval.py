import pytest

from evals.blameless import SETS, main, wilson


def test_the_floors_hold_on_both_sets_the_reports_and_the_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().out


def test_both_labelled_sets_are_there() -> None:
    assert all(path.is_file() for path in SETS)


def test_the_interval_of_no_cases_is_everything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[0] == pytest.approx(0.72, abs=0.01)
