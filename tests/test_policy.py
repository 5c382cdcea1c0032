"""The template's rules."""

from datetime import date, timedelta

import pytest

from pmdraft.policy import DRAFT_DEADLINE, approvals, horizon_of, latest_due
from pmdraft.postmortem import Horizon, Reviewer, Severity


@pytest.mark.parametrize(
    ("severity", "deadline"),
    [(Severity.SEV1, timedelta(hours=24)), (Severity.SEV2, timedelta(weeks=1)), (Severity.SEV3, None)],
)
def test_the_draft_is_due_by_severity(severity: Severity, deadline: timedelta | None) -> None:
    assert DRAFT_DEADLINE[severity] == deadline


@pytest.mark.parametrize("severity", [Severity.SEV2, Severity.SEV3, Severity.SEV4, None])
def test_the_cto_approves_nothing_below_sev_1(severity: Severity | None) -> None:
    assert approvals(severity) == (Reviewer.ENGINEERING_MANAGER, Reviewer.SRE_LEAD)


def test_the_cto_approves_a_sev_1() -> None:
    assert approvals(Severity.SEV1)[-1] is Reviewer.CTO


@pytest.mark.parametrize(
    ("horizon", "latest"),
    [
        (Horizon.IMMEDIATE, date(2025, 10, 27)),
        (Horizon.SHORT, date(2025, 11, 3)),
        (Horizon.MEDIUM, date(2025, 11, 27)),
        (Horizon.LONG, date(2026, 1, 27)),
    ],
)
def test_the_buckets_end_where_the_template_says(horizon: Horizon, latest: date) -> None:
    assert latest_due(horizon, date(2025, 10, 27)) == latest


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 12, 15), date(2026, 1, 15)),
    ],
)
def test_a_month_later_stays_within_its_month(day: date, latest: date) -> None:
    assert latest_due(Horizon.MEDIUM, day) == latest


@pytest.mark.parametrize(
    ("due", "horizon"),
    [
        (date(2025, 11, 3), Horizon.SHORT),
        (date(2025, 11, 4), Horizon.MEDIUM),
        (date(2025, 11, 27), Horizon.MEDIUM),
        (date(2025, 11, 28), Horizon.LONG),
    ],
)
def test_a_due_date_falls_into_the_bucket_that_holds_it(due: date, horizon: Horizon) -> None:
    assert horizon_of(due, date(2025, 10, 27)) is horizon
