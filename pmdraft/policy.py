"""The template's own rules: deadlines and approvals by severity, action items by horizon; and what the user sets."""

from datetime import date, timedelta
from enum import StrEnum

from pmdraft.postmortem import Horizon, Reviewer, ReviewFocus, ReviewRole, Severity


class Unsupported(StrEnum):
    """What becomes of a statement that its evidence does not bear out."""

    RULE = "rule"
    """What the page of the rule that flags it says."""
    MARK = "mark"
    """It stays in the draft and is shown marked."""
    MOVE = "move"
    """It goes to the ledger, from where a person can take it back."""


DRAFT_DEADLINE: dict[Severity, timedelta | None] = {
    Severity.SEV1: timedelta(hours=24),
    Severity.SEV2: timedelta(weeks=1),
    Severity.SEV3: None,
    Severity.SEV4: None,
}
"""Time from the end of the incident to the draft; None where a postmortem is optional."""

REVIEWERS = (
    ReviewRole(role=Reviewer.ENGINEERING_MANAGER, focus=ReviewFocus.PROCESS),
    ReviewRole(role=Reviewer.SRE_LEAD, focus=ReviewFocus.TECHNICAL),
    ReviewRole(role=Reviewer.PRODUCT_MANAGER, focus=ReviewFocus.USER_IMPACT),
)

_DAYS = {Horizon.IMMEDIATE: 0, Horizon.SHORT: 7}
_MONTHS = {Horizon.MEDIUM: 1, Horizon.LONG: 3}


def approvals(severity: Severity | None) -> tuple[Reviewer, ...]:
    """The roles that approve a postmortem; the CTO only for SEV-1."""
    always = (Reviewer.ENGINEERING_MANAGER, Reviewer.SRE_LEAD)
    return (*always, Reviewer.CTO) if severity is Severity.SEV1 else always


def latest_due(horizon: Horizon, incident_day: date) -> date:
    """The last day that still fits a horizon, counted from the day of the incident."""
    if horizon in _DAYS:
        return incident_day + timedelta(days=_DAYS[horizon])
    return _months_later(incident_day, _MONTHS[horizon])


def horizon_of(due: date, incident_day: date) -> Horizon:
    """The horizon that a due date falls in."""
    for horizon in (Horizon.SHORT, Horizon.MEDIUM):
        if due <= latest_due(horizon, incident_day):
            return horizon
    return Horizon.LONG


def _months_later(day: date, months: int) -> date:
    """The same day `months` later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
