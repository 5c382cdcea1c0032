"""Statements are read again with only what they cite; what is found can weaken or mark them, never add."""

import re

import pytest

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import CutOff, ModelUnavailable, RecordingMiss
from pmdraft.evidence import Person
from pmdraft.language import Language
from pmdraft.llm.seam import Reply, Request
from pmdraft.settings import Settings
from pmdraft.statement import Basis, Support
from pmdraft.walk import statements
from pmdraft.wire import TimelineAnswer, Verdict, VerificationAnswer
from tests.builders import evidence, incident
from tests.scripted import Line, ScriptedModel, causes_answer, claim, impact_answer, quoted

POOL = quoted("S2", "the pool was exhausted at 14:20")
BLAME = quoted("S3", "alice should have checked the pool")
WHOLE = incident(
    evidence("S1", "API is down"),
    evidence("S2", "the pool was exhausted at 14:20", at="2025-10-27T14:24:00+09:00", author="bob"),
    evidence("S3", "alice should have checked the pool", at="2025-10-27T14:25:00+09:00", author="carol"),
    people=(Person(id="U1", handle="alice"), Person(id="U2", handle="bob")),
)
TITLE = claim("API down", quoted("S1"))
MORE = "The pool was exhausted at 14:20 because of the campaign."


def verdict(number: int, kind: str = "supported", wording: str | None = None, beyond: str = "") -> Verdict:
    return Verdict.model_validate({"number": number, "beyond": beyond, "verdict": kind, "wording": wording})


def draft(*verdicts: Verdict, text: str = MORE, verify: bool = True, **more: Line) -> tuple[Draft, ScriptedModel]:
    """A draft with a title (statement 1) and one step of what happened (statement 2), and its verdicts."""
    script: dict[str, Line | list[Line]] = {
        "timeline": TimelineAnswer(events=[]),
        "impact": impact_answer(title=TITLE),
        "causes": causes_answer(what_happened=[claim(text, POOL)]),
        "verification": VerificationAnswer(verdicts=list(verdicts)),
        **more,
    }
    model = ScriptedModel(script)
    settings = Settings(language=Language.EN, verify=verify)
    return draft_postmortem(WHOLE, model=model, settings=settings), model


def asked(model: ScriptedModel) -> str:
    (request,) = model.asked("verification")
    return request.messages[1].content


# What is asked.


def test_each_statement_is_shown_with_its_role_and_only_the_cited_evidence_is() -> None:
    _, model = draft(text=MORE)

    text = asked(model)
    assert re.findall(r"^(S\d) \|", text, re.MULTILINE) == ["S1", "S2"]
    assert "1 | title | S1\n    API down\n2 | step of what happened | S2\n    The pool was exhausted" in text


def test_what_is_marked_as_a_conclusion_is_not_read_again() -> None:
    hypothesis = causes_answer(what_happened=[claim(MORE, POOL, basis="hypothesis")])

    _, model = draft(causes=hypothesis)

    assert MORE not in asked(model)


def test_without_verification_only_what_reads_as_blame_is_read_again() -> None:
    _, neutral = draft(verify=False)
    _, blaming = draft(text="alice should have checked the pool at 14:20.", verify=False)

    assert neutral.asked("verification") == []
    assert "1 | step of what happened | S2\n" in asked(blaming)
    assert "\n    reads as blame: " in asked(blaming)
    assert "API down\n" not in asked(blaming).partition("# Statements")[2]


def test_an_outline_is_not_read_again() -> None:
    made = draft_postmortem(WHOLE, settings=Settings(language=Language.EN))

    assert [part.part for part in made.run.parts] == ["timeline", "causes", "impact", "learning"]


# What becomes of a statement.


def test_what_says_more_is_reworded_and_the_old_text_is_in_the_ledger() -> None:
    wording = "The pool was exhausted at 14:20."

    made, _ = draft(verdict(1), verdict(2, "says_more", wording, "because of the campaign"))

    assert made.postmortem.what_happened[0].text == wording
    assert made.postmortem.what_happened[0].evidence == ("S2",)
    (rejected,) = made.ledger
    assert (rejected.part, rejected.text) == ("what_happened", MORE)
    assert "because of the campaign" in rejected.reason


@pytest.mark.parametrize("kind", ["says_more", "contradicted"])
@pytest.mark.parametrize(
    "wording", [None, "", MORE, "The pool was exhausted at 14:20 by the marketing campaign of 600 users on api-3."]
)
def test_what_cannot_be_reworded_by_leaving_out_stays_and_is_marked(kind: str, wording: str | None) -> None:
    made, _ = draft(verdict(2, kind, wording, "because of the campaign"))

    statement = made.postmortem.what_happened[0]
    assert (statement.text, statement.support) == (MORE, Support.DOUBTFUL)
    (finding,) = [finding for finding in made.findings if finding.rule == f"verification.{kind}"]
    assert (finding.where.path, finding.evidence) == ("what_happened[0]", ("S2",))
    assert "because of the campaign" in finding.message
    assert made.ledger == ()


def test_a_link_that_nobody_drew_makes_a_hypothesis() -> None:
    made, _ = draft(verdict(2, "inferred"))

    assert made.postmortem.what_happened[0].basis is Basis.HYPOTHESIS
    assert made.postmortem.what_happened[0].text == MORE


