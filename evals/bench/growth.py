"""What a run costs as its channel grows: requests, tokens and pmdraft's own seconds, planned without a network.

Answers are the rehearsal's: those of the demo with this incident's evidence in the place of the demo's, so all steps do
the work that they would do with a model that answers at once.
"""

from time import perf_counter

from evals.bench.asked import Asked
from evals.bench.made import CHANNEL, make_export
from pmdraft import SlackExport, draft_postmortem, gather
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.prices import price_of
from pmdraft.running.rehearsal import RehearsalModel
from pmdraft.settings import Settings

_SIZES = (100, 1_000, 10_000)
_BIG = 100_000
_MODEL, _ADDRESS = "gpt-4.1", "https://api.openai.com/v1"


def measure(asked: Asked) -> None:
    """Print the table."""
    print(
        f"made-up channels, {asked.token_budget:,} tokens of evidence a request; US dollars at the price of {_MODEL}\n"
    )
    heads = ("messages", "gather s", "run s", "requests", "tokens in", "tokens out", "led alike", "left out", "US$")
    print("".join(f"{head:>12}" for head in heads))
    for size in (*_SIZES, *([_BIG] if asked.big else [])):
        export = make_export(asked.folder / f"growth{size}", size)
        begun = perf_counter()
        incident = gather(SlackExport(export, CHANNEL))
        _row(size, perf_counter() - begun, incident, asked)


def _row(size: int, gathering: float, incident: Incident, asked: Asked) -> None:
    settings = Settings(language=Language.JA, token_budget=asked.token_budget)
    rehearsal = RehearsalModel(_MODEL, incident, Language.JA, lambda _: None)
    begun = perf_counter()
    draft_postmortem(incident, model=rehearsal, settings=settings)
    running = perf_counter() - begun
    requests = rehearsal.requests
    sent = frozenset[str]().union(*(request.sent for request in requests))
    price = price_of(_MODEL, _ADDRESS, ())
    figures = [
        len(requests),
        sum(request.tokens_in for request in requests),
        sum(request.tokens_out for request in requests),
        sum(request.tokens_shared for request in requests),
        len(incident.evidence) - len(sent),
    ]
    cost = sum(price.of(request.tokens_in, request.tokens_out, 0) for request in requests) if price else None
    cells = [f"{size:,}", f"{gathering:.2f}", f"{running:.2f}", *(f"{figure:,}" for figure in figures)]
    print("".join(f"{cell:>12}" for cell in [*cells, "–" if cost is None else f"{cost:.2f}"]), flush=True)
