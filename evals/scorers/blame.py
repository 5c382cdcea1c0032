"""Wording in the draft that blames people, by rule, quotations left alone."""

from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Subject
from pmdraft.blameless import check_text
from pmdraft.blameless.roster import names_of
from pmdraft.levels import Level


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Share of statements in which a blameless rule finds a warning or an error."""
    del case
    people = names_of(subject.incident.people)
    blaming = [
        f"{said.path} ({blame.text})"
        for said in subject.statements
        for blame in check_text(said.text, people=people)[:1]
        if blame.level is not Level.INFO
    ]
    yield Score("statements that blame", len(blaming), len(subject.statements), named(blaming, 3), good=False)