def test_what_is_supported_is_left_as_it_was_whatever_wording_comes_with_it() -> None:
    made, _ = draft(verdict(1, wording="Something else"), verdict(2, wording="The pool."))

    assert made.postmortem.what_happened[0].text == MORE
    assert made.postmortem.title is not None
    assert made.postmortem.title.text == "API down"


def test_verdicts_on_no_statement_and_second_verdicts_count_for_nothing() -> None:
    made, _ = draft(verdict(0, "inferred"), verdict(2), verdict(2, "inferred"), verdict(99, "contradicted"))

    assert made.postmortem.what_happened[0].basis is Basis.STATED


def test_a_reworded_why_is_what_the_next_why_asks_for() -> None:
    steps = {"evidence": [POOL], "said_so": [POOL]}
    whys = [{**steps, "text": MORE}, {**steps, "text": "The pool was exhausted."}]
    causes = causes_answer(whys=whys)

    made, _ = draft(verdict(2, "says_more", "The pool was exhausted at 14:20."), causes=causes)

    first, second = made.postmortem.five_whys.whys
    assert first.answer.text == "The pool was exhausted at 14:20."
    assert second.question.text == "Why “The pool was exhausted at 14:20”?"


# Blame.


BLAMING = "alice should have checked the pool at 14:20."


def test_blame_in_the_models_own_words_is_reworded_by_it() -> None:
    made, model = draft(verdict(2, wording="The pool was not checked at 14:20."), text=BLAMING)

    assert "reads as blame: " in asked(model)
    assert made.postmortem.what_happened[0].text == "The pool was not checked at 14:20."
    assert not [finding for finding in made.findings if finding.rule.startswith("blameless.")]
    assert [rejected.text for rejected in made.ledger] == [BLAMING]


@pytest.mark.parametrize(
    "wording",
    [
        None,
        "bob should have checked the pool at 14:20.",
        "The pool was not checked.",
        "The pool of api-3 was not checked at 14:20.",
    ],
)
def test_a_rewrite_that_blames_or_loses_or_adds_a_fact_is_not_taken_and_the_finding_is_shown(
    wording: str | None,
) -> None:
    made, _ = draft(verdict(2, wording=wording), text=BLAMING)

    assert made.postmortem.what_happened[0].text == BLAMING
    assert [f.where.path for f in made.findings if f.rule.startswith("blameless.")] == ["what_happened[0]"]


def test_words_of_the_channel_that_blame_stay_as_they_were_said_and_are_marked() -> None:
    said = "carol wrote “alice should have checked the pool”."
    causes = causes_answer(what_happened=[claim(said, BLAME)])

    made, model = draft(causes=causes)

    assert "reads as blame: " not in asked(model)
    assert made.postmortem.what_happened[0].text == said
    assert made.postmortem.what_happened[0].as_said
    assert [path for path, statement in statements(made.postmortem) if statement.as_said] == ["what_happened[0]"]


def test_a_quotation_that_blames_nobody_is_not_marked() -> None:
    causes = causes_answer(what_happened=[claim("bob wrote “the pool was exhausted at 14:20”.", POOL)])

    made, _ = draft(causes=causes)

    assert not made.postmortem.what_happened[0].as_said


# When it cannot be done.


def test_a_draft_that_nobody_could_read_again_says_so() -> None:
    made, _ = draft(verification=ModelUnavailable("model 'scripted-1': no answer within 600 s"))

    run = made.run.parts[-1]
    assert (run.part, run.drafted_by, run.is_skipped) == ("verification", "skipped", True)
    assert "no answer" in str(run.failure)
    assert made.run.drafted_by[-1] == "scripted-1"
    assert made.postmortem.what_happened[0].text == MORE


def test_an_endpoint_that_could_not_be_used_is_not_asked_again() -> None:
    _, model = draft(timeline=ModelUnavailable("gone"))

    assert model.stages == ["timeline"]


def test_a_replay_without_the_second_reading_is_no_replay() -> None:
    with pytest.raises(RecordingMiss, match="record it again"):
        draft(verification=RecordingMiss("record it again"))


def test_too_many_statements_for_one_answer_are_read_in_halves_each_with_its_own_evidence() -> None:
    def one_at_a_time(request: Request) -> Reply:
        numbers = re.findall(r"^(\d+) \| ", request.messages[1].content, re.MULTILINE)
        if len(numbers) > 1:
            raise CutOff("too long")
        return Reply(VerificationAnswer(verdicts=[verdict(int(numbers[0]), "inferred")]).model_dump_json())

    made, model = draft(verification=one_at_a_time)

    assert [made.postmortem.what_happened[0].basis, made.postmortem.title and made.postmortem.title.basis] == [
        Basis.HYPOTHESIS,
        Basis.HYPOTHESIS,
    ]
    cited = [
        re.findall(r"^(S\d) \|", request.messages[1].content, re.MULTILINE) for request in model.asked("verification")
    ]
    assert cited == [["S1", "S2"], ["S1"], ["S2"]]
    assert made.run.parts[-1].requests == 2
