"""Claims become statements that are no surer than the words they were made from."""

from pmdraft.drafting.claims import Claims
from pmdraft.drafting.explanation import alternatives, contributing_factors, disagreements, five_whys
from pmdraft.language import Language
from pmdraft.postmortem import AlternativeStatus
from pmdraft.statement import Basis
from pmdraft.wire import Alternative, Disagreement, Factor, WhyStep
from tests.builders import evidence, incident
from tests.scripted import causes_answer, claim, quoted

DOWN = quoted("S1", "API is down")
POOL = quoted("S2", "the pool is empty, that is why")
REDIS = quoted("S3", "Redis? no, Redis is fine")
INVENTED = quoted("S1", "somebody pulled the plug")
WHOLE = incident(
    evidence("S1", "API is down"),
    evidence("S2", "the pool is empty, that is why", at="2025-10-27T14:24:00+09:00"),
    evidence("S3", "Redis? no, Redis is fine", at="2025-10-27T14:25:00+09:00"),
)


def claims(language: Language = Language.EN) -> Claims:
    return Claims(WHOLE, language)


def test_a_claim_keeps_the_words_that_it_was_made_from() -> None:
    statement = claims().statement("impact", claim("The API was down.", DOWN))

    assert statement is not None
    assert statement.evidence == ("S1",)
    assert [(quote.evidence, quote.words) for quote in statement.quotes] == [("S1", "API is down")]


def test_a_claim_of_words_that_nobody_said_goes_to_the_ledger_with_them() -> None:
    made = claims()

    assert made.statement("impact", claim("Somebody pulled the plug.", INVENTED)) is None
    (rejected,) = made.rejected
    assert (rejected.part, rejected.text, rejected.evidence) == ("impact", "Somebody pulled the plug.", ("S1",))
    assert "somebody pulled the plug" in rejected.reason


def test_of_several_citations_only_those_that_hold_stay_and_the_others_are_told() -> None:
    made = claims(Language.JA)

    statement = made.statement("impact", claim("APIが落ちた。", DOWN, INVENTED, POOL))

    assert statement is not None
    assert statement.evidence == ("S1", "S2")
    assert [rejected.text for rejected in made.rejected] == ["APIが落ちた。"]
    assert "その引用だけを外した" in made.rejected[0].reason


def test_a_citation_that_is_put_right_is_told() -> None:
    made = claims()

    statement = made.statement("impact", claim("The pool was empty.", quoted("S1", "the pool is empty")))

    assert statement is not None
    assert statement.evidence == ("S2",)
    assert "are in S2, not in S1" in made.rejected[0].reason


def test_a_claim_that_says_nothing_is_none() -> None:
    assert claims().statement("impact", claim("  ", DOWN)) is None
    assert claims().statement("impact", None) is None


def test_a_reason_is_stated_only_if_somebody_gave_it() -> None:
    said = WhyStep(evidence=[DOWN], said_so=[POOL], text="The pool was empty")
    drawn = WhyStep(evidence=[POOL], said_so=[], text="It was too small")
    made_up = WhyStep(evidence=[POOL], said_so=[INVENTED], text="Nobody watched it")

    whys = five_whys(causes_answer(whys=[said, drawn, made_up]), claims(), Language.EN)

    assert [why.answer.basis for why in whys.whys] == [Basis.STATED, Basis.HYPOTHESIS, Basis.HYPOTHESIS]
    assert whys.whys[0].answer.evidence == ("S1", "S2")


def test_a_chain_of_whys_ends_at_the_first_link_that_does_not_hold() -> None:
    steps = [
        WhyStep(evidence=[POOL], said_so=[], text="The pool was empty"),
        WhyStep(evidence=[INVENTED], said_so=[], text="Somebody pulled the plug"),
        WhyStep(evidence=[DOWN], said_so=[], text="It was Monday"),
    ]

    whys = five_whys(causes_answer(whys=steps), claims(), Language.EN)

    assert [why.answer.text for why in whys.whys] == ["The pool was empty"]


def test_each_why_asks_for_the_answer_before_it() -> None:
    steps = [WhyStep(evidence=[POOL], said_so=[], text=text) for text in ("The pool was empty. Again.", "It leaked")]

    whys = five_whys(causes_answer(problem=claim("API down", DOWN), whys=steps), claims(), Language.EN)

    assert [why.question.text for why in whys.whys] == ["Why “API down”?", "Why “The pool was empty”?"]


def test_a_root_cause_is_a_hypothesis_whatever_it_was_called() -> None:
    whys = five_whys(causes_answer(root_cause=claim("The pool", POOL, basis="stated")), claims(), Language.EN)

    assert whys.root_cause is not None
    assert whys.root_cause.basis is Basis.HYPOTHESIS


def test_a_factor_is_a_hypothesis_unless_somebody_said_that_it_contributed() -> None:
    causes = causes_answer(
        contributing_factors=[
            Factor(evidence=[POOL], said_so=[POOL], text="An empty pool"),
            Factor(evidence=[POOL], said_so=[], text="A small pool"),
        ]
    )

    assert [factor.basis for factor in contributing_factors(causes, claims())] == [Basis.STATED, Basis.HYPOTHESIS]


def test_dead_ends_are_kept_with_what_spoke_against_them() -> None:
    dropped = Alternative(evidence=[REDIS], explanation="Redis", status="ruled_out", outcome=claim("It is fine", REDIS))
    invented = Alternative(evidence=[INVENTED], explanation="The plug", status="open", outcome=None)

    (kept,) = alternatives(causes_answer(alternatives=[dropped, invented]), claims())

    assert (kept.explanation.text, kept.status) == ("Redis", AlternativeStatus.RULED_OUT)
    assert kept.outcome is not None
    assert kept.outcome.text == "It is fine"


def test_one_view_is_no_disagreement() -> None:
    two = Disagreement(about="the cause", positions=[claim("pool", POOL), claim("Redis", REDIS)], outcome=None)
    one = Disagreement(about="the plug", positions=[claim("plug", INVENTED), claim("pool", POOL)], outcome=None)

    (kept,) = disagreements(causes_answer(disagreements=[two, one]), claims())

    assert kept.about == "the cause"
    assert [position.text for position in kept.positions] == ["pool", "Redis"]
