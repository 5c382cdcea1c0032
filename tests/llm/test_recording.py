"""A run's responses in a file, and drafting again from them."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pmdraft.background import side_by_side
from pmdraft.errors import BadAnswer, InputError, ModelError, ModelUnavailable, PromptTooLong, RecordingMiss
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.recording import RecordingFile, ReplayModel
from pmdraft.llm.seam import Message, Reply, Request
from tests.scripted import Line, ScriptedModel


def request(text: str = "What happened?", stage: str = "timeline") -> Request:
    schema: dict[str, object] = {"type": "object", "properties": {}}
    return Request(stage, (Message("system", "You help."), Message("user", text)), schema)


def scripted(*lines: Line) -> ScriptedModel:
    return ScriptedModel({"timeline": list(lines)})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


def recording(model: ScriptedModel, file: Path) -> KeepingModel:
    return KeepingModel(model, RecordingFile(file, model.name))


def record(file: Path, *lines: Line, asked: Request | None = None) -> None:
    kept = RecordingFile(file, "scripted-1")
    try:
        KeepingModel(scripted(*lines), kept).complete(asked or request())
    finally:
        kept.close()


@pytest.mark.parametrize(
    "reply",
    [
        Reply('{"events": []}', "done", 11, 7),
        Reply("接続プール\n枯渇\r\n\u2028\x85\x0b 🔥", "length"),
        Reply("", "refused", 11, 0),
        Reply("half", "filtered"),
        pytest.param(
            Reply("no \ud83d"),
        ),
    ],
)
def test_a_replay_gives_what_was_recorded(file: Path, reply: Reply) -> None:
    first = recording(scripted(reply), file).complete(request())
    again = ReplayModel(file).complete(request())

    assert first == reply
    assert again == reply


def test_a_replay_has_the_name_and_the_date_of_the_recorded_run(file: Path) -> None:
    recorded = RecordingFile(file, "model-7")

    replay = ReplayModel(file)

    assert replay.name == "model-7"
    assert replay.created == recorded.created
    assert replay.created.utcoffset() is not None


def test_a_response_is_stored_as_soon_as_it_is_there(file: Path) -> None:
    model = recording(scripted("{}"), file)

    model.complete(request("one"))
    after_one = file.read_text(encoding="utf-8")
    model.complete(request("two"))

    assert len(after_one.splitlines()) == 2
    assert file.read_text(encoding="utf-8").startswith(after_one)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3


def test_an_equal_request_is_equal_whatever_the_order_of_its_schema(file: Path) -> None:
    record(file, "{}")
    turned = replace(request(), schema=dict(reversed(request().schema.items())))

    reply = ReplayModel(file).complete(turned)

    assert reply.text == "{}"


@pytest.mark.parametrize(
    "other",
    [
        request("What happened then?"),
        replace(request(), schema={"type": "object", "properties": {"a": {}}}),
        replace(request(), messages=(*request().messages, Message("user", ""))),
        replace(request(), messages=(Message("user", "You help."), Message("user", "What happened?"))),
    ],
)
def test_a_request_that_was_never_recorded_is_a_miss(file: Path, other: Request) -> None:
    record(file, "{}")

    with pytest.raises(
        RecordingMiss, match=r"run\.jsonl: holds no response for the 'timeline' request .* record it again"
    ):
        ReplayModel(file).complete(other)


def test_a_replay_can_be_asked_the_same_twice(file: Path) -> None:
    record(file, "{}")
    replay = ReplayModel(file)

    replies = [replay.complete(request()) for _ in range(2)]

    assert [reply.text for reply in replies] == ["{}", "{}"]


# Failures.


@pytest.mark.parametrize(
    "error",
    [ModelUnavailable("no answer within 600 s"), BadAnswer("the model refused"), PromptTooLong("too long for it")],
)
def test_a_recorded_failure_fails_again_the_same_way(file: Path, error: ModelError) -> None:
    with pytest.raises(type(error), match=str(error)):
        record(file, error)

    with pytest.raises(ModelError, match=f"^{error}$") as raised:
        ReplayModel(file).complete(request())
    assert type(raised.value) is type(error)


def test_a_recorded_failure_is_asked_again_by_the_next_run(file: Path) -> None:
    with pytest.raises(ModelUnavailable, match="busy"):
        record(file, ModelUnavailable("busy"))

    record(file, "{}")

    assert ReplayModel(file).complete(request()).text == "{}"


def test_a_miss_of_the_model_behind_is_not_recorded(file: Path) -> None:
    with pytest.raises(RecordingMiss, match="no response"):
        record(file, RecordingMiss("no response"))

    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


# Resuming.


def test_a_run_that_goes_on_asks_only_for_what_is_missing(file: Path) -> None:
    record(file, "first", asked=request("one"))
    model = scripted("second")
    resumed = recording(model, file)

    replies = [resumed.complete(request(text)).text for text in ("one", "two", "two")]

    assert replies == ["first", "second", "second"]
    assert model.requests == [request("two")]


def test_a_run_that_goes_on_keeps_its_date(file: Path) -> None:
    record(file, "{}")
    created = ReplayModel(file).created
    header, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)
    year = str(created.year)
    file.write_text(header.replace(f'"{year}-', '"2001-') + "".join(rest), encoding="utf-8")

    recorded = RecordingFile(file, "scripted-1")

    assert recorded.created.year == 2001
    assert ReplayModel(file).created.year == 2001


def test_half_a_line_at_the_end_is_taken_off_before_the_next_is_written(file: Path) -> None:
    record(file, "first", asked=request("one"))
    with file.open("ab") as end:
        end.write('{"request": "abc", "text": "途中'.encode()[:-1])

    record(file, "second", asked=request("two"))

    replay = ReplayModel(file)
    assert [replay.complete(request(text)).text for text in ("one", "two")] == ["first", "second"]
    assert "abc" not in file.read_text(encoding="utf-8")


def test_half_a_line_at_the_end_does_not_keep_a_replay_from_the_rest(file: Path) -> None:
    record(file, "first")
    with file.open("ab") as end:
        end.write(b'{"request": "abc')
    before = file.read_bytes()

    reply = ReplayModel(file).complete(request())

    assert reply.text == "first"
    assert file.read_bytes() == before


def test_a_recording_of_another_model_is_refused_and_left_alone(file: Path) -> None:
    record(file, "{}")
    before = file.read_bytes()

    with pytest.raises(
        InputError, match=r"run\.jsonl: holds responses of model 'scripted-1', not 'other'; name another"
    ):
        RecordingFile(file, "other")
    assert file.read_bytes() == before


# Files that are no recordings.


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"# Notes\n\nsome words\n", 1),
        (b'{"format": "pmdraft-recording/9", "created": "2025-10-27T00:00:00Z", "model": "m"}\n', 1),
        (b'{"format": "pmdraft-recording/1", "created": "2025-10-27T00:00:00", "model": "m"}\n', 1),
        (b"\xff\xfe\x00\n", 1),
    ],
)
@pytest.mark.parametrize("opened", [ReplayModel, lambda path: RecordingFile(path, "scripted-1")])
def test_a_file_that_is_no_recording_is_one_clear_line(
    file: Path,
    content: bytes,
    line: int,
    opened: type[ReplayModel],
) -> None:
    file.write_bytes(content)

    with pytest.raises(InputError, match=rf"run\.jsonl:{line}: not a line of a recording; .*--record") as raised:
        opened(file)
    assert "\n" not in str(raised.value)
    assert file.read_bytes() == content


@pytest.mark.parametrize("bad", ["oops", "{}", "", '{"request": "a", "stage": "b", "stopped": "later"}'])
def test_a_line_that_is_no_response_is_named_by_its_number(file: Path, bad: str) -> None:
    record(file, "{}")
    with file.open("a", encoding="utf-8") as end:
        end.write(f"{bad}\n")
    with file.open("a", encoding="utf-8") as end:
        end.write('{"request": "a", "stage": "b"}\n')

    with pytest.raises(InputError, match=r"run\.jsonl:3: not a line of a recording"):
        ReplayModel(file)


def test_a_recording_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(InputError, match=r"run\.jsonl: cannot be read \(No such file or directory\); check the path"):
        ReplayModel(file)


def test_a_place_that_cannot_be_written_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    model = ScriptedModel()

    with pytest.raises(InputError, match=r"run\.jsonl: cannot be written \(No such file or directory\); name another"):
        recording(model, tmp_path / "missing" / "run.jsonl")
    assert model.requests == []


def test_a_replay_of_an_empty_file_is_one_clear_line(file: Path) -> None:
    file.touch()

    with pytest.raises(InputError, match=r"run\.jsonl:1: not a line of a recording"):
        ReplayModel(file)


# Two runs.


def test_two_runs_do_not_record_to_one_file(file: Path) -> None:
    first = RecordingFile(file, "scripted-1")
    before = file.read_bytes()

    with pytest.raises(InputError, match=r"run\.jsonl: another run is recording to it; wait for that one, or name"):
        RecordingFile(file, "scripted-1")
    assert file.read_bytes() == before
    first.close()
    RecordingFile(file, "scripted-1").close()


def test_a_recording_can_be_replayed_while_it_is_made(file: Path) -> None:
    model = recording(scripted("{}"), file)
    model.complete(request())

    assert ReplayModel(file).complete(request()).text == "{}"


def test_only_the_user_may_read_a_recording(file: Path) -> None:
    record(file, "{}")

    assert file.stat().st_mode & 0o777 == 0o600


# Side by side.


def test_requests_side_by_side_are_all_recorded_each_on_its_line(file: Path) -> None:
    together = threading.Barrier(8)

    def answer(asked: Request) -> Reply:
        together.wait(5)
        return Reply(f"{asked.messages[1].content} " * 5000)

    model = recording(scripted(answer), file)
    asked = [request(f"question {number}") for number in range(8)]

    given = side_by_side([lambda one=one: model.complete(one) for one in asked], at_once=8)  # type: ignore[misc]  # mypy has no type for a lambda's default

    replay = ReplayModel(file)
    assert [replay.complete(one) for one in asked] == given
    assert len({reply.text for reply in given}) == 8
