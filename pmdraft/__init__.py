"""Draft an incident's postmortem from its Slack channel, alerts and logs, with evidence for every sentence.

incident = gather(SlackExport(Path("export.zip"), "#incident-123"), alerts=["pagerduty.json"])
draft = draft_postmortem(incident, model=OpenAIModel("gpt-4.1"), settings=Settings(language=Language.JA))
print(render_markdown(draft))
"""

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import PmdraftError
from pmdraft.evidence import Evidence, Incident
from pmdraft.findings import Finding
from pmdraft.ingest import SlackExport, gather
from pmdraft.language import Language
from pmdraft.llm.chat_model import LangChainModel
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.postmortem import Postmortem, Statement
from pmdraft.render import render_html, render_markdown
from pmdraft.settings import Settings
from pmdraft.version import VERSION as __version__

__all__ = [
    "Draft",
    "Evidence",
    "Finding",
    "Incident",
    "LangChainModel",
    "Language",
    "OpenAIModel",
    "PmdraftError",
    "Postmortem",
    "Settings",
    "SlackExport",
    "Statement",
    "__version__",
    "draft_postmortem",
    "gather",
    "render_html",
    "render_markdown",
]
