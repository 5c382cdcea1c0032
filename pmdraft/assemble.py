"""From answers to a postmortem: times are copied, durations and deadlines computed, rules applied."""

import re
from datetime import datetime
from typing import NamedTuple

from pmdraft.actions import action_item, names_whom
from pmdraft.durations import measure
from pmdraft.evidence import Incident
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.policy import DRAFT_DEADLINE, REVIEWERS, approvals
from pmdraft.postmortem import (
    DeclaredSeverity,
    Detection,
    DetectionMethod,
    EventKind,
    FiveWhys,
    Impact,
    Lesson,
    Lessons,
    Postmortem,
    Review,
    Severity,
    Summary,
    TimelineEntry,
    Why,
)
from pmdraft.questions import slot_questions
from pmdraft.references import find_references
from pmdraft.settings import Settings
from pmdraft.severity import declared_severity, severities_in
from pmdraft.statement import Basis, DueDate, Question, Statement
from pmdraft.timeline import Settled, first, last
from pmdraft.wire import Answers, CausesAnswer, Claim, ImpactAnswer, LearningAnswer, LessonClaim, SeverityClaim

_DUE = Bilingual("{severity}: 解決（{end}）から{within}以内", "{severity}: within {within} of resolution at {end}")
_WITHIN = {
    Severity.SEV1: Bilingual("24時間", "24 hours"),
    Severity.SEV2: Bilingual("1週間", "1 week"),
}
_WHY = Bilingual("「{before}」のはなぜか", "Why “{before}”?")
_UNDECLARED = Bilingual("引用された根拠に {level} の宣言がない", "the cited evidence declares no {level}")


class Assembled(NamedTuple):
    """A postmortem that is not checked yet, and what was left out of it."""

    postmortem: Postmortem
    rejected: tuple[Rejected, ...]


def assemble(
    answers: Answers, settled: Settled, incident: Incident, settings: Settings, *, language: Language, created: datetime
) -> Assembled:
    """Put the parts together into a postmortem.

    Args:
        answers: what the stages gave.
        settled: the timeline with its times.
        incident: the redacted incident.
        settings: authors and severity, where the user set them.
        language: language of computed texts.
        created: date of the draft, aware.
    """
    timeline = settled.entries
    rejected = list(settled.rejected)
    severity = _severity(answers.impact.severity, incident, settings, language, rejected)
    durations = measure(timeline, language, incident.zone)
    started = first(timeline, EventKind.IMPACT_START, EventKind.DETECTION)
    ended = last(timeline, EventKind.CLOSED, EventKind.RECOVERY)
    resolved = last(timeline, EventKind.RECOVERY, EventKind.CLOSED)
    anchor = started or ended
    day = (anchor.at if anchor else incident.evidence[0].at).astimezone(incident.zone).date()
    root_cause = _hypothesis(answers.causes.root_cause)
    learning = answers.learning
    postmortem = Postmortem(
        title=_statement(answers.impact.title),
        created=created.astimezone(incident.zone),
        draft_due=_draft_due(severity, resolved, language),
        authors=settings.authors,
        reviewers=tuple(reviewer.role.value for reviewer in REVIEWERS),
        incident_start=started.at if started else None,
        incident_end=ended.at if ended else None,
        severity=severity,
        summary=Summary(
            what_happened=_statement(answers.impact.what_happened),
            impact=_statement(answers.impact.impact),
            # One cause, told once: the summary cannot contradict the whys.
            root_cause=root_cause,
            resolution=_statement(answers.impact.resolution),
        ),
        impact=Impact(
            services=_statement(answers.impact.services),
            users=_statement(answers.impact.users),
            scope=_statement(answers.impact.scope),
            downtime=durations.get("downtime"),
            data_loss=_statement(answers.impact.data_loss),
            business=_statement(answers.impact.business),
        ),
        timeline=timeline,
        detection=Detection(methods=_methods(answers.impact), time_to_detect=durations.get("time_to_detect")),
        durations=durations,
        what_happened=_statements(answers.causes.what_happened),
        five_whys=_five_whys(answers.causes, root_cause, language),
        contributing_factors=_statements(answers.causes.contributing_factors),
        went_well=_statements(learning.went_well),
        went_badly=_statements(learning.went_badly),
        action_items=tuple(
            action_item(claim, incident, day) for claim in learning.action_items if claim.action.strip()
        ),
        lessons=Lessons(technical=_lessons(learning.technical_lessons), process=_lessons(learning.process_lessons)),
        references=find_references(incident, language),
        review=Review(
            reviewers=REVIEWERS,
            meeting=_statement(learning.review_meeting),
            attendees=_attendees(learning, incident),
            approvals=approvals(severity.level if severity else None),
        ),
        open_questions=(),
    )
    gaps = slot_questions(postmortem, incident.evidence, language)
    asked = tuple(
        Question(
            text=item.question, evidence=tuple(item.evidence), basis=Basis.PROPOSED, about="what_happened", ask=item.ask
        )
        for item in answers.causes.open_questions
        if item.question.strip()
    )
    return Assembled(postmortem.model_copy(update={"open_questions": (*gaps, *asked)}), tuple(rejected))


