"""What a draft took: answers that fitted at once, tokens, wall time with a fixed simulated latency."""

from collections.abc import Iterator

from evals.case import Case
from evals.score import Score
from evals.subject import Subject


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Shares and amounts; nothing for a system that asks no model."""
    del case
    cost = subject.cost
    if not cost.requests:
        return
    yield Score("JSON valid at first try", cost.at_first_try, cost.questions)
    yield Score("requests", cost.requests, 1, good=False, plain=True)
    yield Score("tokens in", cost.tokens_in, 1, good=False, plain=True)
    yield Score("tokens out", cost.tokens_out, 1, good=False, plain=True)
    yield Score("seconds at simulated latency", cost.seconds, 1, good=False, plain=True)
