"""The same words are found once, by the rule that says most about them."""

import pytest

from pmdraft.checks import run_checks
from pmdraft.language import Language, language_of_text
from pmdraft.postmortem import Postmortem
from tests.builders import evidence, incident, postmortem
from tests.checks.parts import with_parts

TIMELINE = (
    {"at": "2025-10-27T14:23:00+09:00", "kind": "impact_start"},
    {"at": "2025-10-27T15:30:00+09:00", "kind": "recovery"},
)


def rules_at(path: str, draft: Postmortem, language: Language = Language.EN) -> list[str]:
    _, findings = run_checks(draft, incident(), language)
    return [finding.rule for finding in findings if finding.where.path == path]


@pytest.mark.parametrize("text", ["確認を徹底する", "Pay more attention to alerts"])
def test_a_resolution_is_found_as_an_action_and_not_as_an_exhortation_too(text: str) -> None:
    draft = with_parts(postmortem(), {"actions": [text]})

    assert rules_at("action_items[0].action", draft, language_of_text(text)) == ["action.resolution"]


@pytest.mark.parametrize("text", ["オペレーターへの指導を徹底する", "Remind the engineer to be more careful"])
def test_an_action_aimed_at_a_person_is_found_as_blame_alone(text: str) -> None:
    found = rules_at("action_items[0].action", with_parts(postmortem(), {"actions": [text]}))

    assert found
    assert all(rule.startswith("blameless.") for rule in found)


@pytest.mark.parametrize("text", ["作業者が確認を怠った。", "Human error."])
def test_a_cause_that_blames_is_not_found_as_a_person_too(text: str) -> None:
    found = rules_at("five_whys.root_cause", with_parts(postmortem(), {"root_cause": text}))

    assert any(rule.startswith("blameless.") for rule in found)
    assert "whys.person" not in found


def test_a_length_that_is_in_no_evidence_is_found_once() -> None:
    rows = tuple(
        {**row, "event": {"text": "x"}, "action": None, "evidence": ("S1",), "timed_by": "S1"} for row in TIMELINE
    )
    summary = {"what_happened": None, "root_cause": None, "resolution": None}
    said = {"text": "The API was down for 3 hours.", "evidence": ("S1",)}
    draft = postmortem(timeline=rows, summary={**summary, "impact": said})

    assert rules_at("summary.impact", draft) == ["grounding.duration"]
    known = incident(evidence("S1", "we were down for 3 hours"))
    assert [f.rule for f in run_checks(draft, known, Language.EN)[1] if f.where.path == "summary.impact"] == [
        "consistency.told-duration"
    ]