def _statement(claim: Claim | None) -> Statement | None:
    if claim is None or not claim.text.strip():
        return None
    return Statement(text=claim.text.strip(), evidence=tuple(dict.fromkeys(claim.evidence)), basis=Basis(claim.basis))


def _statements(claims: list[Claim]) -> tuple[Statement, ...]:
    return tuple(statement for claim in claims if (statement := _statement(claim)))


def _hypothesis(claim: Claim | None) -> Statement | None:
    """A cause is a hypothesis until a person owns it, whatever the model or the channel called it."""
    statement = _statement(claim)
    return statement.model_copy(update={"basis": Basis.HYPOTHESIS}) if statement else None


def _severity(
    claim: SeverityClaim | None, incident: Incident, settings: Settings, language: Language, rejected: list[Rejected]
) -> DeclaredSeverity | None:
    if settings.severity is not None:
        return DeclaredSeverity(text=settings.severity.value, basis=Basis.HUMAN, level=settings.severity)
    fallback = declared_severity(incident.evidence)
    declared = (
        DeclaredSeverity(text=fallback[1].value, evidence=(fallback[0].id,), level=fallback[1]) if fallback else None
    )
    if claim is None:
        return declared
    known = incident.by_id()
    cited = [known[name] for name in claim.evidence if name in known]
    if not any(claim.level in severities_in(item.text) for item in cited):
        reason = _UNDECLARED.to(language, level=claim.level.value)
        rejected.append(
            Rejected(part="severity", text=claim.level.value, reason=reason, evidence=tuple(claim.evidence))
        )
        return declared
    return DeclaredSeverity(text=claim.level.value, evidence=tuple(item.id for item in cited), level=claim.level)


def _draft_due(severity: DeclaredSeverity | None, resolved: TimelineEntry | None, language: Language) -> DueDate | None:
    within = DRAFT_DEADLINE[severity.level] if severity else None
    if severity is None or resolved is None or within is None:
        return None
    due = resolved.at + within
    text = _DUE.to(
        language, severity=severity.level.value, end=f"{resolved.at:%H:%M}", within=_WITHIN[severity.level].to(language)
    )
    return DueDate(
        text=f"{due:%Y-%m-%d %H:%M} ({text})",
        evidence=(resolved.timed_by,),
        basis=Basis.COMPUTED,
        on=due.date(),
    )


def _attendees(learning: LearningAnswer, incident: Incident) -> tuple[str, ...]:
    """Those named for the meeting whom the roster knows, or its evidence names."""
    known = incident.by_id()
    cited = learning.review_meeting.evidence if learning.review_meeting else []
    said = "\n".join(known[name].text for name in cited if name in known)
    roster = {name for person in incident.people for name in (person.handle, *person.names)}
    named = dict.fromkeys(name.strip().lstrip("@") for name in learning.review_attendees)
    return tuple(name for name in named if name and (name in roster or names_whom(said, name)))


def _methods(impact: ImpactAnswer) -> tuple[DetectionMethod, ...]:
    return tuple(
        DetectionMethod(
            channel=claim.channel,
            detail=Statement(text=claim.detail.strip(), evidence=tuple(claim.evidence), basis=Basis.STATED),
        )
        for claim in impact.detection
        if claim.detail.strip()
    )


def _five_whys(causes: CausesAnswer, root_cause: Statement | None, language: Language) -> FiveWhys:
    problem = _statement(causes.problem)
    whys = []
    before = problem
    for step in causes.whys[:5]:
        answer = Statement(text=step.answer.strip(), evidence=tuple(step.evidence), basis=Basis(step.basis))
        # The question is the answer before it, so that no link of the chain can be skipped.
        text = _WHY.to(language, before=_first_sentence(before.text)) if before else "Why?"
        question = Statement(text=text, evidence=before.evidence if before else (), basis=Basis.COMPUTED)
        whys.append(Why(question=question, answer=answer))
        before = answer
    return FiveWhys(problem=problem, whys=tuple(whys), root_cause=root_cause)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=。)|(?<=\.)\s", text, maxsplit=1)[0].rstrip("。.")


def _lessons(claims: list[LessonClaim]) -> tuple[Lesson, ...]:
    return tuple(
        Lesson(
            lesson=Statement(text=claim.lesson.strip(), evidence=tuple(claim.evidence), basis=Basis(claim.basis)),
            points=_statements(claim.points),
        )
        for claim in claims
    )
