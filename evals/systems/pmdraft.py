"""pmdraft itself: by a model, or by its outline drafter without one."""

from datetime import UTC, datetime

from evals.case import Case
from evals.meter import Meter
from evals.subject import Cost, Subject, of_draft
from pmdraft.draft import draft_postmortem
from pmdraft.redact import redact
from pmdraft.settings import Settings

# A draft's date stands in it; a fixed one gives the same bytes every day.
_CREATED = datetime(2026, 1, 5, 9, tzinfo=UTC)


def settings_of(case: Case) -> Settings:
    """The settings that a case is drafted with."""
    return Settings(language=case.about.language, created=_CREATED)


def draft(case: Case, meter: Meter | None) -> Subject:
    """The case as pmdraft drafts it; the outline without a model."""
    incident = case.incident()
    made = draft_postmortem(incident, model=meter, settings=settings_of(case))
    cost = meter.cost() if meter else Cost()
    system = "pmdraft" if meter else "outline"
    return of_draft(made, redact(incident), system, cost, tuple(meter.sent) if meter else ())
