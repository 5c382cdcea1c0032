"""The parts of a draft that a rule's example may name beside its statement: `draft.summary`, `draft.whys`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pmdraft.policy import approvals
from pmdraft.postmortem import ActionItem, DeclaredSeverity, FiveWhys, Horizon, Postmortem, Severity, Status, Why
from pmdraft.statement import Basis, DueDate, Statement


def with_parts(draft: Postmortem, fields: dict[str, Any]) -> Postmortem:
    """The draft with the texts, the chain of whys, the severity and the actions that an example names."""
    texts: dict[str, Any] = {
        part: getattr(draft, part).model_copy(update={name: _said(text) for name, text in fields[part].items()})
        for part in ("summary", "impact")
        if part in fields
    }
    whys = FiveWhys(
        problem=_said(fields.get("problem")),
        whys=tuple(Why(question=_text(asked), answer=_text(answer)) for asked, answer in fields.get("whys", ())),
        root_cause=_said(fields.get("root_cause")),
    )
    made: dict[str, Any] = {
        **texts,
        "five_whys": whys,
        "contributing_factors": tuple(_text(factor) for factor in fields.get("factors", ())),
    }
    if "severity" in fields:
        level = Severity(fields["severity"])
        made["severity"] = DeclaredSeverity(text=level.value, basis=Basis.HUMAN, level=level)
        made["review"] = draft.review.model_copy(update={"approvals": approvals(level)})
    wanted = [*([fields["action"]] if "action" in fields else []), *({"action": a} for a in fields.get("actions", ()))]
    made["action_items"] = tuple(_action(each) for each in wanted)
    return draft.model_copy(update=made)


def _text(text: str, basis: Basis = Basis.HUMAN, cites: Iterable[str] = ()) -> Statement:
    return Statement(text=text, basis=basis, evidence=tuple(cites))


def _said(text: str | None) -> Statement | None:
    return None if text is None else _text(text)


def _action(fields: dict[str, Any]) -> ActionItem:
    due = fields.get("due")
    owner = fields.get("owner")
    return ActionItem(
        action=_text(
            fields.get("action", "Add an alert."), Basis(fields.get("basis", "proposed")), fields.get("cites", ())
        ),
        owner=_text(owner, Basis.STATED, fields.get("owner_cites", ())) if owner else None,
        due=DueDate(text=due, basis=Basis.HUMAN, on=datetime.fromisoformat(due).date()) if due else None,
        status=Status(fields.get("status", "not_started")),
        issue=None,
        horizon=Horizon(fields.get("horizon", "short")),
        verification=_said(fields.get("verification")),
    )
