"""Verifying a draft: every citation and hash, and what became of the channel."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pmdraft.bundle import Given
from pmdraft.bundle.changes import ChangeKind
from pmdraft.bundle.told import told_report
from pmdraft.bundle.verify import Problem, Subject
from pmdraft.cli import app
from pmdraft.errors import InputError
from pmdraft.evidence import Evidence
from tests.builders import evidence, incident
from tests.bundle.kept import a_bundle, bundle_of, forged, members, outage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.zip"
    path.write_bytes(a_bundle())
    return path


@pytest.fixture
def draft(file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "draft.json"
    path.write_bytes(members(file)["draft.json"])
    return path


def problems(path: Path) -> list[Problem]:
    return list(Subject(path).verify().problems)


def with_first_event(path: Path, **fields: object) -> bytes:
    """draft.json, its first event changed."""
    data = json.loads(members(path)["draft.json"])
    data["postmortem"]["timeline"][0]["event"].update(fields)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def test_a_bundle_as_it_was_is_in_order_and_drafts_the_same(file: Path) -> None:
    report = Subject(file).verify()

    assert report.problems == ()
    assert report.replayed
    assert report.citations > 3
    assert list(told_report(report))[-1] == "in order"


def test_a_plain_draft_is_looked_up_in_its_own_evidence(draft: Path) -> None:
    report = Subject(draft).verify()

    assert report.is_clean
    assert report.citations > 3
    assert not report.replayed


def test_a_citation_of_nothing_is_told_with_its_statement(draft: Path) -> None:
    data = json.loads(draft.read_text(encoding="utf-8"))
    data["postmortem"]["timeline"][0]["event"]["evidence"] = ["S99"]
    draft.write_text(json.dumps(data), encoding="utf-8")

    assert problems(draft) == [Problem(where="timeline[0].event", what="cites S99, which is not in its evidence")]


def test_a_draft_that_was_changed_with_all_its_hashes_is_not_what_the_responses_give(file: Path) -> None:
    forged(file, {"draft.json": with_first_event(file, text="all is well")})

    told = problems(file)

    assert told[0] == Problem(
        where="draft.json: postmortem.timeline[0].event.text", what="is not what the bundle's responses give"
    )
    assert Problem(where="draft.md", what="is not what draft.json looks like as Markdown") in told


def test_evidence_that_was_changed_in_the_draft_alone_is_told(file: Path) -> None:
    data = json.loads(members(file)["draft.json"])
    data["evidence"][0]["text"] = "all is well"
    forged(file, {"draft.json": (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()})

    assert Problem(where="draft.json: S1", what="is not the evidence of that id in incident.json") in problems(file)


def test_responses_that_were_changed_do_not_give_the_draft(file: Path) -> None:
    changed = members(file)["responses.jsonl"].replace(b"API down", b"API slow")
    forged(file, {"responses.jsonl": changed})

    (told,) = problems(file)
    assert told.where == "responses.jsonl"
    assert told.what.startswith("do not give the draft again: ")


def test_a_bundle_of_another_version_is_verified_but_not_drafted_again(file: Path) -> None:
    manifest = json.loads(members(file)["bundle.json"]) | {"pmdraft": "0.0.9"}
    forged(file, {"bundle.json": json.dumps(manifest).encode()})

    report = Subject(file).verify()

    assert report.is_clean
    assert not report.replayed


def test_prompts_that_were_changed_are_told_by_their_hash(file: Path) -> None:
    whole = file.read_bytes()
    place = whole.index(b"# Your task: the timeline")
    file.write_bytes(whole[:place] + b"!" + whole[place + 1 :])

    told = problems(file)

    assert [problem.where for problem in told] == ["prompts/timeline/task.md.j2"]


# The channel as it is now.


def now(**texts: str) -> list[Evidence]:
    return [item.model_copy(update={"text": texts.get(item.id, item.text)}) for item in outage().evidence]


def test_statements_that_rest_on_an_edited_message_are_named(file: Path) -> None:
    again = incident(*now(S3="still 5 % errors"))

    report = Subject(file).verify(again)

    assert [(change.kind, change.id) for change in report.changes] == [(ChangeKind.EDITED, "S3")]
    paths = {affected.path for affected in report.affected}
    assert "timeline[1].event" in paths
    assert all("S3" in affected.evidence for affected in report.affected)


@pytest.mark.parametrize("whole", [True, False], ids=["bundle", "draft"])
def test_statements_that_rest_on_a_deleted_message_are_named(file: Path, draft: Path, whole: bool) -> None:
    again = incident(*(item for item in outage().evidence if item.id != "S1"))

    report = Subject(file if whole else draft).verify(again)

    assert (ChangeKind.DELETED, "S1") in [(change.kind, change.id) for change in report.changes]
    assert "timeline[0].event" in {affected.path for affected in report.affected}


def test_a_secret_in_the_channel_is_in_no_report(file: Path) -> None:
    again = incident(*now(S1="key AKIAIOSFODNN7EXAMPLE is gone"))

    report = Subject(file).verify(again)

    assert "AKIA" not in report.model_dump_json()
    assert report.changes


def test_a_thread_that_went_on_names_what_rests_on_it(file: Path) -> None:
    more = evidence(
        "S4",
        "wrong thread, it was the cache",
        "2025-10-27T14:50:00+09:00",
        thread="S1",
        raw={"file": "ops/2025-10-27.json", "channel": "C1", "ts": "1761542750.000100"},
    )

    report = Subject(file).verify(incident(*outage().evidence, more))

    assert [change.kind for change in report.changes] == [ChangeKind.ADDED]
    assert ("timeline[0].event", ChangeKind.ADDED) in {(one.path, one.kind) for one in report.affected}


def test_nothing_changed_is_as_it_was(file: Path) -> None:
    report = Subject(file).verify(outage())

    assert report.is_clean
    assert list(told_report(report))[-1] == "as it was"


def test_an_input_that_is_another_file_now_is_told(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    log.write_text("one\n")
    file = tmp_path / "run.zip"
    file.write_bytes(bundle_of(outage(), Given(inputs=[log])))
    same = Subject(file).verify(files=[log]).problems
    log.write_text("two\n")

    told = Subject(file).verify(files=[log]).problems

    assert same == ()
    assert [problem.what for problem in told] == ["is not the file that the run read: its hash is another one"]


# Files that are neither.


@pytest.mark.parametrize("content", [b"", b"{}", b"# Postmortem", b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000])
def test_a_file_that_is_neither_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)

    with pytest.raises(
        InputError, match=r"odd\.json: .*; (?:name what a run wrote|name the zip file that --bundle wrote)"
    ) as raised:
        Subject(path)
    assert "\n" not in str(raised.value)


# The commands.


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command_says_what_it_verified_and_that_it_is_in_order(file: Path) -> None:
    result = run("verify", file)

    assert result.exit_code == 0
    first, last = result.stdout.splitlines()
    assert first.startswith("verified run.zip, sha256 ")
    assert last == "in order"


def test_a_tampered_bundle_exits_with_3_and_one_line_a_place(file: Path) -> None:
    forged(file, {"draft.json": with_first_event(file, text="all is well")})

    result = run("verify", file)

    assert result.exit_code == 3
    assert result.stdout.splitlines()[1].startswith("problem  draft.json: postmortem.timeline[0].event.text: is not")


def test_a_member_that_was_damaged_is_one_error(file: Path) -> None:
    whole = file.read_bytes()
    place = whole.index(b'"format": "pmdraft-draft/1"')
    file.write_bytes(whole[:place] + b"!" + whole[place + 1 :])

    result = run("verify", file)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {file}: draft.json was changed: its checksum is another one")


def test_a_report_is_to_be_had_as_data(draft: Path) -> None:
    result = run("verify", draft, "--json")

    assert json.loads(result.stdout)["problems"] == []


def test_a_replay_prints_the_same_markdown(file: Path) -> None:
    result = run("replay", file)

    assert result.exit_code == 0
    assert result.stdout.encode() == members(file)["draft.md"]


def test_a_replay_writes_the_same_files(file: Path, tmp_path: Path) -> None:
    result = run("replay", file, "--out", tmp_path / "pm.md", "--json", tmp_path / "pm.json")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / "pm.md").read_bytes() == members(file)["draft.md"]
    assert (tmp_path / "pm.json").read_bytes() == members(file)["draft.json"]


def test_a_replay_of_a_bundle_with_another_draft_says_so(file: Path) -> None:
    forged(file, {"draft.json": with_first_event(file, text="all is well")})

    result = run("replay", file)

    assert result.exit_code == 3
    assert "holds another draft than its responses give" in result.stderr
    assert "all is well" not in result.stdout


def test_a_draft_in_no_time_zone_of_this_world_is_no_draft(draft: Path) -> None:
    data = json.loads(draft.read_text(encoding="utf-8"))
    data["run"]["timezone"] = "Mars/Olympus"
    draft.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(InputError, match=r"draft\.json: is neither .* no time zone 'Mars/Olympus'"):
        Subject(draft)
