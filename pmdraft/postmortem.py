"""The postmortem as data: one field for every slot of the template.

A slot that nobody's evidence fills is None (or empty) and has a `Question` in
`open_questions` that says what is missing and whom to ask.
"""

from enum import StrEnum

from pydantic import AwareDatetime

from pmdraft.event_kind import EventKind as EventKind  # noqa: PLC0414 - a part of the postmortem for all but start-up
from pmdraft.records import Line, Record
from pmdraft.statement import DueDate, Duration, Question, Statement


class Severity(StrEnum):
    """Severity of an incident, the gravest first."""

    SEV1 = "SEV-1"
    SEV2 = "SEV-2"
    SEV3 = "SEV-3"
    SEV4 = "SEV-4"


class DeclaredSeverity(Statement):
    """The severity, and who declared it."""

    level: Severity


class Summary(Record):
    """The TL;DR."""

    what_happened: Statement | None
    impact: Statement | None
    root_cause: Statement | None
    resolution: Statement | None


class Impact(Record):
    """Who and what was affected, and for how long."""

    services: Statement | None
    users: Statement | None
    scope: Statement | None
    downtime: Duration | None
    data_loss: Statement | None
    business: Statement | None


class TimelineEntry(Record):
    """One row of the timeline."""

    at: AwareDatetime
    """When it happened: the time of `timed_by`, or `quoted_time` read by code; never estimated."""
    event: Statement
    action: Statement | None
    kind: EventKind
    evidence: tuple[str, ...]
    timed_by: str
    """Id of the evidence that gives the time."""
    quoted_time: str | None = None
    """The time as that evidence writes it, where it speaks of another time than its own."""


class DetectionChannel(StrEnum):
    """The ways an incident comes to light that the template knows."""

    ALERT = "alert"
    USER_REPORT = "user_report"
    DASHBOARD = "dashboard"
    SOCIAL = "social"
    OTHER = "other"


class DetectionMethod(Record):
    """One way in which this incident came to light."""

    channel: DetectionChannel
    detail: Statement


class Detection(Record):
    """How the incident came to light, and how fast."""

    methods: tuple[DetectionMethod, ...]
    time_to_detect: Duration | None


class Why(Record):
    """One step of the 5 Whys."""

    question: Statement
    answer: Statement


class FiveWhys(Record):
    """The chain from the problem to the root cause."""

    problem: Statement | None
    whys: tuple[Why, ...]
    root_cause: Statement | None


class AlternativeStatus(StrEnum):
    """What became of an explanation that people considered."""

    RULED_OUT = "ruled_out"
    """A dead end: somebody dropped it."""
    OPEN = "open"
    """Neither confirmed nor dropped."""


class Alternative(Record):
    """An explanation beside the one that the whys take."""

    explanation: Statement
    status: AlternativeStatus
    outcome: Statement | None
    """What spoke against it or for it."""


class Disagreement(Record):
    """A question on which people held different views."""

    about: Line
    positions: tuple[Statement, ...]
    outcome: Statement | None
    """How they settled it; None if they did not."""


class Horizon(StrEnum):
    """The template's buckets for action items."""

    IMMEDIATE = "immediate"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Status(StrEnum):
    """How far an action item is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class ActionItem(Record):
    """Something to be done, or done already."""

    action: Statement
    owner: Statement | None
    due: DueDate | None
    status: Status
    issue: Statement | None
    horizon: Horizon
    verification: Statement | None = None
    """How one will see that it works."""


class Lesson(Record):
    """Something learned, with its particulars."""

    lesson: Statement
    points: tuple[Statement, ...]


class Lessons(Record):
    """What was learned about the system, and about how we work."""

    technical: tuple[Lesson, ...]
    process: tuple[Lesson, ...]


class Link(Record):
    """Somewhere to look, named in the evidence."""

    title: str
    url: str | None
    evidence: tuple[str, ...]


class References(Record):
    """Where to read more."""

    dashboards: tuple[Link, ...]
    logs: tuple[Link, ...]
    slack: tuple[Link, ...]
    documents: tuple[Link, ...]


class Reviewer(StrEnum):
    """A role that reviews or approves."""

    ENGINEERING_MANAGER = "engineering_manager"
    SRE_LEAD = "sre_lead"
    PRODUCT_MANAGER = "product_manager"
    CTO = "cto"


class ReviewFocus(StrEnum):
    """What a reviewer looks at."""

    PROCESS = "process"
    TECHNICAL = "technical"
    USER_IMPACT = "user_impact"


class ReviewRole(Record):
    """A reviewer and what they look at."""

    role: Reviewer
    focus: ReviewFocus


class Review(Record):
    """Who reviews and approves the postmortem, and when."""

    reviewers: tuple[ReviewRole, ...]
    meeting: Statement | None
    attendees: tuple[str, ...] = ()
    minutes: str | None = None
    approvals: tuple[Reviewer, ...]


class CustomSection(Record):
    """A section that the user's template has and pmdraft's own has not."""

    id: str
    title: Line
    statements: tuple[Statement, ...]


class Postmortem(Record):
    """The whole postmortem."""

    title: Statement | None
    created: AwareDatetime
    """When this draft was made."""
    draft_due: DueDate | None
    """When the severity's rule wants the draft; None while severity or end are unknown."""
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    incident_start: AwareDatetime | None
    incident_end: AwareDatetime | None
    severity: DeclaredSeverity | None
    summary: Summary
    impact: Impact
    timeline: tuple[TimelineEntry, ...]
    detection: Detection
    durations: dict[str, Duration]
    """Every length of time that the timeline gives, by its name."""
    what_happened: tuple[Statement, ...]
    five_whys: FiveWhys
    contributing_factors: tuple[Statement, ...]
    alternatives: tuple[Alternative, ...] = ()
    """Explanations that people considered beside the one of the whys: dead ends, and what stayed open."""
    disagreements: tuple[Disagreement, ...] = ()
    went_well: tuple[Statement, ...]
    went_badly: tuple[Statement, ...]
    action_items: tuple[ActionItem, ...]
    lessons: Lessons
    sections: tuple[CustomSection, ...] = ()
    """The sections of the user's own template."""
    human_only: tuple[str, ...] = ()
    """Ids of the sections that people write themselves."""
    references: References
    review: Review
    open_questions: tuple[Question, ...]
