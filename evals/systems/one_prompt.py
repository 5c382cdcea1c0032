"""The baseline that everybody has: the whole incident pasted into one prompt.

No ids, no redaction, no checks: what a person would paste, and a schema to make it comparable.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from evals.case import Case
from evals.meter import Meter
from evals.subject import Action, Event, Said, Subject
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.answer import ask
from pmdraft.llm.schema import answer_schema
from pmdraft.llm.seam import Message, Request
from pmdraft.redact import redact
from pmdraft.wire import Wire

STAGE = "one_prompt"
_LANGUAGES = {Language.JA: "Japanese", Language.EN: "English"}


class PastedEvent(Wire):
    """A row of the timeline."""

    time: str
    """ISO 8601 with the offset from UTC."""
    event: str
    action: str


class PastedWhy(Wire):
    """A step of the 5 Whys."""

    question: str
    answer: str


class PastedAction(Wire):
    """An action item."""

    action: str
    owner: str | None
    due: str | None
    """YYYY-MM-DD."""
    status: Literal["not_started", "in_progress", "done"]
    horizon: Literal["immediate", "short", "medium", "long"]


class PastedPostmortem(Wire):
    """The postmortem template as one object."""

    title: str
    severity: str | None
    what_happened_summary: str
    impact_summary: str
    root_cause: str
    resolution: str
    services: str | None
    users: str | None
    scope: str | None
    downtime: str | None
    data_loss: str | None
    business: str | None
    timeline: list[PastedEvent]
    detection: list[str]
    what_happened: list[str]
    five_whys: list[PastedWhy]
    contributing_factors: list[str]
    went_well: list[str]
    went_badly: list[str]
    action_items: list[PastedAction]
    technical_lessons: list[str]
    process_lessons: list[str]
    open_questions: list[str]


def draft(case: Case, meter: Meter) -> Subject:
    """The case as one prompt drafts it.

    Raises:
        ModelError: there is no usable answer.
    """
    incident = case.incident()
    answer, replies = ask(meter, request(incident, case.about.language), PastedPostmortem)
    return Subject(
        system="one prompt",
        incident=redact(incident),
        statements=tuple(_statements(answer)),
        events=tuple(Event(_time(event.time), f"{event.event} {event.action}") for event in answer.timeline),
        actions=tuple(
            Action(item.action, item.owner, _date(item.due), done=item.status == "done") for item in answer.action_items
        ),
        whys=tuple((why.question, why.answer) for why in answer.five_whys),
        cites=False,
        cost=meter.cost(),
        written=(*meter.sent, *(reply.text for reply in replies)),
    )


def request(incident: Incident, language: Language) -> Request:
    """Everything pasted, and the one sentence that asks for a postmortem."""
    pasted = "\n".join(_line(item, incident) for item in incident.evidence)
    text = (
        f"{pasted}\n\nWrite a blameless postmortem of this incident in {_LANGUAGES[language]}, "
        "as JSON of this schema, and nothing else."
    )
    return Request(STAGE, (Message("user", text),), answer_schema(PastedPostmortem))


def _line(item: Evidence, incident: Incident) -> str:
    at = item.at.astimezone(incident.zone)
    repeated = f" (x{item.count})" if item.count > 1 else ""
    return f"[{at:%Y-%m-%d %H:%M:%S %z}] {item.author or item.source}: {item.text}{repeated}"


def _statements(answer: PastedPostmortem) -> Iterator[Said]:
    """Every sentence, under the paths that pmdraft's draft has for it."""
    summary = {
        "summary.what_happened": answer.what_happened_summary,
        "summary.impact": answer.impact_summary,
        "summary.root_cause": answer.root_cause,
        "summary.resolution": answer.resolution,
        "title": answer.title,
        "severity": answer.severity,
    }
    impact = {
        f"impact.{name}": getattr(answer, name)
        for name in ("services", "users", "scope", "downtime", "data_loss", "business")
    }
    for path, text in (summary | impact).items():
        if text:
            yield Said(path, text)
    for number, event in enumerate(answer.timeline):
        yield Said(f"timeline[{number}]", f"{event.event} {event.action}".strip())
    for number, why in enumerate(answer.five_whys):
        yield Said(f"five_whys.whys[{number}].question", why.question)
        yield Said(f"five_whys.whys[{number}].answer", why.answer)
    for number, item in enumerate(answer.action_items):
        yield Said(f"action_items[{number}].action", item.action)
    lists = ("detection", "what_happened", "contributing_factors", "went_well", "went_badly")
    for name in (*lists, "technical_lessons", "process_lessons"):
        for number, text in enumerate(getattr(answer, name)):
            yield Said(f"{name}[{number}]", text)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
