"""What the documentation names is there."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pmdraft.blameless.linting import lint
from pmdraft.blameless.rules import built_in
from pmdraft.ingest.alert_mapping import AlertMapping
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.chat_forms import TRANSCRIPTS, chat_form
from pmdraft.ingest.recognise import Form, recognise
from pmdraft.ingest.tally import Named
from pmdraft.ingest.vendors import VENDORS
from pmdraft.ingest.window import Window
from pmdraft.notices import NoticeKind

ROOT = Path(__file__).parent.parent
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


DATA = ROOT / "tests" / "data"
_ROW = re.compile(r"^\| .+ \| (?P<samples>`.+`) \| (?P<kind>chat|alerts|log)(?:: (?P<name>.+))? \|$", re.MULTILINE)
SAMPLES = [
    (sample, row["kind"], row["name"])
    for row in _ROW.finditer(SOURCES.partition("## Samples")[2].partition("\n## ")[0])
    for sample in re.findall(r"`([^`]+)`", row["samples"])
]


@pytest.mark.parametrize(("sample", "kind", "name"), SAMPLES)
def test_a_sample_in_the_table_of_sources_is_recognised_as_what_it_says(
    sample: str, kind: str, name: str | None
) -> None:
    path = DATA / sample
    form, chat = recognise(path, AlertMapping()) if path.is_file() else (Form.CHAT, chat_form(path, ""))

    assert form == kind
    assert (chat.name if chat else None) == (name if kind == "chat" else None)
    if form is Form.ALERTS:
        reading = read_alerts([Named.of(path, path.name)], ZoneInfo("Asia/Tokyo"), Window())
        assert {item.author for item in reading.evidence} == {name}


def test_the_table_of_sources_names_every_vendor_and_every_form_of_chat() -> None:
    named = {name for _, _, name in SAMPLES}

    # Riemann's sample has no time, and a subscription tells of no alert.
    assert {vendor.VENDOR for vendor in VENDORS} - named == {"Riemann", "a subscription"}
    assert {form.NAME for form in TRANSCRIPTS} <= named


def test_every_notice_about_sources_is_told() -> None:
    told = set(re.findall(r"`source\.([\w-]+)`", SOURCES))

    assert told == {kind.value.replace("_", "-") for kind in NoticeKind}


def test_what_is_said_of_blame_in_the_docs_blames_nobody() -> None:
    found = [
        (path.name, problem.line, problem.blame.rule.id)
        for path in sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
        for problem in lint(path.read_text(encoding="utf-8"), path.name, people=(), rules=built_in())
    ]

    assert found == []
