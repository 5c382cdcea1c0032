"""The bundled incident, end to end from its recorded responses."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from pmdraft import Draft, Language, render_markdown
from pmdraft.demo import demo_incident, write_demo
from pmdraft.statement import Support
from pmdraft.walk import statements
from tests.demo import the_demo

SECRETS = ("Pa55w0rd", "eyJ", "hanako.yamada@")


@pytest.fixture(scope="module", params=list(Language))
def draft(request: pytest.FixtureRequest) -> Draft:
    return the_demo(request.param)


def at(draft: Draft, kind: str) -> list[str]:
    return [f"{entry.at:%H:%M}" for entry in draft.postmortem.timeline if entry.kind == kind]


def test_the_milestones_are_those_of_the_story(draft: Draft) -> None:
    assert at(draft, "impact_start") == ["14:23"]
    assert at(draft, "detection")[0] == "14:25"
    assert at(draft, "acknowledgement") == ["14:27"]
    assert "14:35" in at(draft, "cause_found")
    assert at(draft, "recovery") == ["15:30"]
    assert at(draft, "closed") == ["15:45"]


def test_durations_are_computed_each_with_its_own_definition(draft: Draft) -> None:
    minutes = {name: duration.seconds // 60 for name, duration in draft.postmortem.durations.items()}

    assert minutes["time_to_detect"] == 2
    assert minutes["downtime"] == 67
    assert minutes["incident_length"] == 82


def test_the_severity_is_the_last_one_declared(draft: Draft) -> None:
    assert draft.postmortem.severity is not None
    assert draft.postmortem.severity.level == "SEV-1"


def test_what_nobody_knows_is_not_in_the_draft(draft: Draft) -> None:
    assert draft.postmortem.impact.business is None
    assert "impact.business" in [question.about for question in draft.postmortem.open_questions]


def test_owners_and_dates_are_those_that_were_said(draft: Draft) -> None:
    said = {
        item.issue.text: (item.owner and item.owner.text, item.due and item.due.on.isoformat())
        for item in draft.postmortem.action_items
        if item.issue
    }

    assert said == {
        "#1234": ("@bob", "2025-11-03"),
        "#1235": ("@charlie", "2025-11-03"),
        "#1236": ("@bob", "2025-11-01"),
        "#1237": ("@dave", "2025-11-27"),
        "#1238": ("@marketing", None),
    }


def test_the_message_that_gives_orders_is_reported_and_not_obeyed(draft: Draft) -> None:
    reported = [finding for finding in draft.findings if finding.rule == "untrusted.instruction"]

    assert len(reported) == 1
    assert "SEV-4" not in render_markdown(draft)


def test_no_secret_is_in_anything_that_is_written(draft: Draft) -> None:
    written = draft.model_dump_json() + render_markdown(draft)

    assert not [secret for secret in SECRETS if secret in written]
    assert {item.kind for item in draft.run.redactions} >= {"password", "email"}


def test_the_secrets_are_really_in_the_incident() -> None:
    text = "".join(item.text for item in demo_incident().evidence)

    assert "Pa55w0rd" in text
    assert "hanako.yamada@" in text


def test_every_statement_is_grounded_or_says_why_not(draft: Draft) -> None:
    flagged = {finding.where.path for finding in draft.findings}

    for path, statement in statements(draft.postmortem):
        assert statement.support in (Support.GROUNDED, Support.UNCHECKED) or path in flagged, path


def test_the_data_has_an_offset_in_every_time_and_four_fields_in_every_statement(draft: Draft) -> None:
    data = json.loads(draft.model_dump_json())
    times: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            if {"text", "basis"} & set(value) and "raw" not in value and "reason" not in value:
                assert {"text", "evidence", "basis", "support"} <= set(value)
            times.extend(
                value[name] for name in ("at", "created", "start", "end", "until", "edited") if value.get(name)
            )
            for child in value.values():
                look(child)
        elif isinstance(value, list):
            for child in value:
                look(child)

    look(data)
    assert len(times) > 100
    assert all(datetime.fromisoformat(time).utcoffset() is not None for time in times)


def test_what_was_read_adds_up(draft: Draft) -> None:
    for source in draft.run.sources:
        assert source.read == source.used + sum(source.skipped.values())


def test_drafting_again_gives_the_same_bytes(tmp_path: Path) -> None:
    _, first = write_demo(tmp_path / "a", Language.JA, force=False)
    _, second = write_demo(tmp_path / "b", Language.JA, force=False)

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
