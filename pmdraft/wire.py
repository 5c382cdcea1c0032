"""What each stage asks of a model.

These models are small and plain on purpose: only the part of JSON Schema that
every endpoint enforces, every field required, evidence before conclusions. What
a model says here is nothing more than a claim: `quoting` looks its quotations up,
`assemble` makes statements of it. The strings under the fields reach the model:
an edit here is a prompt edit.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pmdraft.postmortem import DetectionChannel, EventKind, Horizon, Severity, Status


class Wire(BaseModel):
    """Base of all that a model fills in."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Quoted(Wire):
    id: str
    """Id of an evidence entry, such as S14 or A2."""
    words: str
    """The words of that entry that say so: one stretch, at most 100 characters, copied exactly and untranslated."""


class Claim(Wire):
    evidence: list[Quoted]
    """The fewest entries that together carry all of the text."""
    basis: Literal["stated", "hypothesis"]
    """stated: the quoted words say all of it. hypothesis: any part of it is your conclusion."""
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


class KeptEvent(Wire):
    events: list[int]
    """Numbers of the listed events that tell of this one, the best worded first."""
    kind: EventKind
    """What it was for the whole incident."""


class MergeAnswer(Wire):
    keep: list[KeptEvent]


class WhyStep(Wire):
    evidence: list[Quoted]
    """The entries that state the answer as a fact."""
    said_so: list[Quoted]
    """Words in which somebody gives it as the reason for the step before; empty if you draw that link."""
    text: str
    """Why the step before happened: a condition of the system or the process, never a person."""


class Factor(Wire):
    evidence: list[Quoted]
    """The entries that state the condition as a fact."""
    said_so: list[Quoted]
    """Words in which somebody says that it contributed; empty if you draw that link."""
    text: str
    """The condition alone, in the words of the evidence; not what it led to."""


class Alternative(Wire):
    evidence: list[Quoted]
    """Where the explanation was put forward."""
    explanation: str
    """What was suspected, as somebody put it."""
    status: Literal["ruled_out", "open"]
    """ruled_out: somebody dropped it. open: neither confirmed nor dropped."""
    outcome: Claim | None
    """What spoke against it or for it, and who weighed it; null if nobody said."""


class Disagreement(Wire):
    about: str
    """The question, in a few words."""
    positions: list[Claim]
    """Each view with who held it, as said."""
    outcome: Claim | None
    """How they settled it; null if they did not."""


class OpenQuestion(Wire):
    evidence: list[str]
    """Ids of the evidence that raises the question."""
    question: str
    ask: str
    """Role or person likely to know."""


class CausesAnswer(Wire):
    what_happened: list[Claim]
    """The technical course of events, step by step."""
    alternatives: list[Alternative]
    """Other explanations that people considered."""
    disagreements: list[Disagreement]
    problem: Claim | None
    """The problem that the whys start from, as users met it."""
    whys: list[WhyStep]
    """Up to five, each the reason for the one before, as far as the evidence carries."""
    root_cause: Claim | None
    """The last why in one sentence: a condition of the system or the process."""
    contributing_factors: list[Factor]
    open_questions: list[OpenQuestion]
    """What the evidence leaves open or contradicts itself in."""


class SeverityClaim(Wire):
    evidence: list[str]
    """Ids of the messages that declare it, the last declaration included."""
    level: Severity


class DetectionClaim(Wire):
    evidence: list[Quoted]
    channel: DetectionChannel
    text: str
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


class Verification(Wire):
    said_so: list[Quoted]
    """Words in which somebody says how it will be checked; empty if you propose it."""
    text: str
    """What one will look at, and what it must show."""


class ActionClaim(Wire):
    evidence: list[Quoted]
    """Where somebody did it, took it on, or said that it is to be done."""
    text: str
    """What is done to what: the verb and the object that were said, no more."""
    owner: str | None
    """Handle of who took it on or was given it, as in the evidence; never a guess."""
    due_quote: str | None
    """The due date, copied word for word from the cited evidence; never a guess."""
    status: Status
    issue: str | None
    """Issue number or link from the cited evidence."""
    horizon: Horizon
    """immediate: done during the incident. short: 1 week. medium: 1 month. long: 3 months."""
    verification: Verification | None
    """How one will see that it works; null for what is done."""


class Proposal(Wire):
    evidence: list[Quoted]
    """The condition that it would change, as somebody stated it."""
    text: str
    """What to do to what."""
    horizon: Literal["short", "medium", "long"]
    verification: str
    """What one will look at to see that it works, and what it must show."""


class LessonClaim(Wire):
    points: list[Claim]
    """One or two facts of this incident that it rests on."""
    said_so: list[Quoted]
    """Words in which somebody draws this lesson; empty if you draw it."""
    lesson: str
    """One sentence, no wider than its points."""


class LearningAnswer(Wire):
    went_well: list[Claim]
    went_badly: list[Claim]
    action_items: list[ActionClaim]
    """Only what somebody did, took on, or said is to be done."""
    proposals: list[Proposal]
    """What nobody said: at most three suggestions of yours."""
    technical_lessons: list[LessonClaim]
    process_lessons: list[LessonClaim]
    review_meeting: Claim | None
    """When the review is held, only if somebody said so."""
    review_attendees: list[str]
    """Handles of who was named for that meeting."""


class SectionAnswer(Wire):
    statements: list[Claim]
    open_questions: list[OpenQuestion]
    """What the section asks for and the evidence does not say."""


class SectionQuestions(Wire):
    section: str
    """Id of the section, as listed."""
    questions: list[OpenQuestion]


class QuestionsAnswer(Wire):
    sections: list[SectionQuestions]


class Verdict(Wire):
    number: int
    """Number of the statement."""
    beyond: str
    """The words of the statement that its evidence does not say, or says otherwise; empty if there are none."""
    verdict: Literal["supported", "inferred", "says_more", "contradicted"]
    wording: str | None
    """The statement without what is wrong with it, where that can be done by leaving out or softening words."""


class VerificationAnswer(Wire):
    verdicts: list[Verdict]


class Answers(Wire):
    """What the stages after the timeline gave."""

    causes: CausesAnswer
    impact: ImpactAnswer
    learning: LearningAnswer
    sections: dict[str, SectionAnswer] = {}
    """The template's own sections, by their ids."""
    questions: QuestionsAnswer = QuestionsAnswer(sections=[])
    """For the sections that people write."""
