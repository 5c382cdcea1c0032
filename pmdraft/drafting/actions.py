"""Action items: an owner, date or issue that nobody named is not there."""

import re
import unicodedata
from datetime import date

from pmdraft.drafting.claims import Claims
from pmdraft.due_date import read_due
from pmdraft.evidence import Evidence, Incident, Person
from pmdraft.policy import horizon_of
from pmdraft.postmortem import ActionItem, Horizon, Status
from pmdraft.statement import Basis, DueDate, Statement
from pmdraft.wire import ActionClaim, Proposal, Verification


def action_item(claim: ActionClaim, incident: Incident, incident_day: date, claims: Claims) -> ActionItem | None:
    """An action that somebody named, with only the owner, date and issue that its evidence holds.

    Args:
        claim: the model's answer.
        incident: the redacted incident.
        incident_day: day of the incident, which horizons count from.
        claims: makes its statements.
    """
    action = claims.of("action_items", claim.text, claim.evidence, Basis.STATED)
    if action is None:
        return None
    known = incident.by_id()
    cited = [known[name] for name in action.evidence]
    due = _due(claim, cited, incident)
    horizon = claim.horizon
    if due is not None and horizon is not Horizon.IMMEDIATE:
        horizon = horizon_of(due.on, incident_day)
    if due is None and horizon is Horizon.IMMEDIATE and cited:
        due = _done_on(cited[-1], incident)
    if horizon is Horizon.IMMEDIATE and claim.status is not Status.DONE:
        horizon = Horizon.SHORT  # the template's immediate actions are those that are done
    return ActionItem(
        action=action,
        owner=_owner(claim.owner, cited, incident),
        due=due,
        status=claim.status,
        issue=_issue(claim.issue, cited),
        horizon=horizon,
        verification=_verification(claim.verification, claims) if claim.verification else None,
    )


def proposed_action(proposal: Proposal, claims: Claims) -> ActionItem | None:
    """An action that nobody named; so nobody owns it, and it is due at no date."""
    action = claims.of("action_items", proposal.text, proposal.evidence, Basis.PROPOSED)
    if action is None:
        return None
    return ActionItem(
        action=action,
        owner=None,
        due=None,
        status=Status.NOT_STARTED,
        issue=None,
        horizon=Horizon(proposal.horizon),
        verification=claims.of("action_items", proposal.verification, (), Basis.PROPOSED),
    )


def _verification(claim: Verification, claims: Claims) -> Statement | None:
    """How one will see that it works: stated if somebody said so, else a proposal."""
    said = claims.of("action_items", claim.text, claim.said_so, Basis.STATED)
    if said is not None and said.evidence:
        return said
    return claims.of("action_items", claim.text, (), Basis.PROPOSED)


def _owner(name: str | None, cited: list[Evidence], incident: Incident) -> Statement | None:
    """The owner, if the cited evidence was written by them or names them."""
    wanted = (name or "").strip().lstrip("@")
    if not wanted:
        return None
    person = next((person for person in incident.people if _is(person, wanted)), None)
    handle = person.handle if person else wanted
    names = {handle, *(person.names if person else ())}
    for item in cited:
        if item.author in names or any(names_whom(item.text, f"@{known}") for known in names):
            return Statement(text=f"@{handle}", evidence=(item.id,), basis=Basis.STATED)
    # Somebody whom the roster does not know counts only with an @; any word could be meant without.
    for item in cited if person else ():
        if any(names_whom(item.text, known) for known in names):
            return Statement(text=f"@{handle}", evidence=(item.id,), basis=Basis.STATED)
    return None


def names_whom(text: str, name: str) -> bool:
    """Whether a text has a name in it, and not only its letters within another word."""
    pattern = rf"(?<![A-Za-z0-9_]){re.escape(_folded(name))}(?![A-Za-z0-9_])"
    return re.search(pattern, _folded(text)) is not None


def _is(person: Person, name: str) -> bool:
    return _folded(name) in {_folded(person.handle), _folded(person.id), *(_folded(known) for known in person.names)}


def _due(claim: ActionClaim, cited: list[Evidence], incident: Incident) -> DueDate | None:
    for item in cited:
        on = read_due(claim.due_quote or "", item.text, item.at.astimezone(incident.zone).date())
        if on is not None:
            return DueDate(text=(claim.due_quote or "").strip(), evidence=(item.id,), basis=Basis.STATED, on=on)
    return None


def _done_on(item: Evidence, incident: Incident) -> DueDate:
    """The day of the evidence that tells of something done at once."""
    on = item.at.astimezone(incident.zone).date()
    return DueDate(text=on.isoformat(), evidence=(item.id,), basis=Basis.COMPUTED, on=on)


def _issue(name: str | None, cited: list[Evidence]) -> Statement | None:
    wanted = (name or "").strip()
    for item in cited:
        if wanted and re.search(rf"(?<![\w]){re.escape(wanted)}(?!\w)", item.text):
            return Statement(text=wanted, evidence=(item.id,), basis=Basis.STATED)
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
