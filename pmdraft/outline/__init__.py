"""The outline drafter: what rules can tell from the evidence, with no model.

It gives the same answers that the stages ask of a model, so everything after
them is one flow. What it says it quotes. Actions are what people took on. Causes
and lessons it leaves open: the questions for them, with the evidence that bears on them, come from `questions`.
"""

from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.outline.actions import outline_actions
from pmdraft.outline.impact import outline_impact
from pmdraft.outline.timeline import outline_timeline
from pmdraft.wire import CausesAnswer, LearningAnswer, QuestionsAnswer, SectionAnswer

__all__ = [
    "nothing_learnt",
    "outline_causes",
    "outline_impact",
    "outline_learning",
    "outline_questions",
    "outline_section",
    "outline_timeline",
]


def outline_causes(incident: Incident, language: Language) -> CausesAnswer:  # noqa: ARG001 - every part is called alike
    """No causes: that takes judgement."""
    return CausesAnswer(
        what_happened=[],
        alternatives=[],
        disagreements=[],
        problem=None,
        whys=[],
        root_cause=None,
        contributing_factors=[],
        open_questions=[],
    )


def outline_learning(incident: Incident, language: Language) -> LearningAnswer:
    """The actions that people took on, and no lessons: those take judgement."""
    return nothing_learnt().model_copy(update={"action_items": outline_actions(incident, language)})


def nothing_learnt() -> LearningAnswer:
    """No lessons and no actions."""
    return LearningAnswer(
        went_well=[],
        went_badly=[],
        action_items=[],
        proposals=[],
        technical_lessons=[],
        process_lessons=[],
        review_meeting=None,
        review_attendees=[],
    )


def outline_section(incident: Incident, language: Language) -> SectionAnswer:  # noqa: ARG001 - every part is called alike
    """Nothing for a section of the template's own: rules do not know what belongs there."""
    return SectionAnswer(statements=[], open_questions=[])


def outline_questions(incident: Incident, language: Language) -> QuestionsAnswer:  # noqa: ARG001 - every part is called alike
    """No questions but those for empty slots, which `questions` makes."""
    return QuestionsAnswer(sections=[])
