"""The stages that fill the parts of a postmortem: the only step that touches the network.

The timeline comes first; causes, impact and learning then run side by side. A
part that the model cannot give is drafted by the outline drafter, and said so.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from pmdraft.background import side_by_side, start
from pmdraft.budget import count_tokens, most_telling, slices
from pmdraft.dividing import ask_divided
from pmdraft.errors import BadAnswer, ModelUnavailable
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.answer import ask
from pmdraft.llm.metered import MeteredModel
from pmdraft.llm.seam import Model, Reply
from pmdraft.outline import outline_causes, outline_impact, outline_learning, outline_timeline
from pmdraft.prompts import entry_text, stage_request
from pmdraft.records import Record
from pmdraft.timeline import Settled, settle
from pmdraft.wire import Answers, CausesAnswer, ImpactAnswer, LearningAnswer, TimelineAnswer

T = TypeVar("T", bound=BaseModel)

OUTLINE = "outline"


class PartRun(Record):
    """How one part of the draft came about."""

    part: str
    drafted_by: str
    """Name of the model, or `outline`."""
    failure: str | None = None
    """Why the model could not give it."""
    requests: int = 0
    tokens_in: int = 0
    """Tokens of the requests, as the endpoint counted them (0 where it does not say)."""
    tokens_out: int = 0


class Drafted(NamedTuple):
    """What the stages gave."""

    answers: Answers
    settled: Settled
    parts: tuple[PartRun, ...]
    left_out: tuple[str, ...]
    """Ids of evidence that did not fit into the requests after the timeline."""


def run_stages(incident: Incident, model: Model | None, *, language: Language, token_budget: int) -> Drafted:
    """Fill every part, by `model` or, without one, by the outline drafter.

    Args:
        incident: the redacted incident.
        model: what answers; None for the outline drafter.
        language: language of the texts.
        token_budget: most tokens of evidence in one request.

    Raises:
        RecordingMiss: a replay was asked for something that was never recorded.
    """
    run = _Run(incident, model, language)
    sizes = {item.id: count_tokens(entry_text(item)) for item in incident.evidence}
    timeline, timeline_run = run.timeline(slices(incident.evidence, token_budget, lambda item: sizes[item.id]))
    settled = settle(timeline, incident, language)
    cited = [name for entry in settled.entries for name in entry.evidence]
    evidence = most_telling(incident.evidence, token_budget, lambda item: sizes[item.id], [*cited, *incident.pinned])
    (causes, causes_run), (impact, impact_run), (learning, learning_run) = run.after(settled, evidence)
    kept = {item.id for item in evidence} - run.unsent
    return Drafted(
        Answers(timeline=timeline, causes=causes, impact=impact, learning=learning),
        settled,
        (timeline_run, causes_run, impact_run, learning_run),
        tuple(item.id for item in incident.evidence if item.id not in kept),
    )


class _Run:
    """One run's incident, model and language, which every stage needs."""

    def __init__(self, incident: Incident, model: Model | None, language: Language) -> None:
        self._incident = incident
        self._model = model
        self._language = language
        self._cannot_be_used = False
        self.unsent: set[str] = set()
        """Ids of evidence that was too much for the model in some stage."""
        self._failure: str | None = None

    def timeline(self, parts: list[tuple[Evidence, ...]]) -> tuple[TimelineAnswer, PartRun]:
        """The events of all slices, or of the outline if any slice fails."""
        calls = [partial(self._ask, "timeline", TimelineAnswer, part, None) for part in parts]
        answer, run = self._or_outline("timeline", lambda: _merged(side_by_side(calls)), outline_timeline)
        if self._cannot_be_used:
            # Asking for the other parts too would only take longer to fail.
            self._failure = run.failure
        return answer, run

    def after(
        self, settled: Settled, evidence: tuple[Evidence, ...]
    ) -> tuple[tuple[CausesAnswer, PartRun], tuple[ImpactAnswer, PartRun], tuple[LearningAnswer, PartRun]]:
        """The parts that build on the timeline."""

        def part(stage: str, wanted: type[T], outline: Callable[[Incident, Language], T]) -> tuple[T, PartRun]:
            return self._or_outline(stage, lambda: self._ask(stage, wanted, evidence, settled), outline)

        causes = start(partial(part, "causes", CausesAnswer, outline_causes))
        impact = start(partial(part, "impact", ImpactAnswer, outline_impact))
        learning = start(partial(part, "learning", LearningAnswer, outline_learning))
        return causes.result(), impact.result(), learning.result()

    def _or_outline(
        self, part: str, drafted: Callable[[], tuple[T, list[Reply]]], outline: Callable[[Incident, Language], T]
    ) -> tuple[T, PartRun]:
        failure = self._failure
        if self._model is not None and failure is None:
            try:
                answer, replies = drafted()
                return answer, _part_run(part, self._model.name, replies)
            except BadAnswer as error:
                failure = str(error)
            except ModelUnavailable as error:
                failure = str(error)
                self._cannot_be_used = True
        return outline(self._incident, self._language), PartRun(part=part, drafted_by=OUTLINE, failure=failure)

    def _ask(
        self, stage: str, wanted: type[T], evidence: tuple[Evidence, ...], settled: Settled | None
    ) -> tuple[T, list[Reply]]:
        assert self._model is not None  # noqa: S101 - `_or_outline` asks only where there is one
        metered = MeteredModel(self._model)

        def put(form: type[BaseModel], part: Sequence[Evidence]) -> BaseModel:
            request = stage_request(
                stage,
                self._incident,
                part,
                form,
                language=self._language,
                timeline=settled.entries if settled else None,
            )
            return ask(metered, request, form)[0]

        def fewer(part: Sequence[Evidence]) -> tuple[Evidence, ...]:
            cited = [name for entry in settled.entries for name in entry.evidence] if settled else []
            kept = most_telling(part, len(part) // 2, lambda _: 1, [*cited, *self._incident.pinned])
            self.unsent |= {item.id for item in part} - {item.id for item in kept}
            return kept

        return ask_divided(put, wanted, evidence, fewer), metered.replies


def _merged(results: list[tuple[TimelineAnswer, list[Reply]]]) -> tuple[TimelineAnswer, list[Reply]]:
    events = [event for answer, _ in results for event in answer.events]
    return TimelineAnswer(events=events), [reply for _, replies in results for reply in replies]


def _part_run(part: str, name: str, replies: list[Reply]) -> PartRun:
    return PartRun(
        part=part,
        drafted_by=name,
        requests=len(replies),
        tokens_in=sum(reply.tokens_in or 0 for reply in replies),
        tokens_out=sum(reply.tokens_out or 0 for reply in replies),
    )
