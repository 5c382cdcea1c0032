from pathlib import Path

import pytest

from evals.blameless import Case, read_cases
from evals.second_reading import SETS, documents, with_reading
from pmdraft.second_reading import BlameAnswer, BlamePassage, read_again
from tests.scripted import ScriptedModel

SENTENCES = Path(__file__).parents[1] / "data" / "blameless" / SETS[0]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for case in read_cases(SENTENCES) if case.row["lang"] == "en"]


def test_a_document_holds_each_sentence_where_it_says(cases: list[Case]) -> None:
    told = [(document.text[start:], case) for document in documents(cases) for start, case in document.places]

    assert len(told) > 90
    assert [case.row["id"] for text, case in told if not text.startswith(case.row["text"] + "\n\n")] == []


def test_what_a_model_points_at_is_a_finding_of_its_sentence_and_what_rules_found_stays(cases: list[Case]) -> None:
    missed = next(case for case in cases if case.row["label"] == "neutral" and not case.found)
    caught = next(case for case in cases if case.flagged)
    (document,) = documents([missed, caught])
    words = missed.row["text"][:12]
    pointed = [
        BlamePassage(words=each, carried_by="role", category="person_fault", rewrite=None)
        for each in (words, caught.flagged[0].text)
    ]

    model = ScriptedModel({"blame": BlameAnswer(passages=pointed, rewrites=[])})
    found = {case.row["id"]: case.found for case in with_reading(document, read_again(document.text, (), model))}

    assert [(blame.start, blame.text) for blame in found[missed.row["id"]]] == [(0, words)]
    assert found[caught.row["id"]] == caught.found
