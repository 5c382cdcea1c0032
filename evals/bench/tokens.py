"""How many tokens a run sends, against pasting the whole incident into one prompt.

Without `--file` it is the demo's incident. Requests are built by the code that builds the real ones
(`pmdraft.running.plan`); tokens are counted by `count_tokens`. With a prompt cache, the text with which a request
begins as an earlier one does is paid for at a tenth to a half of the price, by provider.
"""

from evals.bench.asked import Asked
from evals.systems.one_prompt import request as one_prompt
from pmdraft.demo import demo_incident
from pmdraft.evidence import Incident
from pmdraft.ingest import gather
from pmdraft.llm.allowance import tokens_of
from pmdraft.llm.budget import count_tokens, estimate
from pmdraft.llm.seam import Reply, Request
from pmdraft.running.plan import plan_draft
from pmdraft.settings import Settings, language_of


class _Unasked:
    """A model that is only planned for."""

    name = "any"

    def complete(self, request: Request) -> Reply:
        raise AssertionError(f"{request.stage} is only planned")


def measure(asked: Asked) -> None:
    """Print the table."""
    given = gather(files=asked.files, channels=asked.channels, timezone=asked.timezone) if asked.files else None
    print("the files that were named" if given else "the demo's incident", end="; ")
    print("\n".join(compared(given or demo_incident(), Settings(token_budget=asked.token_budget))))


def compared(incident: Incident, settings: Settings) -> list[str]:
    """The table, line by line."""
    plan = plan_draft(incident, model=_Unasked(), settings=settings)
    pasted = tokens_of(one_prompt(incident, settings.language or language_of(incident)))
    cached = sum(stage.tokens_shared for stage in plan.stages)
    counted = "estimated" if count_tokens("x" * 999) == estimate("x" * 999) else "counted by o200k_base"
    without, with_cache = plan.tokens_in / pasted, (plan.tokens_in - 0.9 * cached) / pasted
    return [
        f"{len(incident.evidence):,} pieces of evidence; tokens {counted}; {settings.token_budget:,} a request",
        f"{'':<28}{'requests':>9}{'tokens in':>12}{'of them led by the same text':>32}",
        _row("one prompt", 1, pasted, 0),
        *(_row(f"  {one.stage}", one.requests, one.tokens_in, one.tokens_shared) for one in plan.stages),
        _row("pmdraft", plan.requests, plan.tokens_in, cached),
        f"pmdraft / one prompt: {without:.1f}; with a prompt cache at a tenth of the price: {with_cache:.1f}",
    ]


def _row(name: str, requests: int, tokens_in: int, shared: int) -> str:
    return f"{name:<28}{requests:>9,}{tokens_in:>12,}{shared:>32,}"
