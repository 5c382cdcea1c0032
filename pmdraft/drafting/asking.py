"""One run's questions to its model, each told in the facts of the run."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from pmdraft.drafting.dividing import ask_divided
from pmdraft.drafting.prompts import Task, stage_request
from pmdraft.drafting.selection import most_telling
from pmdraft.errors import ModelUnavailable
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.answer import ask
from pmdraft.llm.metered import MeteredModel
from pmdraft.llm.seam import Model, Reply, Request
from pmdraft.postmortem import TimelineEntry
from pmdraft.records import Record

T = TypeVar("T", bound=BaseModel)

OUTLINE = "outline"
SKIPPED = "skipped"


class PartRun(Record):
    """How one part of the draft came about."""

    part: str
    drafted_by: str
    """Name of the model; `outline`, or `skipped` for a step that a draft can do without."""
    failure: str | None = None
    """Why the model could not give it, or not all of it."""
    requests: int = 0
    tokens_in: int = 0
    """Tokens of the requests, as the endpoint counted them (0 where it does not say)."""
    tokens_out: int = 0
    prompt: str = ""
    """Version of its prompt: a hash that changes with any word of it."""

    @property
    def is_skipped(self) -> bool:
        """Whether nothing took the model's place."""
        return self.drafted_by == SKIPPED


class UnusableModel:
    """Stands for a model whose endpoint cannot be used, so that it is not asked again only to fail later."""

    def __init__(self, name: str, error: ModelUnavailable) -> None:
        self.name = name
        self._error = error

    def complete(self, request: Request) -> Reply:  # noqa: ARG002 - it answers nothing
        """No answer.

        Raises:
            ModelUnavailable: always, as the endpoint did.
        """
        raise self._error


class Asker:
    """Asks one run's model about one incident.

    Attributes:
        model: what answers.
        unsent: ids of evidence that was too much for the model in some stage.
    """

    def __init__(self, incident: Incident, model: Model, language: Language) -> None:
        self._incident = incident
        self._language = language
        self.model = model
        self.unsent: set[str] = set()

    def answer(
        self, task: Task[T], evidence: Sequence[Evidence], timeline: Sequence[TimelineEntry] | None = None
    ) -> tuple[T, PartRun]:
        """The model's answer to one task, asked in smaller ones where it turns out too large.

        Raises:
            ModelError: there is none that can be used.
        """
        metered = MeteredModel(self.model)

        def put(form: type[BaseModel], part: Sequence[Evidence]) -> BaseModel:
            asked = Task(task.stage, form, task.folder, task.values)
            request = stage_request(asked, self._incident, part, language=self._language, timeline=timeline)
            return ask(metered, request, form)[0]

        def fewer(part: Sequence[Evidence]) -> tuple[Evidence, ...]:
            whole = self._incident.model_copy(update={"evidence": tuple(part)})
            cited = [name for entry in timeline or () for name in entry.evidence]
            kept = most_telling(whole, len(part) // 2, lambda _: 1, cited)
            self.unsent |= {item.id for item in part} - {item.id for item in kept}
            return kept

        answer = ask_divided(put, task.wanted, evidence, fewer)
        return answer, self._run(task, metered.replies)

    def whole(self, task: Task[T], evidence: Sequence[Evidence]) -> tuple[T, PartRun]:
        """The model's answer to a task that must not be divided.

        Raises:
            ModelError: there is none that can be used.
        """
        metered = MeteredModel(self.model)
        request = stage_request(task, self._incident, evidence, language=self._language)
        return ask(metered, request, task.wanted)[0], self._run(task, metered.replies)

    def _run(self, task: Task[T], replies: Sequence[Reply]) -> PartRun:
        return PartRun(
            part=task.stage,
            drafted_by=replies[-1].model or self.model.name,
            requests=len(replies),
            tokens_in=sum(reply.tokens_in or 0 for reply in replies),
            tokens_out=sum(reply.tokens_out or 0 for reply in replies),
            prompt=task.version,
        )


def together(part: str, runs: Sequence[PartRun]) -> PartRun:
    """Several runs for one part, such as those of slices, as one."""
    names = dict.fromkeys(run.drafted_by for run in runs if run.drafted_by != OUTLINE)
    return PartRun(
        part=part,
        drafted_by=", ".join(names) or OUTLINE,
        failure="; ".join(run.failure for run in runs if run.failure) or None,
        requests=sum(run.requests for run in runs),
        tokens_in=sum(run.tokens_in for run in runs),
        tokens_out=sum(run.tokens_out for run in runs),
        prompt=runs[0].prompt,
    )
