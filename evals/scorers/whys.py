"""The 5 Whys: each answer leads to the next question, and the chain does not end at a person."""

import re
from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Subject
from evals.terms import folded
from pmdraft.blameless import check_text
from pmdraft.blameless.roster import names_of
from pmdraft.levels import Level

_WORD = re.compile(r"[a-z][a-z_.-]{3,}|[一-龥々]{2,}|[ァ-ヶー]{2,}|\d+")


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Links that hold; and, where the evidence gives no cause, whether the chain claims one."""
    broken = [
        f"why {number + 2}"
        for number, ((_, answer), (question, _)) in enumerate(zip(subject.whys, subject.whys[1:], strict=False))
        if not set(_WORD.findall(folded(answer))) & set(_WORD.findall(folded(question)))
    ]
    links = max(0, len(subject.whys) - 1)
    yield Score("why links", links - len(broken), links, f"broken: {named(broken)}" if broken else "")
    if subject.whys:
        people = names_of(subject.incident.people)
        last = subject.whys[-1][1]
        personal = any(b.level is not Level.INFO for b in check_text(last, people=people, context="root_cause"))
        yield Score("whys that end at a person", int(personal), 1, last[:60] if personal else "", good=False)
    if not case.expected.cause_found:
        claims = [
            said.path
            for said in subject.statements
            if said.path.endswith("root_cause") and said.basis not in ("hypothesis", "human") and not said.marked
        ]
        yield Score("causes claimed that nobody found", int(bool(claims)), 1, named(claims), good=False)
