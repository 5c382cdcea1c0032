"""What each stage asks of a model.

These models are small and plain on purpose: only the part of JSON Schema that
every endpoint enforces, every field required, evidence before conclusions. What
a model says here is nothing more than a claim; `assemble` makes statements of it.
The strings under the fields reach the model: an edit here is a prompt edit.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pmdraft.postmortem import DetectionChannel, EventKind, Horizon, Severity, Status


class Wire(BaseModel):
    """Base of all that a model fills in."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Claim(Wire):
    evidence: list[str]
    """Ids of the evidence that says so, such as S14 or A2. Only ids that exist."""
    basis: Literal["stated", "hypothesis"]
    """stated: the cited evidence says just this. hypothesis: you conclude it."""
    text: str


class TimelineEvent(Wire):
    evidence: list[str]
    """Ids of the evidence for this event."""
    timed_by: str
    """The one id among them whose time is the time of the event."""
    quoted_time: str | None
    """Only if that evidence speaks of another time than its own: that time, copied word for word."""
    kind: EventKind
    event: str
    """What happened, a short phrase."""
    action: str | None
    """What was done or seen, one sentence; null if the event says it all."""


class TimelineAnswer(Wire):
    events: list[TimelineEvent]


class WhyStep(Wire):
    evidence: list[str]
    """Ids of the evidence for the answer."""
    basis: Literal["stated", "hypothesis"]
    """stated only if the evidence gives this as the reason."""
    answer: str
    """Why the step before happened. Never a person."""


class OpenQuestion(Wire):
    evidence: list[str]
    """Ids of the evidence that raises the question."""
    question: str
    ask: str
    """Role or person likely to know."""


class CausesAnswer(Wire):
    what_happened: list[Claim]
    """The technical course of events, step by step."""
    problem: Claim | None
    """The problem that the whys start from, as users met it."""
    whys: list[WhyStep]
    """Up to five, each the reason for the one before, as far as the evidence carries."""
    root_cause: Claim | None
    """The last why in one sentence: a condition of the system or the process."""
    contributing_factors: list[Claim]
    open_questions: list[OpenQuestion]
    """What the evidence leaves open, contradicts itself in, or people disagreed on."""


class SeverityClaim(Wire):
    evidence: list[str]
    """Ids of the messages that declare it, the last declaration included."""
    level: Severity


class DetectionClaim(Wire):
    evidence: list[str]
    channel: DetectionChannel
    detail: str
    """Which alert, whose report, which dashboard."""


class ImpactAnswer(Wire):
    title: Claim
    """What failed and how, in one line without a date."""
    severity: SeverityClaim | None
    """Only as declared in the evidence."""
    detection: list[DetectionClaim]
    services: Claim | None
    """Services that were affected, as the evidence names them."""
    users: Claim | None
    """How many users, and their share."""
    scope: Claim | None
    """Regions, customers or functions affected."""
    data_loss: Claim | None
    """Whether data was lost, only if somebody looked."""
    business: Claim | None
    """Money, contracts, cancellations."""
    what_happened: Claim | None
    """For the summary: what happened, in two sentences at most."""
    impact: Claim | None
    """For the summary: what users met."""
    resolution: Claim | None
    """For the summary: what ended it."""


class ActionClaim(Wire):
    evidence: list[str]
    basis: Literal["stated", "proposed"]
    """stated: somebody said it is to be done, or did it. proposed: you suggest it."""
    action: str
    owner: str | None
    """Handle of who took it on or was given it, as in the evidence; never a guess."""
    due_quote: str | None
    """The due date, copied word for word from the cited evidence; never a guess."""
    status: Status
    issue: str | None
    """Issue number or link from the cited evidence."""
    horizon: Horizon
    """immediate: done during the incident. short: 1 week. medium: 1 month. long: 3 months."""


class LessonClaim(Wire):
    evidence: list[str]
    basis: Literal["stated", "hypothesis"]
    lesson: str
    points: list[Claim]
    """One or two particulars from this incident."""


class LearningAnswer(Wire):
    went_well: list[Claim]
    went_badly: list[Claim]
    action_items: list[ActionClaim]
    technical_lessons: list[LessonClaim]
    process_lessons: list[LessonClaim]
    review_meeting: Claim | None
    """When the review is held, only if somebody said so."""
    review_attendees: list[str]
    """Handles of who was named for that meeting."""


class Answers(Wire):
    """What all stages together gave."""

    timeline: TimelineAnswer
    causes: CausesAnswer
    impact: ImpactAnswer
    learning: LearningAnswer
