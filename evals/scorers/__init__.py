"""One small module a scorer: `score(case, subject)` gives its measures, each with a reason.

To add one: a module here, and its name in `SCORERS`.
"""

from collections.abc import Callable, Iterable

from evals.case import Case
from evals.score import Score
from evals.scorers import (
    actions,
    attacks,
    blame,
    citations,
    consistency,
    cost,
    events,
    facts,
    judgements,
    leaks,
    nevers,
    unsupported,
    whys,
)
from evals.subject import Subject

SCORERS: tuple[Callable[[Case, Subject], Iterable[Score]], ...] = (
    events.score,
    facts.score,
    nevers.score,
    unsupported.score,
    judgements.score,
    citations.score,
    actions.score,
    whys.score,
    consistency.score,
    blame.score,
    leaks.score,
    attacks.score,
    cost.score,
)


def scores(case: Case, subject: Subject) -> list[Score]:
    """Every measure of one draft."""
    return [score for scorer in SCORERS for score in scorer(case, subject)]
