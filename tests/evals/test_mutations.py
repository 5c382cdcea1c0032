"""Corrupted drafts: what is corrupted, and how what the checks see of it is counted."""

import pytest

from evals.case import CASES
from evals.mutations.corpus import correct_drafts
from evals.mutations.measure import Measured, measure
from evals.mutations.report import as_data, detection, false_alarms, table


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(correct_drafts(CASES, ["demo"]), seed=7, most=4)


def test_every_mutant_differs_from_its_statement_in_text_or_citations(measured: Measured) -> None:
    for mutant, _ in measured.outcomes:
        was = mutant.place.statement

        assert (mutant.statement.text != was.text) or (mutant.statement.evidence != was.evidence)


def test_a_small_sample_holds_what_is_owed(measured: Measured) -> None:
    found = detection(measured)

    for kind in ("citation invented", "number", "time"):
        assert set(found[kind]) == {"ja", "en", "all"}
    assert found["citation invented"]["all"] == (8, 8)
    hits, of = false_alarms(measured)["all"]["all"]
    assert of > 300
    assert hits <= 0.02 * of


def test_of_what_people_wrote_freely_and_right_little_is_flagged() -> None:
    folder = CASES.with_name("written")
    names = [path.parent.name for path in folder.glob("*/postmortem.json")]
    written = measure(correct_drafts(folder, names), seed=7, most=1)

    hits, of = false_alarms(written)["all"]["all"]
    assert of > 700
    assert hits <= 0.05 * of


def test_the_report_tells_counts(measured: Measured) -> None:
    told = "\n".join(table(measured))
    data = as_data(measured)

    assert f"{len(measured.outcomes)} mutants of 2 drafts" in told
    assert data["detection"]["citation invented"]["ja"] == {"hits": 4, "of": 4}
