"""A run as one file, from which the same draft comes again."""

import json
from pathlib import Path

import pytest

from pmdraft.bundle import Asked, Bundle, Given, hashed, pack_run
from pmdraft.demo import demo_incident
from pmdraft.draft import draft_postmortem, json_of
from pmdraft.errors import InputError, RecordingMiss
from pmdraft.language import Language
from pmdraft.llm.recording import Recording
from pmdraft.render import render_markdown
from pmdraft.sections import Section
from pmdraft.settings import Settings
from pmdraft.version import VERSION
from tests.builders import evidence, incident
from tests.bundle.kept import PLANTED, SETTINGS, a_bundle, bundle_of, forged, members, outage, zipped
from tests.demo import the_demo

DEMO = Path(__file__).parent.parent.parent / "pmdraft" / "demo"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.zip"
    path.write_bytes(a_bundle())
    return path


def test_a_replay_gives_the_same_bytes(file: Path) -> None:
    bundle = Bundle(file)

    again = bundle.replay()

    assert json_of(again).encode() == members(file)["draft.json"]
    assert render_markdown(again).encode() == members(file)["draft.md"]


@pytest.mark.parametrize("language", Language)
def test_the_demo_kept_as_a_bundle_is_the_demo_again(tmp_path: Path, language: Language) -> None:
    recording = Recording.load(DEMO / f"responses.{language}.jsonl")
    draft = the_demo(language)
    asked = Asked(recording.header.model, None, recording.responses)
    file = tmp_path / "demo.zip"
    file.write_bytes(pack_run(demo_incident(), draft, Settings(language=language), asked=asked))

    assert json_of(Bundle(file).replay()) == json_of(draft)


def test_an_outline_is_kept_and_replayed_without_responses(tmp_path: Path) -> None:
    draft = draft_postmortem(outage(), settings=SETTINGS)
    file = tmp_path / "run.zip"
    file.write_bytes(pack_run(outage(), draft, SETTINGS))

    assert Bundle(file).manifest.model is None
    assert json_of(Bundle(file).replay()) == json_of(draft)


def test_the_same_run_is_the_same_bundle() -> None:
    assert bundle_of(outage()) == a_bundle()


def test_settings_and_sections_are_kept(tmp_path: Path) -> None:
    section = Section(id="money", title={Language.EN: "Money"}, instructions="What it cost.")
    settings = Settings(
        language=Language.EN, created=SETTINGS.created, sections=(section,), ignore=("omission",), verify=False
    )
    draft = draft_postmortem(outage(), settings=settings)
    file = tmp_path / "run.zip"
    file.write_bytes(pack_run(outage(), draft, settings))

    assert Bundle(file).manifest.settings == settings
    assert json_of(Bundle(file).replay()) == json_of(draft)


def test_what_it_says_of_the_run(file: Path) -> None:
    manifest = Bundle(file).manifest

    assert (manifest.pmdraft, manifest.model, manifest.address) == (
        VERSION,
        "scripted-1",
        "https://llm.example.com/v1/",
    )
    assert {"python", "jinja2", "pydantic"} <= manifest.versions.keys()


def test_prompts_are_in_it_word_for_word(file: Path) -> None:
    held = members(file)
    root = Path(__file__).parent.parent.parent / "prompts"

    assert all(held[f"prompts/{path.relative_to(root).as_posix()}"] == path.read_bytes() for path in root.rglob("*.j2"))


def test_no_secret_is_in_it(file: Path) -> None:
    data = file.read_bytes()

    assert PLANTED.encode() not in data
    assert b"REDACTED_AWS_KEY_ID_1" in data


def test_inputs_are_in_it_by_name_and_hash_alone(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    (folder / "ops").mkdir(parents=True)
    (folder / "ops" / "day.json").write_text("[]")
    log = tmp_path / "app.log"
    log.write_text("nobody should see this line\n")
    file = tmp_path / "run.zip"
    file.write_bytes(bundle_of(outage(), Given(inputs=[log, folder])))

    inputs = Bundle(file).manifest.inputs

    assert [item.name for item in inputs] == ["app.log", "export"]
    assert inputs[0] == hashed(log)
    assert inputs[1] == hashed(folder)
    assert b"nobody should see" not in file.read_bytes()
    assert str(tmp_path).encode() not in file.read_bytes()


def test_a_folders_hash_changes_with_any_file_in_it(tmp_path: Path) -> None:
    before = hashed(tmp_path)
    (tmp_path / "new.json").write_text("[]")

    assert hashed(tmp_path).sha256 != before.sha256


def test_templates_of_ones_own_are_kept_and_used(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "postmortem.en.md.j2").write_text("Mine: {{ pm.title | text if false else 'x' }}\n")
    (own / "notes.txt").write_text("not a template")
    file = tmp_path / "run.zip"
    file.write_bytes(bundle_of(outage(), Given(templates=own)))
    bundle = Bundle(file)

    with bundle.templates() as templates:
        again = render_markdown(bundle.replay(), templates=templates)

    assert again == "Mine: x\n"
    assert "templates/postmortem.en.md.j2" in members(file)
    assert "templates/notes.txt" not in members(file)


# Files that are no bundles, and bundles of other versions.


@pytest.mark.parametrize("name", ["bundle.json", "incident.json", "draft.json", "draft.md", "responses.jsonl"])
def test_a_bundle_that_lacks_a_part_is_one_line(file: Path, name: str) -> None:
    file.write_bytes(zipped({other: data for other, data in members(file).items() if other != name}))

    with pytest.raises(InputError, match=rf"run\.zip: holds no {name}; is this a file that --bundle made\?"):
        Bundle(file)


@pytest.mark.parametrize("name", ["bundle.json", "incident.json", "draft.json", "responses.jsonl"])
@pytest.mark.parametrize("content", [b"", b"{", b'{"format": "x"}', b"\xff", b"[" * 100_000])
def test_a_part_of_another_form_is_one_line(file: Path, name: str, content: bytes) -> None:
    forged(file, {name: content})

    with pytest.raises(InputError, match=rf"run\.zip: {name}") as raised:
        Bundle(file)
    assert "\n" not in str(raised.value)


def test_a_bundle_of_another_pmdraft_says_which_one_to_install(file: Path) -> None:
    manifest = json.loads(members(file)["bundle.json"]) | {"pmdraft": "0.0.9"}
    header = members(file)["responses.jsonl"].splitlines(keepends=True)[0]
    forged(file, {"bundle.json": json.dumps(manifest).encode(), "responses.jsonl": header})

    with pytest.raises(InputError, match=r"made by pmdraft 0\.0\.9 with other prompts .*; install that one to replay"):
        Bundle(file).replay()


def test_a_bundle_that_lacks_a_response_says_so(file: Path) -> None:
    forged(file, {"responses.jsonl": members(file)["responses.jsonl"].splitlines(keepends=True)[0]})

    with pytest.raises(RecordingMiss, match=r"run\.zip: responses\.jsonl: holds no response for the 'timeline'"):
        Bundle(file).replay()


def test_evidence_that_was_changed_never_gets_an_answer_that_was_not_for_it(file: Path) -> None:
    other = incident(evidence("S1", "API is up"))
    forged(file, {"incident.json": other.model_dump_json().encode()})

    with pytest.raises(RecordingMiss, match="holds no response"):
        Bundle(file).replay()
