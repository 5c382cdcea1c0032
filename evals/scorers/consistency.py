"""Whether the draft contradicts itself, by what pmdraft's own checks find in it."""

from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Subject


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Drafts in which a consistency rule found something; only for systems that are checked."""
    del case
    if not subject.cites:
        return
    found = [f"{rule} at {path}" for rule, path in subject.findings if rule.startswith("consistency.")]
    yield Score("contradictions", len(found), max(1, len(subject.statements)), named(found, 4), good=False)
