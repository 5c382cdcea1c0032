"""How long a run takes where each answer of the model does: `--latency SECONDS`, which may be repeated.

Stages that build on the timeline are asked side by side, so they take as long as the slowest of them.
"""

import time
from pathlib import Path

from evals.bench.asked import Asked
from pmdraft.demo import demo_incident
from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.recording import ReplayModel
from pmdraft.llm.seam import Reply, Request
from pmdraft.settings import Settings

_RECORDING = Path(__file__).parents[2] / "pmdraft" / "demo" / "responses.en.jsonl"


class _Slow:
    """Answers as it was recorded, each time after a while."""

    def __init__(self, seconds: float) -> None:
        self._model = ReplayModel(_RECORDING)
        self._seconds = seconds
        self.name, self.created = self._model.name, self._model.created
        self.requests = 0

    def complete(self, request: Request) -> Reply:
        self.requests += 1
        time.sleep(self._seconds)
        return self._model.complete(request)


def measure(asked: Asked) -> None:
    """Print how long the demo takes for each latency, and what it would take one request after the other."""
    incident = demo_incident()
    own = taken(_Slow(0.0), incident)
    print(f"the demo, its answers recorded; seconds; pmdraft's own part of them: {own:.1f}\n")
    print(f"{'each answer':>12}{'requests':>10}{'wall':>10}{'one by one':>12}")
    for seconds in asked.latencies:
        model = _Slow(seconds)
        wall = taken(model, incident)
        print(f"{seconds:>12.0f}{model.requests:>10}{wall:>10.1f}{own + model.requests * seconds:>12.1f}", flush=True)


def taken(model: _Slow, incident: Incident) -> float:
    """Seconds that drafting takes."""
    begun = time.perf_counter()
    draft_postmortem(incident, model=model, settings=Settings(language=Language.EN, created=model.created))
    return time.perf_counter() - begun
