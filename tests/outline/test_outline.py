"""The outline drafter: causes and lessons stay open, and what it quotes is short."""

import pytest

from pmdraft.draft import draft_postmortem
from pmdraft.errors import InputError
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.outline import outline_causes, outline_learning, outline_timeline
from pmdraft.outline.cues import bearing_on, speaks_of
from tests.builders import evidence, incident
from tests.outline.said import alert, said
from tests.scripted import causes_answer, learning_answer


def test_causes_and_lessons_are_left_open() -> None:
    whole = incident(alert(1, "14:25"), said(1, "14:30", "The root cause is the pool. We should add an alert."))

    assert outline_causes(whole, Language.EN) == causes_answer()
    assert outline_learning(whole, Language.EN) == learning_answer()


def test_an_incident_without_evidence_is_an_error_of_ours() -> None:
    with pytest.raises(InputError, match="evidence"):
        draft_postmortem(Incident(evidence=()))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("rolled back, see [the board](https://grafana.example/d/1)\nnow", "rolled back, see the board now"),
        ("rolled back " + "x" * 108, "rolled back " + "x" * 108),
        ("rolled back " + "x" * 109, "rolled back " + "x" * 107 + "…"),
        ("```\nkubectl\n``` rolled back", "kubectl rolled back"),
    ],
)
def test_a_quotation_is_one_line_without_addresses_and_fences_and_cut(text: str, quoted: str) -> None:
    (event,) = outline_timeline(incident(said(1, "14:30", text)), Language.EN).events

    assert event.action == f"@bob: “{quoted}”"


def test_alerts_and_logs_speak_for_themselves() -> None:
    assert speaks_of(evidence("S1", "back to normal"), "recovery")
    assert not speaks_of(evidence("A1", "back to normal"), "recovery")
    assert not speaks_of(evidence("L1", "back to normal"), "recovery")


def test_the_latest_messages_bear_on_a_topic_in_the_order_of_time() -> None:
    spoken = tuple(said(number, f"14:{number:02}", "data loss" if number % 2 else "hm") for number in range(1, 10))

    assert bearing_on("data_loss", spoken, most=3) == ("S5", "S7", "S9")
    assert bearing_on("no such topic", spoken) == ()
