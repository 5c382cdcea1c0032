"""A plan in lines for the terminal."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pmdraft.evidence import Source
from pmdraft.llm.allowance import Spent
from pmdraft.running.plan import Plan, PlannedModel, PlannedStage

_KINDS = {
    Source.SLACK: ("Slack message", "Slack messages"),
    Source.CHAT: ("chat message", "chat messages"),
    Source.ALERT: ("alert", "alerts"),
    Source.LOG: ("kind of log line", "kinds of log lines"),
    Source.NOTE: ("note", "notes"),
}


def told_plan(plan: Plan) -> Iterator[str]:
    """The plan: what is sent, to where, how much it is, what it costs; a line each."""
    yield from _sent(plan)
    yield f"{'stage':<22}{'requests':>9}{'tokens in':>12}{'tokens out':>12}"
    for stage in plan.stages:
        yield f"{stage.stage:<22}{stage.requests:>9,}{stage.tokens_in:>12,}{stage.tokens_out:>12,}{_kept(stage)}"
    yield f"{'all':<22}{plan.requests:>9,}{plan.tokens_in:>12,}{plan.tokens_out:>12,}"
    yield "tokens   are estimated; answers as long as the demo's. What a model thinks before it answers comes on top."
    yield f"cost     {_cost(plan).removeprefix('cost ')}"


def told_in_short(plan: Plan) -> Iterator[str]:
    """What is sent to where, and what it comes to; for the beginning of a run."""
    yield from _sent(plan)
    if plan.requests:
        yield (
            f"plan     {plan.requests} request{'s' * (plan.requests > 1)}, about {plan.tokens_in:,} tokens in "
            f"and {plan.tokens_out:,} out; {_cost(plan)}"
        )


def told_spent(spent: Spent) -> str:
    """What a run has cost in the end."""
    if not spent.requests:
        return "spent    nothing: no request was answered"
    cached = f" ({spent.tokens_cached:,} from a prompt cache)" if spent.tokens_cached else ""
    cost = "cost unknown" if spent.dollars is None else f"about {_dollars(spent.dollars)}"
    answered = f"{spent.requests} request{'s' * (spent.requests > 1)}"
    return f"spent    {answered}, {spent.tokens_in:,} tokens in{cached} and {spent.tokens_out:,} out; {cost}"


def _sent(plan: Plan) -> Iterator[str]:
    if not plan.requests:
        yield "sends    nothing: all answers are kept from an earlier run"
        return
    kinds = [f"{count:,} {_KINDS[kind][count > 1]}" for kind, count in plan.evidence.items()]
    left = f"; {plan.left_out:,} more do not fit (--token-budget)" if plan.left_out else ""
    who = "pseudonyms of who wrote them" if plan.pseudonyms else "who wrote them"
    yield f"sends    {', '.join(kinds)}, with {who}{left}"
    if plan.redactions:
        replaced = ", ".join(f"{item.count} {item.kind.replace('_', ' ')}" for item in plan.redactions)
        yield f"replaced {replaced}, before anything is sent"
    for model in plan.models:
        yield f"to       {model.name} at {_place(model)}"


def _place(model: PlannedModel) -> str:
    if model.address is None:
        return "wherever that chat model sends it"
    parts = urlsplit(model.address)
    is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return model.address + (" (not encrypted)" if parts.scheme == "http" and not is_near else "")


def _kept(stage: PlannedStage) -> str:
    return f"   {stage.kept} kept from an earlier run" if stage.kept else ""


def _cost(plan: Plan) -> str:
    if plan.cost is None or plan.cost_cached is None:
        unknown = ", ".join(model.name for model in plan.models if model.price is None)
        return f"cost unknown: no price of {unknown} is known; give one with --prices"
    sources = "; ".join(dict.fromkeys(model.price for model in plan.models if model.price))
    less = f", {_dollars(plan.cost_cached)} with a prompt cache" if plan.cost_cached < plan.cost else ""
    return f"about {_dollars(plan.cost)}{less} ({sources})"


def _dollars(amount: float) -> str:
    """Two figures at least, for runs that cost less than a cent."""
    return f"{amount:.2f} USD" if amount >= 0.1 or not amount else f"{amount:.2g} USD"
