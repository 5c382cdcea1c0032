"""Why it happened: the whys, what contributed, and the explanations that people weighed."""

import re

from pmdraft.drafting.claims import Claims
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import Alternative, AlternativeStatus, Disagreement, FiveWhys, Why
from pmdraft.statement import Basis, Statement
from pmdraft.wire import CausesAnswer

_WHY = Bilingual("「{before}」のはなぜか", "Why “{before}”?")
_MOST_WHYS = 5


def five_whys(causes: CausesAnswer, claims: Claims, language: Language) -> FiveWhys:
    """The chain of whys; it breaks off at the first link that does not hold."""
    answers = []
    for step in causes.whys[:_MOST_WHYS]:
        answer = claims.concluded("five_whys", step.text, step.evidence, step.said_so)
        if answer is None:
            break
        answers.append(answer)
    root = claims.statement("five_whys", causes.root_cause)
    return chained(
        FiveWhys(
            problem=claims.statement("five_whys", causes.problem),
            whys=tuple(Why(question=answer, answer=answer) for answer in answers),
            # A cause is a hypothesis until a person owns it, whatever the model or the channel called it.
            root_cause=root.model_copy(update={"basis": Basis.HYPOTHESIS}) if root else None,
        ),
        language,
    )


def chained(whys: FiveWhys, language: Language) -> FiveWhys:
    """The same, with each question made of the answer before it, so that no link can be skipped."""
    before, steps = whys.problem, []
    for why in whys.whys:
        text = _WHY.to(language, before=_first_sentence(before.text)) if before else "Why?"
        question = Statement(text=text, evidence=before.evidence if before else (), basis=Basis.COMPUTED)
        steps.append(Why(question=question, answer=why.answer))
        before = why.answer
    return whys.model_copy(update={"whys": tuple(steps)})


def contributing_factors(causes: CausesAnswer, claims: Claims) -> tuple[Statement, ...]:
    """The conditions that contributed; a hypothesis where nobody said that they did."""
    made = (
        claims.concluded("contributing_factors", factor.text, factor.evidence, factor.said_so)
        for factor in causes.contributing_factors
    )
    return tuple(statement for statement in made if statement)


def alternatives(causes: CausesAnswer, claims: Claims) -> tuple[Alternative, ...]:
    """The other explanations, dead ends among them."""
    found = []
    for item in causes.alternatives:
        explanation = claims.of("alternatives", item.explanation, item.evidence, Basis.STATED)
        if explanation is not None:
            found.append(
                Alternative(
                    explanation=explanation,
                    status=AlternativeStatus(item.status),
                    outcome=claims.statement("alternatives", item.outcome),
                )
            )
    return tuple(found)


def disagreements(causes: CausesAnswer, claims: Claims) -> tuple[Disagreement, ...]:
    """Where people held different views; one view alone is no disagreement."""
    found = (
        Disagreement(
            about=item.about,
            positions=claims.statements("disagreements", item.positions),
            outcome=claims.statement("disagreements", item.outcome),
        )
        for item in causes.disagreements
        if item.about.strip()
    )
    return tuple(item for item in found if len(item.positions) > 1)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=。)|(?<=\.)\s", text, maxsplit=1)[0].rstrip("。.")
