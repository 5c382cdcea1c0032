"""A model's text becomes a typed answer, with one attempt at repair."""

import json

import pytest

from pmdraft.errors import BadAnswer, CutOff, ModelUnavailable
from pmdraft.llm.answer import ask, read_answer
from pmdraft.llm.schema import answer_schema
from pmdraft.llm.seam import Message, Reply, Request
from pmdraft.wire import TimelineAnswer
from tests.scripted import Line, ScriptedModel, timeline_answer, timeline_event

REQUEST = Request(
    "timeline", (Message("system", "You help."), Message("user", "What happened?")), answer_schema(TimelineAnswer)
)
ANSWER = timeline_answer(timeline_event(event='{braces} and "quotes" and ```fences```'))
GOOD = ANSWER.model_dump_json()
BROKEN = GOOD[:-10]
SCHEMALESS = '{"events": [{"evidence": ["S1"], "event": "API down"}]}'


def scripted(*lines: Line) -> ScriptedModel:
    return ScriptedModel({"timeline": list(lines)})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD, id="bare"),
        pytest.param(json.dumps(json.loads(GOOD), indent=4), id="indented"),
        pytest.param(f"```json\n{GOOD}\n```", id="fenced"),
        pytest.param(f"```\n{GOOD}\n```\n", id="fenced without a language"),
        pytest.param(f"Here is the timeline:\n\n{GOOD}", id="prose before"),
        pytest.param(f"{GOOD}\n\nI left {{chatter}} out.", id="prose with braces behind"),
        pytest.param(f"\ufeff  {GOOD}", id="byte order mark"),
        pytest.param(f"{GOOD}\n{GOOD}", id="twice"),
        pytest.param(
            f"<think>The form is {{events: [...]}}.</think>\n{GOOD}",
            id="prose with braces before",
        ),
    ],
)
def test_whatever_stands_around_the_json_is_let_by(text: str) -> None:
    model = scripted(text)

    answer, replies = ask(model, REQUEST, TimelineAnswer)

    assert answer == ANSWER
    assert replies == [Reply(text)]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (BROKEN, "the answer is not JSON"),
        ("", "holds no JSON object"),
        ("I am not sure.", "holds no JSON object"),
        ('["events"]', "holds no JSON object"),
        ('{"a":' * 100_000, "the answer is not JSON"),
        (SCHEMALESS, "events.0.timed_by: Field required"),
        ('{"events": "none"}', "events: Input should be a valid list"),
        ('{"events": [], "more": 1}', "more: Extra inputs are not permitted"),
    ],
)
def test_a_bad_answer_is_asked_for_once_more_with_the_mistake_named(bad: str, complaint: str) -> None:
    model = scripted(bad, GOOD)

    answer, replies = ask(model, REQUEST, TimelineAnswer)

    assert answer == ANSWER
    assert replies == [Reply(bad), Reply(GOOD)]
    assert model.requests[0] == REQUEST
    assert model.requests[1].messages[:2] == REQUEST.messages
    assert model.requests[1].messages[2] == Message("assistant", bad or "(empty)")
    assert model.requests[1].messages[3].role == "user"
    assert complaint in model.requests[1].messages[3].content
    assert model.requests[1].schema == REQUEST.schema


def test_a_number_without_end_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer, match="the answer"):
        read_answer(Reply('{"events": ' + "1" * 5000 + "}"), TimelineAnswer)


def test_a_long_list_of_mistakes_is_cut() -> None:
    reply = Reply('{"events": [' + ",".join(["{}"] * 4) + "]}")

    with pytest.raises(BadAnswer, match=r"events\.0\.evidence: Field required; .*; and 19 more\)$"):
        read_answer(reply, TimelineAnswer)


def test_an_answer_that_was_cut_off_is_not_argued_about_but_told_apart() -> None:
    model = scripted(Reply(BROKEN, "length"), GOOD)

    with pytest.raises(CutOff, match="cut off at the model's length limit"):
        ask(model, REQUEST, TimelineAnswer)
    assert len(model.requests) == 1


def test_an_answer_that_was_cut_off_is_not_used_even_if_it_reads_as_json() -> None:
    with pytest.raises(BadAnswer, match="cut off"):
        read_answer(Reply(GOOD, "length"), TimelineAnswer)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("", "refused"), "the model refused to answer$"),
        (Reply("I cannot\nhelp.", "refused"), r"the model refused to answer: I cannot help\."),
        (Reply(BROKEN, "filtered"), "content filter stopped the answer"),
    ],
)
def test_a_refusal_is_not_argued_with(reply: Reply, reason: str) -> None:
    model = scripted(reply, GOOD)

    with pytest.raises(BadAnswer, match=reason):
        ask(model, REQUEST, TimelineAnswer)
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("Still not sure.", "holds no JSON object"),
        (SCHEMALESS, "does not fit the schema"),
        (Reply("", "refused"), "refused to answer"),
        (Reply(BROKEN, "length"), "cut off"),
    ],
)
def test_a_second_bad_answer_is_the_last(second: str | Reply, reason: str) -> None:
    model = scripted(BROKEN, second, GOOD)

    with pytest.raises(BadAnswer, match=reason):
        ask(model, REQUEST, TimelineAnswer)
    assert len(model.requests) == 2


def test_an_endpoint_that_fails_at_the_repair_is_told_as_that() -> None:
    model = scripted(BROKEN, ModelUnavailable("no answer within 600 s"))

    with pytest.raises(ModelUnavailable, match="no answer within 600 s"):
        ask(model, REQUEST, TimelineAnswer)


def test_nothing_that_no_reader_sees_gets_into_an_answer() -> None:
    hidden = r"API\u001b[31m \u202edown\u202c \ud83d\u0007"
    text = GOOD.replace('"S1"', f'"S1{hidden}"')

    event = read_answer(Reply(text), TimelineAnswer).events[0]

    assert event.timed_by == "S1API down "
    assert event.evidence == ["S1API down "]
