"""Answers that are kept between runs without being asked to."""

import os
import time
from pathlib import Path

import pytest

from pmdraft.errors import BadAnswer, ModelUnavailable
from pmdraft.llm.answer import ask
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.response_cache import ResponseCache
from pmdraft.llm.schema import answer_schema
from pmdraft.llm.seam import Message, Reply, Request
from pmdraft.wire import TimelineAnswer
from tests.scripted import Line, ScriptedModel, timeline_answer

GOOD = timeline_answer().model_dump_json()
REQUEST = Request("timeline", (Message("user", "What happened?"),), answer_schema(TimelineAnswer))
MONTH = 31 * 24 * 3600


def cache(
    folder: Path, *, model: str = "scripted-1", endpoint: str = "http://127.0.0.1:9/v1/", told: list[str] | None = None
) -> ResponseCache:
    return ResponseCache(folder, model=model, endpoint=endpoint, tell=(told if told is not None else []).append)


def keeping(folder: Path, *lines: Line) -> tuple[KeepingModel, ScriptedModel]:
    model = ScriptedModel({"timeline": list(lines)})
    return KeepingModel(model, cache(folder)), model


def test_what_was_answered_is_not_asked_for_again(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, Reply(GOOD, "done", 11, 7, 5))
    second, model = keeping(tmp_path, "other")
    first.complete(REQUEST)

    reply = second.complete(REQUEST)

    assert reply == Reply(GOOD, "done", 11, 7, 5)
    assert reply.kept
    assert model.requests == []


def test_another_model_or_endpoint_is_asked(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, GOOD)
    first.complete(REQUEST)
    others = [cache(tmp_path, model="other"), cache(tmp_path, endpoint="http://127.0.0.1:10/v1/")]

    assert [other.response(REQUEST) for other in others] == [None, None]
    assert cache(tmp_path).response(REQUEST) is not None


def test_another_request_is_asked(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, GOOD)
    first.complete(REQUEST)
    second, _ = keeping(tmp_path, "other")

    assert second.complete(REQUEST.after("x", "y")).text == "other"


@pytest.mark.parametrize("line", [Reply("no", "refused"), Reply("", "filtered")])
def test_a_refusal_is_asked_about_again(tmp_path: Path, line: Reply) -> None:
    first, _ = keeping(tmp_path, line)
    first.complete(REQUEST)
    second, _ = keeping(tmp_path, GOOD)

    assert second.complete(REQUEST).text == GOOD


@pytest.mark.parametrize("error", [ModelUnavailable("down"), BadAnswer("odd")])
def test_a_failure_is_not_kept(tmp_path: Path, error: Exception) -> None:
    first, _ = keeping(tmp_path, error)
    with pytest.raises(type(error), match=str(error)):
        first.complete(REQUEST)

    assert not list(tmp_path.iterdir())


def test_files_and_folder_are_the_users_alone_and_no_half_file_is_ever_there(tmp_path: Path) -> None:
    model, _ = keeping(tmp_path / "new" / "responses", GOOD)

    model.complete(REQUEST)

    folder = tmp_path / "new" / "responses"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(path.suffix, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [(".json", 0o600)]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"request": "a"}', b'{"more": 1}'])
def test_a_broken_file_is_asked_about_again_and_mended(tmp_path: Path, content: bytes) -> None:
    first, _ = keeping(tmp_path, "first")
    first.complete(REQUEST)
    next(tmp_path.iterdir()).write_bytes(content)
    second, _ = keeping(tmp_path, GOOD)

    assert second.complete(REQUEST).text == GOOD
    assert keeping(tmp_path, "third")[0].complete(REQUEST).text == GOOD


def test_what_is_older_than_a_month_is_removed(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, GOOD)
    first.complete(REQUEST)
    old = time.time() - MONTH
    os.utime(next(tmp_path.iterdir()), (old, old))

    cache(tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_once_and_the_run_goes_on(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "file").touch()
    model = KeepingModel(ScriptedModel({"timeline": GOOD}), cache(tmp_path / "file" / "responses", told=told))

    replies = [model.complete(REQUEST).text for _ in range(2)]

    assert replies == [GOOD, GOOD]
    assert len(told) == 1
    assert told[0].startswith("note: answers are not kept (")


# Repairs.


def test_a_repair_that_helped_is_not_asked_for_again(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, "nonsense", GOOD)
    second, model = keeping(tmp_path, "other")

    before = ask(first, REQUEST, TimelineAnswer)
    after = ask(second, REQUEST, TimelineAnswer)

    assert before == after
    assert model.requests == []


def test_a_repair_that_did_not_help_is_asked_for_again_by_the_next_run(tmp_path: Path) -> None:
    first, _ = keeping(tmp_path, "nonsense", "more nonsense")
    with pytest.raises(BadAnswer, match="no JSON object"):
        ask(first, REQUEST, TimelineAnswer)
    second, model = keeping(tmp_path, GOOD)
    third, silent = keeping(tmp_path, "other")

    answer, replies = ask(second, REQUEST, TimelineAnswer)
    again, _ = ask(third, REQUEST, TimelineAnswer)

    assert answer == again == timeline_answer()
    assert [reply.text for reply in replies] == ["nonsense", GOOD]
    assert len(model.requests) == 1
    assert model.requests[0].is_repair
    assert silent.requests == []


def test_a_third_try_is_the_last(tmp_path: Path) -> None:
    for _ in range(2):
        model, _ = keeping(tmp_path, "nonsense")
        with pytest.raises(BadAnswer, match="no JSON object"):
            ask(model, REQUEST, TimelineAnswer)
    last, scripted = keeping(tmp_path, "nonsense")

    with pytest.raises(BadAnswer, match="no JSON object"):
        ask(last, REQUEST, TimelineAnswer)
    assert len(scripted.requests) == 1
