"""How much text is searched for secrets in a second."""

from evals.bench.asked import Asked
from evals.bench.made import CHANNEL, make_export
from evals.bench.timing import rate
from pmdraft import SlackExport, gather
from pmdraft.demo import demo_incident
from pmdraft.evidence import Incident
from pmdraft.redact import redact

_MESSAGES = 20_000


def measure(asked: Asked) -> None:
    """Print the figures."""
    print("incidents that are gathered already\n")
    export = make_export(asked.folder / "redact", _MESSAGES)
    _rate("made-up channel", gather(SlackExport(export, CHANNEL)))
    _rate("the demo", demo_incident())


def _rate(name: str, incident: Incident) -> None:
    size = sum(len(item.text.encode()) for item in incident.evidence)
    rate(name, lambda: redact(incident), len(incident.evidence), "pieces", size)
