"""How long the checks of a draft take, with the evidence that it rests on."""

from evals.bench.asked import Asked
from evals.bench.made import CHANNEL, make_export
from evals.bench.timing import row
from pmdraft import SlackExport, draft_postmortem, gather
from pmdraft.checks import run_checks
from pmdraft.demo import demo_draft, demo_incident
from pmdraft.draft import Draft
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.redact import redact
from pmdraft.settings import Settings
from pmdraft.walk import statements

_SIZES = (1_000, 10_000)


def measure(asked: Asked) -> None:
    """Print the figures."""
    print("seconds for all checks of one draft, median (fastest to slowest)\n")
    for language in Language:
        _row(f"the demo's draft, {language.value}", demo_draft(language), demo_incident())
    for size in _SIZES:
        incident = gather(SlackExport(make_export(asked.folder / f"checks{size}", size), CHANNEL))
        drafted = draft_postmortem(incident, settings=Settings(language=Language.JA))
        _row("outline", drafted, incident)


def _row(name: str, draft: Draft, incident: Incident) -> None:
    redacted = redact(incident)
    count = sum(1 for _ in statements(draft.postmortem))
    name = f"{name}: {count} statements, {len(incident.evidence):,} pieces"
    row(name, lambda: run_checks(draft.postmortem, redacted, draft.language))
