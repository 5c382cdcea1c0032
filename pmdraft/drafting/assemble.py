"""From answers to a postmortem: times are copied, durations and deadlines computed, rules applied."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pmdraft.drafting.actions import action_item, names_whom, proposed_action
from pmdraft.drafting.claims import Claims
from pmdraft.drafting.explanation import alternatives, contributing_factors, disagreements, five_whys
from pmdraft.drafting.human_only import left_to_people
from pmdraft.drafting.questions import open_questions
from pmdraft.drafting.timeline import Settled, first, last
from pmdraft.durations import measure
from pmdraft.evidence import Incident
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.policy import DRAFT_DEADLINE, REVIEWERS, approvals
from pmdraft.postmortem import (
    ActionItem,
    CustomSection,
    DeclaredSeverity,
    Detection,
    DetectionMethod,
    EventKind,
    Impact,
    Lesson,
    Lessons,
    Postmortem,
    Review,
    Severity,
    Summary,
    TimelineEntry,
)
from pmdraft.references import find_references
from pmdraft.settings import Settings
from pmdraft.severity import declared_severity, severities_in
from pmdraft.statement import Basis, DueDate, Statement
from pmdraft.wire import (
    Answers,
    ImpactAnswer,
    LearningAnswer,
    LessonClaim,
    OpenQuestion,
    SeverityClaim,
)

_DUE = Bilingual("{severity}: 解決（{end}）から{within}以内", "{severity}: within {within} of resolution at {end}")
_WITHIN = {
    Severity.SEV1: Bilingual("24時間", "24 hours"),
    Severity.SEV2: Bilingual("1週間", "1 week"),
}
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
        settings: authors, severity and sections, where the user set them.
        language: language of computed texts.
        created: date of the draft, aware.
    """
    claims = Claims(incident, language)
    timeline, impact, learning = settled.entries, answers.impact, answers.learning
    severity, undeclared = _severity(impact.severity, incident, settings, language)
    durations = measure(timeline, language, incident.zone)
    started = first(timeline, EventKind.IMPACT_START, EventKind.DETECTION)
    ended = last(timeline, EventKind.CLOSED, EventKind.RECOVERY)
    resolved = last(timeline, EventKind.RECOVERY, EventKind.CLOSED)
    whys = five_whys(answers.causes, claims, language)
    meeting = claims.statement("learning", learning.review_meeting)
    postmortem = Postmortem(
        title=claims.statement("impact", impact.title),
        created=created.astimezone(incident.zone),
        draft_due=_draft_due(severity, resolved, language),
        authors=settings.authors,
        reviewers=tuple(reviewer.role.value for reviewer in REVIEWERS),
        incident_start=started.at if started else None,
        incident_end=ended.at if ended else None,
        severity=severity,
        summary=Summary(
            what_happened=claims.statement("summary", impact.what_happened),
            impact=claims.statement("summary", impact.impact),
            # One cause, told once: the summary cannot contradict the whys.
            root_cause=whys.root_cause,
            resolution=claims.statement("summary", impact.resolution),
        ),
        impact=Impact(
            services=claims.statement("impact", impact.services),
            users=claims.statement("impact", impact.users),
            scope=claims.statement("impact", impact.scope),
            downtime=durations.get("downtime"),
            data_loss=claims.statement("impact", impact.data_loss),
            business=claims.statement("impact", impact.business),
        ),
        timeline=timeline,
        detection=Detection(methods=_methods(impact, claims), time_to_detect=durations.get("time_to_detect")),
        durations=durations,
        what_happened=claims.statements("what_happened", answers.causes.what_happened),
        five_whys=whys,
        contributing_factors=contributing_factors(answers.causes, claims),
        alternatives=alternatives(answers.causes, claims),
        disagreements=disagreements(answers.causes, claims),
        went_well=claims.statements("went_well", learning.went_well),
        went_badly=claims.statements("went_badly", learning.went_badly),
        action_items=_action_items(learning, incident, started or ended, claims),
        lessons=Lessons(
            technical=_lessons(learning.technical_lessons, claims), process=_lessons(learning.process_lessons, claims)
        ),
        sections=_sections(answers, settings, claims, language),
        references=find_references(incident, language),
        review=Review(
            reviewers=REVIEWERS,
            meeting=meeting,
            attendees=_attendees(learning, meeting, incident),
            approvals=approvals(severity.level if severity else None),
        ),
        open_questions=(),
    )
    postmortem, pointers = left_to_people(postmortem, settings.sections)
    questions = open_questions(
        postmortem, incident.evidence, language, pointers=pointers, asked=list(_asked(answers, settings))
    )
    return Assembled(
        postmortem.model_copy(update={"open_questions": questions}),
        (*settled.rejected, *undeclared, *claims.rejected),
    )


