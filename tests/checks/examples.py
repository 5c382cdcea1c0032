"""The proofs that rules bring, made into drafts."""

from datetime import datetime
from typing import Any

from pmdraft.checks import run_checks
from pmdraft.checks.rules import Example
from pmdraft.durations import measure
from pmdraft.evidence import Incident, Person
from pmdraft.findings import Finding
from pmdraft.language import Language
from pmdraft.postmortem import EventKind, Postmortem, Reviewer, TimelineEntry
from pmdraft.statement import Basis, Statement
from tests.builders import evidence, incident, postmortem
from tests.checks.parts import with_parts

DAY = "2025-10-27"
PEOPLE = [
    Person(id="U1", handle="alice", names=("佐藤 有紗",)),
    Person(id="U2", handle="bob", names=("渡辺 望",)),
    Person(id="U3", handle="charlie", names=("高橋 千春",)),
]


def findings_of(example: Example) -> list[Finding]:
    """What the checks find in a draft that holds an example."""
    known, ids = _evidence(example)
    statement = Statement(text=example.text, evidence=ids, basis=Basis(example.basis)) if example.text else None
    draft = _drafted(statement, example.draft, known)
    _, findings = run_checks(draft, known, Language.EN)
    return list(findings)


def _evidence(example: Example) -> tuple[Incident, tuple[str, ...]]:
    items, ids = [], []
    for number, fields in enumerate((*example.cites, *example.others), 1):
        more: dict[str, Any] = {"id": f"S{number}", "at": "14:23", **fields}
        if number <= len(example.cites):
            ids.append(more["id"])
        if not more.pop("missing", False):
            at = more["at"] if "T" in more["at"] else f"{DAY}T{more['at']}"
            items.append(evidence(**{**more, "at": f"{at}+09:00"}))
    return incident(*(items or [evidence("L1", "INFO started")]), people=PEOPLE), tuple(ids)


def _drafted(statement: Statement | None, fields: dict[str, Any], known: Incident) -> Postmortem:
    rows = tuple(_row(row, known) for row in fields.get("timeline", ()))
    made = postmortem(
        what_happened=(statement,) if statement else (),
        timeline=rows,
        durations=measure(rows, Language.EN, known.zone),
    )
    if "downtime" in fields:
        start, end = (_moment(clock) for clock in fields["downtime"].split())
        wrong = made.durations["downtime"].model_copy(
            update={"start": start, "end": end, "seconds": int((end - start).total_seconds())}
        )
        made = made.model_copy(update={"durations": {**made.durations, "downtime": wrong}})
    made = with_parts(made, fields)
    if statement and "field" in fields:
        made = made.model_copy(update={"what_happened": (), fields["field"]: (statement,)})
    if "approvals" in fields:
        approved = tuple(Reviewer(name) for name in fields["approvals"])
        made = made.model_copy(update={"review": made.review.model_copy(update={"approvals": approved})})
    return made


def _row(row: str, known: Incident) -> TimelineEntry:
    clock, kind = row.split()
    cited = (known.evidence[0].id,)
    event = Statement(text="an event", evidence=cited, basis=Basis.COMPUTED)
    return TimelineEntry(
        at=_moment(clock), event=event, action=None, kind=EventKind(kind), evidence=cited, timed_by=cited[0]
    )


def _moment(clock: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{clock}:00+09:00")
