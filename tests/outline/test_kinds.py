"""What people write informally is told for what it is, and chatter for nothing."""

import tomllib
from pathlib import Path

import pytest

from pmdraft.evidence import EvidenceKind
from pmdraft.outline.kinds import kind_of, since_when
from tests.builders import evidence
from tests.outline.said import at
from tests.outline.test_timeline import events

SENTENCES = tomllib.loads((Path(__file__).parents[1] / "data/outline/said.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", [kind for kind in SENTENCES if kind != "none"])
def test_nine_sentences_of_ten_are_told_by_what_they_say(kind: str) -> None:
    missed = [text for text in SENTENCES[kind] if kind_of(evidence("S1", text)) != kind]

    assert len(missed) <= len(SENTENCES[kind]) // 10, missed


def test_chatter_questions_plans_and_denials_are_no_events() -> None:
    assert [text for text in SENTENCES["none"] if kind_of(evidence("S1", text)) is not None] == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("14:02から落ちてる", "14:02"),
        ("16時半ごろから画面が開かない", "16時半"),
        ("seeing 5xx since 14:20", "14:20"),
        ("errors began around 3:10", "3:10"),
        ("11:00からミーティングです", None),
        ("since 14:20 I have been in a meeting", None),
    ],
)
def test_since_when_something_fails_is_told_by_its_time(text: str, when: str | None) -> None:
    assert since_when(evidence("S1", text)) == when


def test_an_alert_of_which_only_a_bot_tells_is_the_detection_and_told_once() -> None:
    bot = {"kind": EvidenceKind.BOT_MESSAGE, "author": "alertbot"}

    found = events(
        evidence("S1", "[FIRING:1] HighErrorRate api 12%", at("14:25"), **bot),
        evidence("S2", "[FIRING:1] HighErrorRate api 31%", at("14:30"), **bot),
        evidence("S3", "ack", at("14:31")),
        evidence("S4", "[RESOLVED] HighErrorRate api", at("15:00"), **bot),
        evidence("S5", "[RESOLVED] DiskFull db", at("15:01"), **bot),
    )

    assert found == [("S1", "detection"), ("S3", "acknowledgement"), ("S4", "other")]


def test_where_no_alert_fired_the_first_report_is_the_detection() -> None:
    found = events(
        evidence("S1", "morning", at("09:00")),
        evidence("S2", "checkout is failing since 08:55", at("09:10")),
        evidence("S3", "rolled back", at("09:20")),
    )

    assert found == [("S2", "impact_start"), ("S2", "detection"), ("S3", "mitigation")]


def test_of_many_messages_those_about_the_incident_are_told() -> None:
    noise = [evidence(f"S{n}", f"restarted my laptop {n}", at(f"10:{n:02}")) for n in range(1, 11)]
    real = [evidence(f"S{n}", f"restarted payments worker {n}", at(f"11:{n:02}")) for n in range(11, 19)]
    talk = [evidence(f"S{n}", f"my laptop, day {n}", at(f"12:{n:02}")) for n in range(20, 45)]

    assert [name for name, kind in events(*noise, *real, *talk) if kind == "mitigation"] == [item.id for item in real]
