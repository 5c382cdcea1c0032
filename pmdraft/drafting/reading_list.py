"""The statements of a draft that a second reading reads, each with what it is in the postmortem."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements

_ROLES = {
    "title": "title",
    "summary.what_happened": "summary, what happened",
    "summary.impact": "summary, impact",
    "summary.resolution": "summary, resolution",
    "impact.services": "services affected",
    "impact.users": "users affected",
    "impact.scope": "scope of the impact",
    "impact.data_loss": "data loss",
    "impact.business": "business impact",
    "detection.methods.detail": "way of detection",
    "what_happened": "step of what happened",
    "five_whys.problem": "the problem",
    "five_whys.root_cause": "root cause",
    "contributing_factors": "contributing factor",
    "alternatives.explanation": "explanation that somebody considered",
    "alternatives.outcome": "what became of an explanation",
    "disagreements.positions": "view that somebody held",
    "disagreements.outcome": "how a disagreement was settled",
    "went_well": "what went well",
    "went_badly": "what did not go well",
    "action_items.action": "action item",
    "action_items.verification": "how an action is verified",
    "lessons.technical.lesson": "lesson",
    "lessons.process.lesson": "lesson",
    "lessons.technical.points": "fact that a lesson rests on",
    "lessons.process.points": "fact that a lesson rests on",
    "review.meeting": "when the review is held",
    "sections.statements": "statement",
}
_STAGES = {
    "timeline": {"timeline"},
    "impact": {"title", "summary", "impact", "detection"},
    "causes": {"what_happened", "five_whys", "contributing_factors", "alternatives", "disagreements"},
    "learning": {"went_well", "went_badly", "action_items", "lessons", "review"},
}
"""The fields that each stage fills."""


class Item(NamedTuple):
    """One statement to read again."""

    path: str
    role: str
    """What it is in the postmortem, for the reader."""
    statement: Statement


def items_of(postmortem: Postmortem, drafted_by: Mapping[str, str], nobody: str) -> Iterator[Item]:
    """The statements that a model wrote.

    Args:
        postmortem: the draft.
        drafted_by: for each stage, what drafted it.
        nobody: the name among these that stands for no model; it only quotes.
    """
    written = {stage for stage, name in drafted_by.items() if name != nobody}
    for path, statement in statements(postmortem):
        role = _role(path, postmortem)
        if role is not None and _stage(path, postmortem) in written:
            yield Item(path, role, statement)


def is_to_be_verified(item: Item) -> bool:
    """Whether it claims to be what its evidence says; conclusions and proposals are marked as such anyway."""
    return item.statement.basis is Basis.STATED and bool(item.statement.evidence)


def _stage(path: str, postmortem: Postmortem) -> str | None:
    field = re.split(r"[.\[]", path)[0]
    if field == "sections":
        return f"section-{postmortem.sections[_number(path)].id}"
    return next((stage for stage, fields in _STAGES.items() if field in fields), None)


def _role(path: str, postmortem: Postmortem) -> str | None:
    kind = re.sub(r"\[\d+\]", "", path)
    if kind in ("timeline.event", "timeline.action"):
        entry = postmortem.timeline[_number(path)]
        if kind == "timeline.event":
            return None if entry.action else f"event, {entry.kind.value.replace('_', ' ')}"
        return f"event, {entry.kind.value.replace('_', ' ')}: {entry.event.text}"
    if kind == "five_whys.whys.answer":
        return f"reason for: {_before(path, postmortem)}"
    if kind == "action_items.action":
        return f"action item, {postmortem.action_items[_number(path)].status.value.replace('_', ' ')}"
    return _ROLES.get(kind)


def _before(path: str, postmortem: Postmortem) -> str:
    """What the answer of a why is the reason for."""
    number, whys = _number(path), postmortem.five_whys
    if number > 0:
        return whys.whys[number - 1].answer.text
    return whys.problem.text if whys.problem else ""


def _number(path: str) -> int:
    match = re.search(r"\[(\d+)\]", path)
    return int(match[1]) if match else 0
