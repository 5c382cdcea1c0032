"""How many tokens a run sends, against pasting the whole incident into one prompt: `python -m evals.tokens [FILE …]`.

Without files it is the demo's incident. Requests are built by the code that builds the real ones
(`pmdraft.running.plan`); tokens are counted by `count_tokens`. With a prompt cache, the text with which a request
begins as an earlier one does is paid for at a tenth to a half of the price, by provider.
"""

import argparse
from pathlib import Path

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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.tokens", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="what an incident left behind; default: the demo's")
    parser.add_argument("--channel", action="append", default=[], help="channel to take from an export")
    parser.add_argument("--timezone", help="zone of times that name none")
    parser.add_argument("--token-budget", type=int, default=Settings.__dataclass_fields__["token_budget"].default)
    options = parser.parse_args()
    incident = (
        gather(files=options.files, channels=options.channel, timezone=options.timezone)
        if options.files
        else demo_incident()
    )
    print("\n".join(compared(incident, Settings(token_budget=options.token_budget))))


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


if __name__ == "__main__":
    main()
