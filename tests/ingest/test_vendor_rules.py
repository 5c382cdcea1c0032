"""What single vendors write in ways of their own, and what is made of it."""

from pathlib import Path

import pytest

from pmdraft.evidence import Skipped
from pmdraft.render.wording import SKIPPED
from tests.builders import write_json
from tests.ingest.reading import alerts_in


def test_the_messages_of_a_long_backlog_are_counted_rather_than_told(tmp_path: Path) -> None:
    event = {
        "event_definition_id": "d",
        "event_definition_title": "Errors",
        "event": {"timestamp": "2025-10-27T05:23:09Z"},
    }
    path = write_json(tmp_path / "graylog.json", {**event, "backlog": [{"message": f"m{n}"} for n in range(500)]})

    items, _ = alerts_in(path)

    assert items[0].text.splitlines()[-2:] == ["m9", "… and 490 more messages"]


def test_planned_maintenance_is_no_alert(tmp_path: Path) -> None:
    update = {"status": "scheduled", "body": "We move.", "created_at": "2025-10-27T05:23:09Z"}
    body = {"name": "Move", "impact": "maintenance", "incident_updates": [update]}

    items, _ = alerts_in(write_json(tmp_path / "page.json", body))

    assert [item.text.splitlines()[0] for item in items] == ["Statuspage note: Move (severity: maintenance)"]


@pytest.mark.parametrize(
    ("title", "transition", "head"),
    [
        ("[P1] [Re-Triggered on {service:api}] Errors", "Re-Triggered", "Datadog note: Errors (service: api"),
        ("[Warn on {host:a,env:b}] Load", None, "Datadog fired: Load (service: host:a,env:b"),
        ("[Recovered] Load", None, "Datadog resolved: Load"),
        ("[No data] Load", "No Data", "Datadog fired: Load"),
        ("[Triggered on {" * 30_000, "Triggered", "Datadog fired: [Triggered on {"),
    ],
)
def test_the_state_in_a_title_of_datadog_is_no_part_of_the_name(
    tmp_path: Path, title: str, transition: str | None, head: str
) -> None:
    body = {"title": title, "event_type": "x", "last_updated": "1761542589000", "date": "1761542589000"}
    path = write_json(tmp_path / "dd.json", {**body, "alert_transition": transition, "alert_type": "error"})

    items, _ = alerts_in(path)

    assert items[0].text.startswith(head)


def test_an_alert_without_data_is_a_note_that_says_what_changed(tmp_path: Path) -> None:
    alarm = {
        "AlarmName": "a",
        "NewStateValue": "INSUFFICIENT_DATA",
        "OldStateValue": "OK",
        "StateChangeTime": "2025-10-27T05:23:09Z",
    }

    items, _ = alerts_in(write_json(tmp_path / "cw.json", alarm))

    assert items[0].text == "CloudWatch note: a\nOK → INSUFFICIENT_DATA"


def test_two_instances_of_one_job_are_two_alerts(tmp_path: Path) -> None:
    labels = [{"alertname": "Down", "job": "node", "instance": name} for name in ("a", "b")]
    alerts = [{"status": "firing", "labels": each, "startsAt": "2025-10-27T05:23:09Z"} for each in labels]
    path = write_json(tmp_path / "am.json", [{"receiver": "x", "alerts": alerts}] * 2)

    _, count = alerts_in(path)

    assert (count.read, count.used, count.skipped) == (4, 2, {Skipped.REPEATED: 2})


def test_every_reason_for_leaving_something_out_has_its_words_in_both_languages() -> None:
    assert set(SKIPPED) == set(Skipped)
