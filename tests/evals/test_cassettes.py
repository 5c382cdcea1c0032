"""Recorded against a real server, played with the server gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.cassettes import Stale, playing, recording
from pmdraft.errors import ModelError
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from pmdraft.llm.seam import Message, Request
from tests.llm.endpoints import completion
from tests.llm.loopback import Canned, Loopback

EVIDENCE = "only-in-the-evidence"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Loopback().serving() as loopback:
        loopback.answers = [Canned(completion('{"a": 1}'), headers={"x-request-id": "4711", "set-cookie": "x=y"})]
        yield loopback


def request(stage: str = "timeline", text: str = EVIDENCE) -> Request:
    schema: dict[str, object] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    return Request(stage, (Message("user", text),), schema)


def model(url: str) -> OpenAIModel:
    return OpenAIModel("hand-answered", base_url=url, api_key="k3y", policy=CallPolicy(retries=0))


@pytest.fixture
def cassette(tmp_path: Path, server: Loopback) -> Path:
    path = tmp_path / "case" / "cassettes" / "pmdraft.yaml"
    with recording(path):
        model(server.url).complete(request())
    return path


def test_what_was_recorded_is_played_wherever_it_was_recorded(cassette: Path, server: Loopback) -> None:
    before = len(server.seen)

    with playing(cassette):
        reply = model("http://127.0.0.1:9/v1").complete(request())

    assert reply.text == '{"a": 1}'
    assert len(server.seen) == before


def test_a_cassette_holds_neither_the_evidence_nor_a_key_nor_a_volatile_header(cassette: Path) -> None:
    text = cassette.read_text(encoding="utf-8")

    assert not [
        word for word in (EVIDENCE, "k3y", "4711", "x=y", "127.0.0.1") if word in text.replace("127.0.0.1:", "")
    ]
    assert "hand-answered" in text


def test_a_changed_prompt_is_told_by_the_name_of_its_stage(cassette: Path) -> None:
    changed = request(text="a new prompt")

    with (
        pytest.raises(Stale, match="no answer for: timeline; not asked for: timeline"),
        playing(cassette),
        pytest.raises(ModelError),
    ):
        model("http://127.0.0.1:9/v1").complete(changed)


def test_a_recording_that_nothing_asks_for_fails(cassette: Path) -> None:
    with pytest.raises(Stale, match="not asked for: timeline"), playing(cassette):
        pass


def test_a_case_without_a_recording_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Stale, match="python -m evals record case"), playing(tmp_path / "case" / "cassettes" / "x.yaml"):
        pass


def test_recording_again_asks_only_for_what_is_new_and_drops_what_is_old(cassette: Path, server: Loopback) -> None:
    before = len(server.seen)
    with recording(cassette):
        model(server.url).complete(request())
        model(server.url).complete(request("causes"))
    assert len(server.seen) == before + 1
    with recording(cassette):
        model(server.url).complete(request("causes"))

    with playing(cassette):
        model("http://127.0.0.1:9/v1").complete(request("causes"))
