"""The stages that fill the parts of a postmortem from the evidence.

The timeline comes first; what builds on it then runs side by side. A part that the
model cannot give is drafted by the outline drafter, and said so. Everything that is
asked goes through `Model.complete(Request)` and nothing else: a model that counts,
limits, records or replays is wrapped around another one there.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from pmdraft.background import side_by_side, start
from pmdraft.drafting.asking import OUTLINE, SKIPPED, Asker, PartRun, UnusableModel, together
from pmdraft.drafting.merging import BEARABLE, chosen, merged, needs_a_model
from pmdraft.drafting.prompts import Task, entry_text, row
from pmdraft.drafting.selection import most_telling, slices
from pmdraft.drafting.timeline import Settled, settle
from pmdraft.errors import BadAnswer, ModelUnavailable
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.budget import estimate
from pmdraft.llm.seam import Model
from pmdraft.outline import (
    nothing_learnt,
    outline_causes,
    outline_impact,
    outline_learning,
    outline_questions,
    outline_section,
    outline_timeline,
)
from pmdraft.sections import Section
from pmdraft.settings import Settings
from pmdraft.untrusted import without_instructions
from pmdraft.wire import (
    Answers,
    CausesAnswer,
    ImpactAnswer,
    LearningAnswer,
    MergeAnswer,
    QuestionsAnswer,
    SectionAnswer,
    TimelineAnswer,
)

T = TypeVar("T", bound=BaseModel)
Outline = Callable[[Incident, Language], T]

# A stage is not asked if people write all of these.
_OF_CAUSES = {"what_happened", "five_whys", "contributing_factors"}
_OF_LEARNING = {"went_well", "went_badly", "action_items", "lessons"}


class Drafted(NamedTuple):
    """What the stages gave."""

    answers: Answers
    settled: Settled
    parts: tuple[PartRun, ...]
    left_out: tuple[str, ...]
    """Ids of evidence that did not fit into the requests after the timeline."""
    asker: Asker | None
    """Whom to ask from here on; None without a model."""


def run_stages(incident: Incident, model: Model | None, settings: Settings, *, language: Language) -> Drafted:
    """Fill every part, by `model` or, without one, by the outline drafter.

    Args:
        incident: the redacted incident.
        model: what answers; None for the outline drafter.
        settings: token budget and sections.
        language: language of the texts.

    Raises:
        RecordingMiss: a replay was asked for something that was never recorded.
    """
    # Estimated even where tokens could be counted: slices must be the same wherever a run is replayed.
    sizes = {item.id: estimate(entry_text(item)) for item in incident.evidence}

    def size(item: Evidence) -> int:
        return sizes[item.id]

    asker = Asker(incident, model, language) if model else None
    run = _Run(incident, asker, language)
    settled, runs = run.timeline(slices(incident.evidence, settings.token_budget, size))
    cited = [name for entry in settled.entries for name in entry.evidence]
    evidence = most_telling(incident, settings.token_budget, size, cited)
    answers, more = run.after(settled, evidence, settings.sections)
    kept = {item.id for item in evidence} - (asker.unsent if asker else set())
    left_out = tuple(item.id for item in incident.evidence if item.id not in kept)
    return Drafted(answers, settled, (*runs, *more), left_out, asker)


_NO_EVENTS = "the answer has no event that stands"


class _Run:
    """One run's incident and language, and whom it asks."""

    def __init__(self, incident: Incident, asker: Asker | None, language: Language) -> None:
        self._incident = incident
        self._language = language
        self._asker = asker

    def timeline(self, slices: Sequence[tuple[Evidence, ...]]) -> tuple[Settled, list[PartRun]]:
        """The events of all slices, put together; the outline's for a slice that the model cannot give."""
        try:
            calls = [partial(self._slice, part, number, len(slices)) for number, part in enumerate(slices, 1)]
            found = side_by_side(calls)
        except ModelUnavailable as error:
            # Asking for the other parts too would only take longer to fail.
            if self._asker is not None:
                self._asker.model = UnusableModel(self._asker.model.name, error)
            found = [self._outlined(_timeline_task(1, 1), outline_timeline, str(error))]
        settled = merged([settle(answer, self._incident, self._language) for answer, _ in found])
        run = together("timeline", [run for _, run in found])
        if not settled.entries and run.drafted_by != OUTLINE:
            # A postmortem without a timeline is none; what was paid for the answer stays told.
            answer, _ = self._outlined(_timeline_task(1, 1), outline_timeline, None)
            settled = merged([settled, settle(answer, self._incident, self._language)])
            run = run.model_copy(update={"drafted_by": OUTLINE, "failure": _NO_EVENTS})
        if self._asker is None or len(found) == 1 or run.drafted_by == OUTLINE or not needs_a_model(settled):
            return settled, [run]
        settled, choice = self._chosen(settled, len(found), self._asker)
        return settled, [run, choice]

    def after(
        self, settled: Settled, evidence: Sequence[Evidence], sections: Sequence[Section]
    ) -> tuple[Answers, list[PartRun]]:
        """The parts that build on the timeline, side by side."""
        calls = {
            task.stage: start(partial(self._part, task, outline, evidence, settled))
            for task, outline in _after_the_timeline(sections, self._language)
        }
        parts = {stage: call.result() for stage, call in calls.items()}
        given = {stage: answer for stage, (answer, _) in parts.items()}
        # What people write all of was not asked, and is left to them.
        given.setdefault("causes", outline_causes(self._incident, self._language))
        given.setdefault("learning", nothing_learnt())
        of_sections = {section.id: given.pop(section.stage) for section in sections if section.stage in given}
        return Answers.model_validate({**given, "sections": of_sections}), [run for _, run in parts.values()]

    def _slice(self, evidence: tuple[Evidence, ...], number: int, of: int) -> tuple[TimelineAnswer, PartRun]:
        task = _timeline_task(number, of)
        failure = None
        if self._asker is not None:
            try:
                return self._asker.answer(task, evidence)
            except BadAnswer as error:
                failure = str(error) if of == 1 else f"slice {number} of {of}: {error}"
        return self._outlined(task, outline_timeline, failure, self._incident.model_copy(update={"evidence": evidence}))

    def _chosen(self, settled: Settled, slices: int, asker: Asker) -> tuple[Settled, PartRun]:
        """The events that the model chooses; all of them if it cannot."""
        values = {"events": [row(entry) for entry in settled.entries], "parts": slices, "most": BEARABLE}
        task = Task("merge", MergeAnswer, "merge", values)
        try:
            answer, run = asker.whole(task, ())
        except (BadAnswer, ModelUnavailable) as error:
            return settled, PartRun(part="merge", drafted_by=SKIPPED, failure=str(error), prompt=task.version)
        return chosen(settled, answer, self._language), run

    def _part(
        self, task: Task[T], outline: Outline[T], evidence: Sequence[Evidence], settled: Settled
    ) -> tuple[T, PartRun]:
        """What the model gives for a part, else what the outline does."""
        failure = None
        if self._asker is not None:
            try:
                return self._asker.answer(task, evidence, settled.entries)
            except (BadAnswer, ModelUnavailable) as error:
                failure = str(error)
        return self._outlined(task, outline, failure)

    def _outlined(
        self, task: Task[T], outline: Outline[T], failure: str | None, incident: Incident | None = None
    ) -> tuple[T, PartRun]:
        run = PartRun(part=task.stage, drafted_by=OUTLINE, failure=failure, prompt=task.version if failure else "")
        # Rules take messages at their word, so what tries to steer the draft is kept from them.
        return outline(without_instructions(incident or self._incident), self._language), run


def _timeline_task(number: int, of: int) -> Task[TimelineAnswer]:
    return Task("timeline", TimelineAnswer, "timeline", {"part": number, "parts": of})


def _after_the_timeline(
    sections: Sequence[Section], language: Language
) -> Iterator[tuple[Task[BaseModel], Outline[BaseModel]]]:
    kept = [section for section in sections if section.human_only]
    names = {section.id for section in kept}
    if not names >= _OF_CAUSES:
        yield Task("causes", CausesAnswer, "causes"), outline_causes
    yield Task("impact", ImpactAnswer, "impact"), outline_impact
    if not names >= _OF_LEARNING:
        yield Task("learning", LearningAnswer, "learning"), outline_learning
    for section in sections:
        if not section.is_built_in and not section.human_only:
            values = {"title": section.heading(language), "instructions": section.instructions}
            yield Task(section.stage, SectionAnswer, "section", values), outline_section
    if kept:
        told = [{"id": s.id, "title": s.heading(language), "instructions": s.instructions} for s in kept]
        yield Task("questions", QuestionsAnswer, "questions", {"sections": told}), outline_questions
