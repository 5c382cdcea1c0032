"""What a run would send, to whom and for how much: told before anything is sent."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from pmdraft.draft import write
from pmdraft.errors import InputError
from pmdraft.evidence import Incident, Redaction, Source
from pmdraft.llm.by_stage import ModelByStage
from pmdraft.llm.prices import Price, TablePrice, price_of, read_prices
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Model, Request
from pmdraft.records import Line, Record
from pmdraft.redact import redact
from pmdraft.running.rehearsal import RehearsalModel, Rehearsed
from pmdraft.settings import Settings, language_of

USUAL_OUT = 1000
"""Tokens of an answer of which nothing is known."""


class PlannedModel(Record):
    """A model that a run would ask."""

    name: Line
    address: Line | None
    """Where its requests go; None where that is not known, as of a chat model of LangChain."""
    price: Line | None
    """Where its price is from; None where the price is not known."""


class PlannedStage(Record):
    """The requests of one stage."""

    stage: str
    model: Line
    requests: int
    """How many would be sent."""
    kept: int
    """How many are answered already, by an earlier run, and would not be sent."""
    tokens_in: int
    """Tokens of the requests that would be sent."""
    tokens_out: int
    """Tokens of answers as long as those of the demo; a model that thinks before it answers is paid for that too."""
    tokens_shared: int
    """How many of `tokens_in` an endpoint with a prompt cache may have from an earlier request."""


class Plan(Record):
    """What a run would do; all figures are estimates."""

    format: Literal["pmdraft-plan/1"] = "pmdraft-plan/1"
    models: tuple[PlannedModel, ...]
    stages: tuple[PlannedStage, ...]
    evidence: dict[Source, int]
    """How many pieces of evidence of each kind would be sent."""
    left_out: int
    """How many would not."""
    redactions: tuple[Redaction, ...]
    """What is replaced by placeholders before anything is sent."""
    pseudonyms: bool = False
    """Whether people are shown to the model under other names."""
    cost: float | None
    """US dollars without any prompt cache; None where a price is not known."""
    cost_cached: float | None
    """The same with a prompt cache that serves all that it could."""

    @property
    def requests(self) -> int:
        """Requests that would be sent."""
        return sum(stage.requests for stage in self.stages)

    @property
    def tokens_in(self) -> int:
        """Tokens of all requests."""
        return sum(stage.tokens_in for stage in self.stages)

    @property
    def tokens_out(self) -> int:
        """Tokens of all answers."""
        return sum(stage.tokens_out for stage in self.stages)

    def usual_out(self, request: Request) -> int:
        """Tokens of the answer that was planned for such a request."""
        for stage in self.stages:
            if stage.stage == request.stage and stage.requests:
                return stage.tokens_out // stage.requests
        return USUAL_OUT


def plan_draft(
    incident: Incident,
    *,
    model: Model,
    settings: Settings | None = None,
    prices: str | Path | Sequence[TablePrice] = (),
    kept: Callable[[Request], Response | None] = lambda _: None,
) -> Plan:
    """Tell what drafting an incident with a model would send and cost. Nothing is sent.

    Args:
        incident: its evidence, as `gather` gives it.
        model: the model that would be asked.
        settings: language and the like.
        prices: prices of your own, or the file of them; see docs/runs.md.
        kept: gives what is kept of an earlier run's answer to a request.

    Raises:
        InputError: the incident has no evidence; the file of prices is none.
    """
    if not incident.evidence:
        raise InputError("the incident has no evidence to draft from; gather some first")
    settings = settings or Settings()
    redacted = redact(incident, addresses=settings.redact_addresses)
    rehearsal = RehearsalModel(model.name, redacted, settings.language or language_of(incident), kept)
    write(redacted, rehearsal, settings)
    table = read_prices(Path(prices)) if isinstance(prices, str | Path) else prices
    asked = model.of if isinstance(model, ModelByStage) else lambda _: model
    plan = _plan(redacted, rehearsal.requests, asked, table)
    return plan.model_copy(update={"pseudonyms": settings.pseudonyms})


def _plan(
    incident: Incident, requests: Sequence[Rehearsed], asked: Callable[[str], Model], table: Sequence[TablePrice]
) -> Plan:
    new = [request for request in requests if not request.kept]
    stages = list(dict.fromkeys(request.stage for request in requests))
    models = {asked(stage).name: asked(stage) for stage in stages}
    prices = {name: price_of(name, address_of(model), table) for name, model in models.items()}

    def price(request: Rehearsed) -> Price | None:
        return prices[asked(request.stage).name]

    sent = frozenset[str]().union(*(request.sent for request in new))
    return Plan(
        models=tuple(
            PlannedModel(name=name, address=address_of(model), price=known.source if (known := prices[name]) else None)
            for name, model in models.items()
        ),
        stages=tuple(
            _stage(stage, asked(stage).name, [request for request in requests if request.stage == stage])
            for stage in stages
        ),
        evidence=dict(sorted(Counter(item.source for item in incident.evidence if item.id in sent).items())),
        left_out=sum(item.id not in sent for item in incident.evidence) if new else 0,
        redactions=incident.redactions,
        cost=_cost(new, price, cached=False),
        cost_cached=_cost(new, price, cached=True),
    )


def address_of(model: Model | None) -> str | None:
    """Where a model's requests go, if it says so."""
    address = getattr(model, "address", None)
    return address if isinstance(address, str) else None


def _stage(name: str, model: str, requests: Sequence[Rehearsed]) -> PlannedStage:
    new = [request for request in requests if not request.kept]
    return PlannedStage(
        stage=name,
        model=model,
        requests=len(new),
        kept=len(requests) - len(new),
        tokens_in=sum(request.tokens_in for request in new),
        tokens_out=sum(request.tokens_out for request in new),
        tokens_shared=sum(request.tokens_shared for request in new),
    )


def _cost(requests: Sequence[Rehearsed], price: Callable[[Rehearsed], Price | None], *, cached: bool) -> float | None:
    total = 0.0
    for request in requests:
        known = price(request)
        if known is None:
            return None
        total += known.of(request.tokens_in, request.tokens_out, request.tokens_shared if cached else 0)
    return total
