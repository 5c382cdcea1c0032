"""Action items: those that were said, each with the owner and date that were said, and no others as if said."""

from collections.abc import Iterator

from evals.case import Case, ExpectedAction
from evals.score import Score, named
from evals.subject import Action, Subject
from evals.terms import folded, says, words


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Recall of actions, right owner and date pairs among those found, and owners that nobody named.

    What was done already has a doer instead of an owner; a task that its owner spoke of, or was named for, was theirs.
    """
    found = {wanted.id: action for wanted in case.expected.actions if (action := _match(wanted, subject)) is not None}
    wanted = case.expected.actions
    missed = [each.id for each in wanted if each.id not in found]
    yield Score("action recall", len(found), len(wanted), f"missing: {named(missed)}" if missed else "")
    wrong = [each.id for each in wanted if each.id in found and not _owned_as_said(each, found[each.id])]
    yield Score("owners and dates", len(found) - len(wrong), len(found), f"wrong: {named(wrong)}" if wrong else "")
    known = list(found.values())
    extra = [action for action in subject.actions if action not in known]
    invented = [action.text[:40] for action in extra if _given(action) and not _said(action, subject)]
    invented += [each.id for each in wanted if each.id in found and not each.owner and found[each.id].owner]
    yield Score("owners nobody named", len(invented), len(subject.actions), named(invented, 4), good=False)


def _given(action: Action) -> bool:
    return action.owner is not None and not action.proposed and not action.done


def _said(action: Action, subject: Subject) -> bool:
    """Whether anything of the same subject is by the owner or names them."""
    owner = folded(action.owner or "").lstrip("@")
    names = [owner, *(name for names in _names(subject) if owner in names for name in names)]
    about = words(action.text)
    return any(
        about & words(item.text)
        for item in subject.incident.evidence
        if any(name in folded(f"{item.author or ''} {item.text}") for name in names if name)
    )


def _names(subject: Subject) -> list[list[str]]:
    return [[folded(name).lstrip("@") for name in (person.handle, *person.names)] for person in subject.incident.people]


def _match(wanted: ExpectedAction, subject: Subject) -> Action | None:
    return next((action for action in subject.actions if says(action.text, wanted.terms)), None)


def _owned_as_said(wanted: ExpectedAction, action: Action) -> bool:
    owner = folded(action.owner or "").lstrip("@")
    owned = owner in [folded(name).lstrip("@") for name in wanted.owner] if wanted.owner else not owner
    return owned and action.due == wanted.due
