"""A finished draft as the scorers see it, whichever system made it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from pmdraft.draft import Draft
from pmdraft.evidence import Incident
from pmdraft.postmortem import Status
from pmdraft.render import render_markdown
from pmdraft.statement import Basis, Support
from pmdraft.walk import statements


@dataclass(frozen=True, slots=True)
class Said:
    """One statement.

    Attributes:
        path: where it stands, such as `five_whys.whys[0].answer`.
        text: what it says.
        evidence: ids that it cites.
        basis: on whose authority it stands, `stated` where a system makes no difference.
        marked: whether the draft itself tells the reader to doubt it.
    """

    path: str
    text: str
    evidence: tuple[str, ...] = ()
    basis: str = "stated"
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the timeline; `at` is None where its time cannot be read."""

    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One action item.

    Attributes:
        proposed: nobody in the evidence asked for it, and the draft says so.
        done: it was done already; its owner is who did it.
    """

    text: str
    owner: str | None
    due: date | None
    proposed: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What a draft took.

    Attributes:
        requests: how many the model was asked.
        at_first_try: how many of its answers could be used as they came, repairs not counted.
        questions: how many it was asked, repairs not counted.
        tokens_in: tokens of the requests, counted as `pmdraft.llm.budget` does.
        tokens_out: tokens of the answers, likewise.
        seconds: wall time with the simulated latency.
    """

    requests: int = 0
    at_first_try: int = 0
    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """All that is scored of one draft.

    Attributes:
        system: what made it.
        incident: the evidence that it was made from, secrets replaced.
        whys: questions and answers of the 5 Whys.
        cites: whether the system cites evidence at all.
        findings: rules that found something, with the path; what pmdraft's own checks say.
        written: everything that was sent or written, to look for secrets in.
    """

    system: str
    incident: Incident
    statements: tuple[Said, ...]
    events: tuple[Event, ...]
    actions: tuple[Action, ...]
    whys: tuple[tuple[str, str], ...]
    cites: bool
    cost: Cost
    findings: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = field(default=(), repr=False)


def of_draft(draft: Draft, incident: Incident, system: str, cost: Cost, sent: tuple[str, ...]) -> Subject:
    """A draft of pmdraft's, by a model or by the outline.

    Args:
        draft: the draft.
        incident: the redacted incident.
        system: its name in the report.
        cost: what it took.
        sent: the requests as they left.
    """
    postmortem = draft.postmortem
    return Subject(
        system=system,
        incident=incident,
        statements=tuple(
            Said(
                path,
                statement.text,
                statement.evidence,
                statement.basis.value,
                statement.support in (Support.DOUBTFUL, Support.UNCITED),
            )
            for path, statement in statements(postmortem)
            if not path.startswith(("open_questions", "durations"))
        ),
        events=tuple(
            Event(entry.at, f"{entry.event.text} {entry.action.text if entry.action else ''}")
            for entry in postmortem.timeline
        ),
        actions=tuple(
            Action(
                item.action.text,
                item.owner.text if item.owner else None,
                item.due.on if item.due and item.due.basis is Basis.STATED else None,
                item.action.basis is Basis.PROPOSED,
                item.status is Status.DONE,
            )
            for item in postmortem.action_items
        ),
        whys=tuple((why.question.text, why.answer.text) for why in postmortem.five_whys.whys),
        cites=True,
        cost=cost,
        findings=tuple((finding.rule, finding.where.path) for finding in draft.findings),
        written=(*sent, draft.model_dump_json(), render_markdown(draft)),
    )
