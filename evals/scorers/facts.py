"""Facts that a draft must tell: how many of them it does."""

from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Subject
from evals.terms import says

_MEASURES = {"fact": "fact recall", "figure": "figure recall", "cause": "cause recall"}


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Recall of facts, of figures of the impact, and of what is known of the cause."""
    texts = [said.text for said in subject.statements] + [event.text for event in subject.events]
    for kind, measure in _MEASURES.items():
        wanted = [fact for fact in case.expected.facts if fact.kind == kind]
        missed = [fact.id for fact in wanted if not any(says(text, fact.terms) for text in texts)]
        reason = f"not told: {named(missed)}" if missed else ""
        yield Score(measure, len(wanted) - len(missed), len(wanted), reason)
