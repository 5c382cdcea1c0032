"""The bundled incident, drafted offline from recorded responses.

The incident is invented: a connection pool runs out under a campaign's traffic,
told in Japanese by a Slack channel, two alerting tools and a log.
"""

from pathlib import Path

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import InputError
from pmdraft.evidence import Incident
from pmdraft.ingest import gather
from pmdraft.ingest.slack import SlackExport
from pmdraft.language import Language
from pmdraft.llm.recording import ReplayModel
from pmdraft.output import check_free
from pmdraft.running.run import write_draft
from pmdraft.settings import Settings

_HERE = Path(__file__).parent
CHANNEL = "incident-2025-10-27-api-down"


def demo_incident() -> Incident:
    """The bundled incident."""
    files = _HERE / "incident"
    return gather(
        SlackExport(files / "slack_export", CHANNEL, workspace="example"),
        alerts=[files / "pagerduty.json", files / "alertmanager.json"],
        logs=[files / "app.log"],
    )


def demo_draft(language: Language = Language.JA) -> Draft:
    """The bundled incident's draft, from the responses that were recorded for it."""
    model = ReplayModel(_HERE / f"responses.{language}.jsonl")
    return draft_postmortem(demo_incident(), model=model, settings=Settings(language=language, created=model.created))


def write_demo(folder: Path, language: Language, *, force: bool) -> tuple[Draft, list[Path]]:
    """Draft the bundled incident into a folder.

    Returns:
        The draft, and the files that were written.

    Raises:
        OutputExists: a file is there already, and `force` is off.
        InputError: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror or error}); name another folder") from error
    files = [folder / f"postmortem.{ending}" for ending in ("md", "html", "json")]
    check_free(files, force=force)
    draft = demo_draft(language)
    write_draft(draft, markdown=files[0], html=files[1], data=files[2], force=force)
    return draft, files
