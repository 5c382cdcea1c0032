"""What a draft must not say: refuted guesses as causes, other incidents, corrected figures."""

from collections.abc import Iterator

from evals.case import Case, Never
from evals.score import Score, named
from evals.subject import Said, Subject
from evals.terms import held, says


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """How many of the things that must not be said are said as true, with no mark of doubt."""
    told = [never.id for never in case.expected.nevers if any(_tells(said, never) for said in subject.statements)]
    reason = f"told: {named(told)}" if told else ""
    yield Score("wrong things told", len(told), len(case.expected.nevers), reason, good=False)


def _tells(said: Said, never: Never) -> bool:
    if said.marked or not says(said.text, never.terms) or held(said.text, never.unless):
        return False
    return not never.where or said.path.startswith(tuple(never.where))