def _asked(answers: Answers, settings: Settings) -> Iterator[tuple[str, OpenQuestion]]:
    """The model's questions, each with the field that it is about."""
    for question in answers.causes.open_questions:
        yield "what_happened", question
    for name, section in answers.sections.items():
        for question in section.open_questions:
            yield f"sections.{name}", question
    known = {section.id: section for section in settings.sections}
    for asked in answers.questions.sections:
        if (listed := known.get(asked.section)) is not None:
            about = listed.id if listed.is_built_in else f"sections.{listed.id}"
            yield from ((about, question) for question in asked.questions)


def _action_items(
    learning: LearningAnswer, incident: Incident, anchor: TimelineEntry | None, claims: Claims
) -> tuple[ActionItem, ...]:
    day = (anchor.at if anchor else incident.evidence[0].at).astimezone(incident.zone).date()
    made = (
        *(action_item(claim, incident, day, claims) for claim in learning.action_items),
        *(proposed_action(proposal, claims) for proposal in learning.proposals),
    )
    return tuple(item for item in made if item)


def _sections(answers: Answers, settings: Settings, claims: Claims, language: Language) -> tuple[CustomSection, ...]:
    """The template's own sections in its order; one that people write has no statements."""
    return tuple(
        CustomSection(
            id=section.id,
            title=section.heading(language),
            statements=claims.statements(section.heading(language), answers.sections[section.id].statements)
            if section.id in answers.sections
            else (),
        )
        for section in settings.sections
        if not section.is_built_in
    )


def _severity(
    claim: SeverityClaim | None, incident: Incident, settings: Settings, language: Language
) -> tuple[DeclaredSeverity | None, tuple[Rejected, ...]]:
    if settings.severity is not None:
        return DeclaredSeverity(text=settings.severity.value, basis=Basis.HUMAN, level=settings.severity), ()
    fallback = declared_severity(incident.evidence)
    declared = (
        DeclaredSeverity(text=fallback[1].value, evidence=(fallback[0].id,), level=fallback[1]) if fallback else None
    )
    if claim is None:
        return declared, ()
    known = incident.by_id()
    cited = [known[name] for name in claim.evidence if name in known]
    if not any(claim.level in severities_in(item.text) for item in cited):
        reason = _UNDECLARED.to(language, level=claim.level.value)
        undeclared = Rejected(part="severity", text=claim.level.value, reason=reason, evidence=tuple(claim.evidence))
        return declared, (undeclared,)
    level = claim.level
    return DeclaredSeverity(text=level.value, evidence=tuple(item.id for item in cited), level=level), ()


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


def _attendees(learning: LearningAnswer, meeting: Statement | None, incident: Incident) -> tuple[str, ...]:
    """Those named for the meeting whom the roster knows, or its evidence names."""
    known = incident.by_id()
    said = "\n".join(known[name].text for name in (meeting.evidence if meeting else ()))
    roster = {name for person in incident.people for name in (person.handle, *person.names)}
    named = dict.fromkeys(name.strip().lstrip("@") for name in learning.review_attendees)
    return tuple(name for name in named if name and (name in roster or names_whom(said, name)))


def _methods(impact: ImpactAnswer, claims: Claims) -> tuple[DetectionMethod, ...]:
    found = (
        (item.channel, claims.of("detection", item.text, item.evidence, Basis.STATED)) for item in impact.detection
    )
    return tuple(DetectionMethod(channel=channel, detail=detail) for channel, detail in found if detail)


def _lessons(found: list[LessonClaim], claims: Claims) -> tuple[Lesson, ...]:
    """Each lesson with the facts that it rests on; it is stated only if somebody drew it."""
    made = []
    for item in found:
        facts = [quoted for point in item.points for quoted in point.evidence]
        lesson = claims.concluded("lessons", item.lesson, facts, item.said_so)
        if lesson is not None:
            made.append(Lesson(lesson=lesson, points=claims.statements("lessons", item.points)))
    return tuple(made)
