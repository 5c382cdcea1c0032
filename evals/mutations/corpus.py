"""The correct drafts that mutations are made of: the demo, and the cases that are recorded or written by a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals import cassettes
from evals.case import read_cases
from evals.systems.pmdraft import settings_of
from pmdraft.demo import demo_draft, demo_incident
from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.postmortem import Postmortem
from pmdraft.redact import redact
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements

_WRITTEN = "postmortem.json"
_CASSETTE = "cassettes/pmdraft.yaml"
_RECORDED = "hand-answered"


class Correct(NamedTuple):
    """A draft that is taken to be right, with its redacted evidence."""

    name: str
    language: Language
    postmortem: Postmortem
    incident: Incident

    def checked(self) -> Iterator[tuple[str, Statement]]:
        """The statements that grounding reads; code's own and people's are none of its business."""
        for path, statement in statements(self.postmortem):
            if statement.basis not in (Basis.COMPUTED, Basis.HUMAN) and not path.startswith("open_questions["):
                yield path, statement


def correct_drafts(folder: Path, names: list[str] | None = None) -> Iterator[Correct]:
    """The demo's drafts, those of the recorded cases, and those that a case holds as somebody wrote them.

    Args:
        folder: the cases.
        names: `demo` and names of cases; all of them by default.

    Raises:
        InputError: a recording is stale.
    """
    if not names or "demo" in names:
        incident = redact(demo_incident())
        for language in Language:
            yield Correct("demo", language, demo_draft(language).postmortem, incident)
    for case in read_cases(folder):
        if names and case.name not in names:
            continue
        written = case.folder / _WRITTEN
        if written.exists():
            postmortem = Postmortem.model_validate_json(written.read_bytes())
            yield Correct(case.name, case.about.language, postmortem, redact(case.incident()))
        path = case.folder / _CASSETTE
        if path.exists():
            incident = case.incident()
            model = OpenAIModel(_RECORDED, base_url=cassettes.BASE_URL, api_key="recorded")
            with cassettes.playing(path):
                draft = draft_postmortem(incident, model=model, settings=settings_of(case))
            yield Correct(case.name, draft.language, draft.postmortem, redact(incident))
