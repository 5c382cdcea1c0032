"""The recordings of the cases are those of today's requests, and the drafts made of them are as good as is said."""

import pytest

from evals.case import CASES, read_cases
from evals.drafting import rows_of
from evals.readme import quality, read_block
from evals.report import Row, below


@pytest.fixture(scope="module")
def recorded() -> tuple[list[Row], list[str]]:
    return rows_of(read_cases(CASES), latency=0)


def test_no_recording_is_stale(recorded: tuple[list[Row], list[str]]) -> None:
    assert recorded[1] == []


def test_every_floor_is_held(recorded: tuple[list[Row], list[str]]) -> None:
    assert below(recorded[0]) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_figures_of_the_readme_are_those_of_the_recordings(
    language: str, recorded: tuple[list[Row], list[str]]
) -> None:
    assert read_block("drafts", language) == quality(recorded[0])[language]
