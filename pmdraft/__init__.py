"""Draft an incident's postmortem from its Slack channel, alerts and logs, with evidence for every sentence.

incident = gather(SlackExport(Path("export.zip"), "#incident-123"), alerts=["pagerduty.json"])
draft = draft_postmortem(incident, model=OpenAIModel("gpt-4.1"), settings=Settings(language=Language.JA))
print(render_markdown(draft))
"""

from importlib import import_module
from typing import TYPE_CHECKING

from pmdraft.errors import PmdraftError
from pmdraft.language import Language
from pmdraft.version import VERSION

if TYPE_CHECKING:
    from pmdraft.draft import Draft, draft_postmortem
    from pmdraft.evidence import Evidence, Incident
    from pmdraft.findings import Finding
    from pmdraft.ingest import gather
    from pmdraft.ingest.slack import SlackExport
    from pmdraft.ingest.slack_live import SlackLive
    from pmdraft.llm.chat_model import LangChainModel
    from pmdraft.llm.endpoint import OpenAIModel
    from pmdraft.postmortem import Postmortem
    from pmdraft.render import render_html, render_markdown
    from pmdraft.running.plan import Plan, plan_draft
    from pmdraft.settings import Settings
    from pmdraft.statement import Statement

__version__ = VERSION

__all__ = [
    "Draft",
    "Evidence",
    "Finding",
    "Incident",
    "LangChainModel",
    "Language",
    "OpenAIModel",
    "Plan",
    "PmdraftError",
    "Postmortem",
    "Settings",
    "SlackExport",
    "SlackLive",
    "Statement",
    "draft_postmortem",
    "gather",
    "plan_draft",
    "render_html",
    "render_markdown",
]

# Loaded at first use: the whole pipeline takes half a second, which `pmdraft --help` should not pay.
_HOMES = {
    "Draft": "draft",
    "Evidence": "evidence",
    "Finding": "findings",
    "Incident": "evidence",
    "LangChainModel": "llm.chat_model",
    "OpenAIModel": "llm.endpoint",
    "Plan": "running.plan",
    "Postmortem": "postmortem",
    "Settings": "settings",
    "SlackExport": "ingest.slack",
    "SlackLive": "ingest.slack_live",
    "Statement": "statement",
    "draft_postmortem": "draft",
    "gather": "ingest",
    "plan_draft": "running.plan",
    "render_html": "render",
    "render_markdown": "render",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pmdraft' has no attribute {name!r}")
    value = getattr(import_module(f"pmdraft.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
