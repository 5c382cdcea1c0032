"""The model of one run of a command: the endpoint, and round it deadlines, limits and what is kept of its answers."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pmdraft.bundle import Asked
from pmdraft.cache import cache_folder
from pmdraft.errors import Interrupted, UsageError
from pmdraft.evidence import Incident
from pmdraft.llm.allowance import Allowance, LimitedModel, Spent
from pmdraft.llm.announced import AnnouncedModel
from pmdraft.llm.by_stage import ModelByStage
from pmdraft.llm.collected import Collected
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.patience import CallPolicy, Deadline
from pmdraft.llm.prices import TablePrice, price_of, read_prices
from pmdraft.llm.recording import Recording, RecordingFile, ReplayModel
from pmdraft.llm.response_cache import ResponseCache
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Model, Request
from pmdraft.running.plan import USUAL_OUT, Plan, address_of, plan_draft
from pmdraft.settings import Settings


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
        max_cost: most US dollars for all of them.
        max_tokens: most tokens for all of them, in and out.
        prices: file of the user's own prices.
        only_plan: whether nothing is to be asked; there need be no key then.
    """

    model: str | None
    base_url: str | None = None
    record: Path | None = None
    replay: Path | None = None
    stages: Mapping[str, str] = field(default_factory=dict)
    cache: bool = True
    timeout: float = 600.0
    deadline: float | None = None
    max_cost: float | None = None
    max_tokens: int | None = None
    prices: Path | None = None
    only_plan: bool = False


class RunModel:
    """What answers a run's requests, as the options say.

    Args:
        options: the user's options.
        tell: takes a line of progress.

    Raises:
        UsageError: the options do not go together.
        ModelUnavailable: the endpoint cannot be set up.
        InputError: the recording or the prices cannot be used.
    """

    def __init__(self, options: ModelOptions, tell: Callable[[str], None]) -> None:
        _check(options)
        self.model: Model | None = None
        """None where none was named."""
        self.created: datetime | None = None
        """The recorded run's date, so that a replay is the same to the byte."""
        self._options = options
        self._tell = tell
        self._allowance = Allowance(tokens=options.max_tokens, dollars=options.max_cost)
        self._prices: tuple[TablePrice, ...] = read_prices(options.prices) if options.prices else ()
        self._endpoint: Model | None = None
        self._caches: dict[str, ResponseCache] = {}
        self._file: Recording | RecordingFile | None = None
        self._plan: Plan | None = None
        self._collected = Collected()
        if options.replay is not None:
            replay = ReplayModel(options.replay)
            self.model, self.created = KeepingModel(replay, self._collected), replay.created
        elif options.model is not None:
            self.model = KeepingModel(self._asked_model(options.model), self._collected)

    @property
    def spent(self) -> Spent:
        """What was spent so far."""
        return self._allowance.spent

    @property
    def asked(self) -> Asked | None:
        """The model, where it is and what it answered; None without one."""
        if self.model is None:
            return None
        return Asked(self.model.name, address_of(self._endpoint), self._collected.responses)

    def plan(self, incident: Incident, settings: Settings) -> Plan | None:
        """What the run would ask; None if no model is asked."""
        if self._endpoint is None:
            return None
        self._plan = plan_draft(incident, model=self._endpoint, settings=settings, prices=self._prices, kept=self._kept)
        return self._plan

    def close(self) -> None:
        """Let another run have the recording."""
        if isinstance(self._file, RecordingFile):
            self._file.close()

    def interrupted(self) -> Interrupted:
        """What to tell a user who stops the run: how to go on."""
        if self._options.record is not None:
            record = self._options.record
            return Interrupted(f"stopped; what was answered is in {record}: the same command goes on from there")
        if kept := sum(cache.kept for cache in self._caches.values()):
            answers = f"{kept} answer{'s are' if kept > 1 else ' is'}"
            return Interrupted(f"stopped; {answers} kept: the same command goes on from there")
        return Interrupted("stopped; no answer of a model was kept")

    def _asked_model(self, name: str) -> Model:
        stages = self._options.stages
        run = Deadline(self._options.deadline) if self._options.deadline is not None else None
        policy = CallPolicy(deadline=self._options.timeout, run=run, tell=self._tell)
        endpoints = {one: self._endpoint_of(one, policy) for one in dict.fromkeys([name, *stages.values()])}
        models = {one: self._wrapped(endpoint) for one, endpoint in endpoints.items()}
        self._endpoint = _by_stage(name, stages, endpoints)
        model = _by_stage(name, stages, models)
        return self._recorded(model) if self._options.record is not None else model

    def _endpoint_of(self, name: str, policy: CallPolicy) -> OpenAIModel:
        # A plan sends nothing, so it needs no key either.
        key = os.environ.get("OPENAI_API_KEY") or "none" if self._options.only_plan else None
        return OpenAIModel(name, base_url=self._options.base_url, api_key=key, policy=policy)

    def _wrapped(self, endpoint: OpenAIModel) -> Model:
        name, price = endpoint.name, price_of(endpoint.name, endpoint.address, self._prices)
        if self._options.max_cost is not None and price is None and not self._options.only_plan:
            raise UsageError(
                f"--max-cost: no price of {name!r} at {endpoint.address} is known; "
                "give one with --prices, or limit --max-tokens"
            )
        model: Model = LimitedModel(AnnouncedModel(endpoint, self._tell), self._allowance, price, self._usual_out)
        if not self._options.cache:
            return model
        cache = ResponseCache(cache_folder() / "responses", model=name, endpoint=endpoint.address, tell=self._tell)
        self._caches[name] = cache
        return KeepingModel(model, cache, lambda line: self._tell(f"{line} and kept; --no-cache asks again"))

    def _recorded(self, model: Model) -> Model:
        path = self._options.record
        assert path is not None  # noqa: S101 - asked for only then
        if self._options.only_plan:
            self._file = Recording.load(path) if path.exists() else None
            return model
        file = RecordingFile(path, model.name)
        self._file, self.created = file, file.created
        return KeepingModel(model, file, lambda line: self._tell(f"{line} and kept in {path}"))

    def _usual_out(self, request: Request) -> int:
        return self._plan.usual_out(request) if self._plan else USUAL_OUT

    def _kept(self, request: Request) -> Response | None:
        """What is kept of an earlier run's answer."""
        known = self._file.response(request) if self._file else None
        if known is not None and known.is_worth_keeping:
            return known
        name = self._options.stages.get(request.stage, self._options.model or "")
        return self._caches[name].response(request) if name in self._caches else None


def _check(options: ModelOptions) -> None:
    """See that the options go together."""
    if options.replay is not None and (options.model or options.record or options.stages):
        raise UsageError("--replay takes its responses from the file; leave out --model and --record")
    if options.replay is None and options.model is None:
        if options.record is not None:
            raise UsageError("--record keeps a model's responses; name the model with --model")
        if options.stages:
            raise UsageError("--stage-model names another model than --model for a stage; give --model too")


def _by_stage(name: str, stages: Mapping[str, str], models: Mapping[str, Model]) -> Model:
    return ModelByStage(models[name], {stage: models[one] for stage, one in stages.items()}) if stages else models[name]
