"""Citations of the wrong message: what is said is in another one, or belongs to another row or action."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from pmdraft.checks.grounding import Grounding
from pmdraft.evidence import Evidence, Person
from pmdraft.language import Language
from pmdraft.postmortem import EventKind, Postmortem, TimelineEntry
from pmdraft.statement import Statement
from tests.builders import evidence, incident, postmortem

PEOPLE = [Person(id="U1", handle="carol", names=("川口 蘭",)), Person(id="U2", handle="dan", names=())]


def rules_of(text: str, cited: str, others: Sequence[Evidence], path: str = "what_happened[0]") -> list[str]:
    draft = _drafted(text) if path.startswith("timeline") else postmortem()
    grounding = Grounding(draft, incident(*others, people=PEOPLE), Language.EN)
    return [finding.rule for finding in grounding.findings(path, Statement(text=text, evidence=(cited,)))]


def _drafted(text: str) -> Postmortem:
    at = datetime.fromisoformat("2025-10-27T10:01:00+09:00")
    event = Statement(text=text, evidence=("S1",))
    row = TimelineEntry(at=at, event=event, action=None, kind=EventKind.OTHER, evidence=("S1",), timed_by="S1")
    return postmortem(timeline=(row,))


def said(*texts: str) -> list[Evidence]:
    """Messages a minute apart, by carol."""
    return [
        evidence(f"S{number}", text, f"2025-10-27T10:{number:02}:00+09:00", author="carol")
        for number, text in enumerate(texts, 1)
    ]


CHAT = said(
    "証明書は失効させました",
    "索引を作り直しています",
    "Rotated the signing certificate",
    "Rebuilding the search index on the standby, slowly",
    "Draining the ingest queue before the rebuild",
)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("証明書が失効した。", "S1", "S2"),
        ("The certificate was rotated.", "S3", "S5"),
        ("carol rotated a certificate.", "S3", "S5"),
        ("The search index was being rebuilt slowly on the standby.", "S4", "S5"),
    ],
)
def test_a_short_sentence_with_no_word_of_what_it_cites_cites_the_wrong_message(
    text: str, right: str, wrong: str
) -> None:
    assert rules_of(text, right, CHAT) == []
    assert rules_of(text, wrong, CHAT) == ["grounding.content"]


def test_that_somebody_wrote_both_messages_bears_nothing_out() -> None:
    assert rules_of("川口 蘭が証明書を失効させた。", "S2", CHAT) == ["grounding.content"]


def test_figures_of_several_digits_bear_a_short_sentence_out() -> None:
    talk = said("240 くらいから様子見ます", "プールの上限は 999 です")

    assert rules_of("プールは 240 から始める。", "S1", talk) == []


@pytest.mark.parametrize(
    ("cited", "rules"),
    [("S1", []), ("S2", ["grounding.part"]), ("S3", [])],
)
def test_a_row_cites_what_was_written_at_its_time_or_names_it(cited: str, rules: list[str]) -> None:
    talk = said("restarting the relay", "the relay is being restarted", "restarted the relay at 10:01")

    assert rules_of("Relay restarted", cited, talk, path="timeline[0].event") == rules
