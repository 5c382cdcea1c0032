"""What a team marked in Slack, pins and bookmarks, and where it shows in a draft."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmdraft.checks.omissions import omissions
from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Bookmark, Incident
from pmdraft.ingest import gather
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.slack_live import SlackLive
from pmdraft.language import Language
from pmdraft.redact import redact
from pmdraft.references import find_references
from tests.builders import message, slack_export
from tests.ingest.slack_server import TOKEN, Room, Workspace, serving

MESSAGES = [
    message("API is down"),
    message("nothing that a rule knows", "14:40:00"),
    message("復旧しました", "15:30:00"),
]
BOOKMARKS: list[dict[str, object]] = [
    {"title": "Runbook", "link": "https://wiki.example.com/runbook?token=xoxb-123456789012-abcdefabcdef"},
    {"title": "Board", "link": "https://grafana.example.com/d/1"},
    {"title": "Script", "link": "javascript:alert(1)"},
    {"type": "folder"},
]


@pytest.fixture
def slack() -> Iterator[Workspace]:
    pinned = [str(MESSAGES[1]["ts"])]
    with serving(Workspace([Room("C1234567", "i", MESSAGES, pinned=pinned, bookmarks=BOOKMARKS)], [])) as workspace:
        yield workspace


@pytest.fixture
def incident(slack: Workspace, tmp_path: Path) -> Incident:
    return gather(SlackLive("i", token=TOKEN, api_url=slack.url, cache=tmp_path))


def test_a_pinned_message_that_no_sentence_cites_is_told(incident: Incident) -> None:
    postmortem = draft_postmortem(incident).postmortem

    left_out = omissions(postmortem, incident, Language.EN)

    assert incident.pinned == ("S2",)
    assert [(item.id, item.why) for item in left_out if item.id == "S2"] == [("S2", "somebody pinned it")]


def test_bookmarks_become_references_without_their_secrets(incident: Incident) -> None:
    references = find_references(redact(incident), Language.EN)

    assert [link.title for link in references.dashboards] == ["Board"]
    assert [link.title for link in references.documents] == ["Runbook"]
    assert "xoxb-123456789012" not in str(references)


def test_pins_that_an_export_tells_of_count_too(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"i": [message("a"), message("b", "14:24:00", pinned_to=["C1"])]})

    assert gather(SlackExport(export, "i")).pinned == ("S2",)


def test_a_bookmark_keeps_its_title_and_link(incident: Incident) -> None:
    assert incident.channel
    assert Bookmark(title="Board", url="https://grafana.example.com/d/1") in incident.channel.bookmarks
