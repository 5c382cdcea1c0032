"""What the checks flag stays marked, or moves to the ledger and can be taken back from there."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pmdraft.checks import run_checks
from pmdraft.checks.moving import move_unsupported
from pmdraft.cli import app
from pmdraft.demo import demo_incident
from pmdraft.draft import Draft, json_of
from pmdraft.errors import UsageError
from pmdraft.language import Language
from pmdraft.policy import Unsupported
from pmdraft.redact import redact
from pmdraft.render import render_markdown
from pmdraft.statement import Basis
from pmdraft.taking_back import with_entry
from tests.demo import the_demo


def corrupted(policy: Unsupported) -> Draft:
    """The demo with a wrong number in two of its sentences and a wrong owner, checked and moved by that policy."""
    draft = the_demo(Language.EN)
    was = draft.postmortem
    wrong = [sentence.model_copy(update={"text": f"{sentence.text} 777 users."}) for sentence in was.went_well[1:3]]
    owner = was.action_items[0].owner
    assert owner is not None
    items = list(was.action_items)
    items[0] = items[0].model_copy(update={"owner": owner.model_copy(update={"text": "@hana"})})
    changed = {"went_well": (was.went_well[0], *wrong, *was.went_well[3:]), "action_items": tuple(items)}
    checked, findings = run_checks(was.model_copy(update=changed), redact(demo_incident()), Language.EN)
    moved = move_unsupported(checked, findings, policy)
    update = {"postmortem": moved.postmortem, "findings": moved.findings, "ledger": (*draft.ledger, *moved.rejected)}
    return draft.model_copy(update=update)


@pytest.fixture(scope="module")
def moved() -> Draft:
    return corrupted(Unsupported.MOVE)


def test_what_is_flagged_stays_and_is_marked_by_default() -> None:
    draft = corrupted(Unsupported.RULE)

    assert not [entry for entry in draft.ledger if entry.id]
    assert "777 users. **⚠ check**" in render_markdown(draft)


def test_what_is_flagged_moves_with_its_reason_and_the_findings_follow(moved: Draft) -> None:
    entries = {entry.id: entry for entry in moved.ledger if entry.id}

    assert [entry.path for entry in entries.values()] == ["went_well[1]", "went_well[2]", "action_items[0].owner"]
    assert "777" in entries["R1"].reason
    assert moved.postmortem.action_items[0].owner is None
    assert "777" not in render_markdown(moved).partition("## Review notes")[0]
    assert {finding.where.path for finding in moved.findings if "777" in finding.message} == {"ledger.R1", "ledger.R2"}


def test_a_statement_that_is_taken_back_stands_where_it_stood_on_a_persons_word(moved: Draft) -> None:
    draft = with_entry(with_entry(moved, "R2"), "R1")

    texts = [sentence.text for sentence in draft.postmortem.went_well]
    assert ["777" in text for text in texts[:4]] == [False, True, True, False]
    assert draft.postmortem.went_well[2].basis is Basis.HUMAN
    assert [entry.id for entry in draft.ledger if entry.id] == ["R3"]
    assert "ledger.R1" not in [finding.where.path for finding in draft.findings]


def test_what_is_not_in_the_ledger_cannot_be_taken_back(moved: Draft) -> None:
    with pytest.raises(UsageError, match=r"no entry 'R9' that can be taken back; the ledger has R1, R2, R3"):
        with_entry(moved, "R9")


def test_the_command_writes_a_new_file_and_replaces_one_only_with_force(moved: Draft, tmp_path: Path) -> None:
    path, new, page = tmp_path / "draft.json", tmp_path / "new.json", tmp_path / "new.md"
    path.write_text(json_of(moved), encoding="utf-8")

    refused = CliRunner().invoke(app, ["take-back", str(path), "R1"])
    done = CliRunner().invoke(app, ["take-back", str(path), "R1", "--json", str(new), "--out", str(page)])

    assert refused.exit_code == 1
    assert done.exit_code == 0, done.output
    assert "took back R1; 3 left in the ledger" in done.stdout
    assert "777 users." in page.read_text(encoding="utf-8").partition("## Review notes")[0]
    assert Draft.model_validate_json(new.read_text(encoding="utf-8")) == with_entry(moved, "R1")
