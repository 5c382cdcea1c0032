"""The model of one run of a command: the endpoint, with its deadlines and what is kept of its answers round it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pmdraft.cache import cache_folder
from pmdraft.errors import Interrupted, UsageError
from pmdraft.llm.announced import AnnouncedModel
from pmdraft.llm.by_stage import ModelByStage
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.patience import CallPolicy, Deadline
from pmdraft.llm.recording import RecordingFile, ReplayModel
from pmdraft.llm.response_cache import ResponseCache
from pmdraft.llm.seam import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """What a user said of the model.

    Attributes:
        model: its name; None for none.
        base_url: the endpoint; default: `OPENAI_BASE_URL`, else OpenAI's own.
        record: file to keep its responses in, and to go on from.
        replay: file of kept responses that are the only ones.
        stages: names of other models, by the stage that they answer.
        cache: whether to take up answers of earlier runs, and to keep those of this one.
        timeout: most seconds for one request, retries included.
        deadline: most seconds for all of them together.
    """

    model: str | None
    base_url: str | None = None
    record: Path | None = None
    replay: Path | None = None
    stages: Mapping[str, str] = field(default_factory=dict)
    cache: bool = True
    timeout: float = 600.0
    deadline: float | None = None


class RunModel:
    """What answers a run's requests, as the options say.

    Args:
        options: the user's options.
        tell: takes a line of progress.

    Raises:
        UsageError: the options do not go together.
        ModelUnavailable: the endpoint cannot be set up.
        InputError: the recording cannot be used.
    """

    def __init__(self, options: ModelOptions, tell: Callable[[str], None]) -> None:
        self.model: Model | None = None
        """None where none was named."""
        self.created: datetime | None = None
        """The recorded run's date, so that a replay is the same to the byte."""
        self._caches: list[ResponseCache] = []
        self._record = options.record
        if options.replay is not None:
            if options.model or options.record or options.stages:
                raise UsageError("--replay takes its responses from the file; leave out --model and --record")
            replay = ReplayModel(options.replay)
            self.model, self.created = replay, replay.created
        elif options.model is not None:
            self.model = self._asked(options.model, options, tell)
        elif options.record is not None:
            raise UsageError("--record keeps a model's responses; name the model with --model")
        elif options.stages:
            raise UsageError("--stage-model names another model than --model for a stage; give --model too")

    def interrupted(self) -> Interrupted:
        """What to tell a user who stops the run: how to go on."""
        if self._record is not None:
            return Interrupted(f"stopped; what was answered is in {self._record}: the same command goes on from there")
        if kept := sum(cache.kept for cache in self._caches):
            answers = f"{kept} answer{'s are' if kept > 1 else ' is'}"
            return Interrupted(f"stopped; {answers} kept: the same command goes on from there")
        return Interrupted("stopped; no answer of a model was kept")

    def _asked(self, name: str, options: ModelOptions, tell: Callable[[str], None]) -> Model:
        run = Deadline(options.deadline) if options.deadline is not None else None
        policy = CallPolicy(deadline=options.timeout, run=run, tell=tell)
        model = self._named(name, options, policy, tell)
        if options.stages:
            others = {other: self._named(other, options, policy, tell) for other in set(options.stages.values())}
            model = ModelByStage(model, {stage: others[other] for stage, other in options.stages.items()})
        if options.record is not None:
            file = RecordingFile(options.record, model.name)
            self.created = file.created
            model = KeepingModel(model, file, lambda line: tell(f"{line} and kept in {options.record}"))
        return model

    def _named(self, name: str, options: ModelOptions, policy: CallPolicy, tell: Callable[[str], None]) -> Model:
        endpoint = OpenAIModel(name, base_url=options.base_url, policy=policy)
        model = AnnouncedModel(endpoint, tell)
        if not options.cache:
            return model
        cache = ResponseCache(cache_folder() / "responses", model=name, endpoint=endpoint.address, tell=tell)
        self._caches.append(cache)
        return KeepingModel(model, cache, lambda line: tell(f"{line} and kept; --no-cache asks again"))
