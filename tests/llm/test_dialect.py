"""What an endpoint does not take is learned from its refusals, over real HTTP."""

from dataclasses import replace

import openai
import pytest

from pmdraft.llm.dialect import Dialect
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from tests.llm.endpoints import OK, REQUEST, completion, failure
from tests.llm.loopback import Canned, Loopback

CUT = Canned(completion('{"events": [{"ev', finish_reason="length"))
LATER = (
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "body.max_tokens: Extra inputs are not permitted",
)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1/", "max_completion_tokens"),
        ("https://acme.openai.azure.com/openai/v1/", "max_completion_tokens"),
        ("http://127.0.0.1:11434/v1", "max_tokens"),
        ("https://api.openai.com.example.net/v1", "max_tokens"),
    ],
)
def test_an_answer_is_limited_in_the_words_of_its_endpoint(url: str, name: str) -> None:
    assert Dialect(url).options(REQUEST, 100)[name] == 100


def test_nothing_is_limited_unasked() -> None:
    assert Dialect("http://127.0.0.1/v1").options(REQUEST, None).keys() == {"response_format"}


def test_a_temperature_that_a_reasoning_model_refuses_is_dropped_for_good(
    server: Loopback, client: openai.OpenAI
) -> None:
    told = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is supported."
    server.answers = [failure(400, told, "unsupported_value"), OK]
    model = OpenAIModel("model-1", client=client, temperature=0)

    replies = [model.complete(REQUEST).text for _ in range(2)]

    assert replies == ["{}", "{}"]
    assert [seen.body.get("temperature") for seen in server.seen] == [0, None, None]


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("told", LATER)
def test_the_other_word_for_the_length_of_an_answer_is_tried(
    server: Loopback, model: OpenAIModel, told: str, status: int
) -> None:
    server.answers = [CUT, failure(status, told), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert "max_tokens" in server.seen[1].body
    assert "max_completion_tokens" in server.seen[2].body
    assert "max_tokens" not in server.seen[2].body


# Answers that are cut off.


def test_an_answer_that_is_cut_off_is_asked_for_with_more_room_and_paid_for_twice(
    server: Loopback, model: OpenAIModel
) -> None:
    server.answers = [CUT, OK]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.stopped) == ("{}", "done")
    assert (reply.tokens_in, reply.tokens_out) == (22, 14)
    assert [seen.body.get("max_tokens") for seen in server.seen] == [None, 8 * 2048]


def test_room_that_was_enough_is_asked_for_at_once_the_next_time(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [CUT, OK]

    model.complete(REQUEST)
    model.complete(REQUEST)

    assert [seen.body.get("max_tokens") for seen in server.seen] == [None, 8 * 2048, 8 * 2048]


@pytest.mark.parametrize(
    "told",
    [
        "max_tokens is too large: 16384. This model supports at most 8192 completion tokens.",
        "max_tokens: 16384 > 8192, which is the maximum allowed number of output tokens for model-1",
        "'max_tokens' or 'max_completion_tokens' is too large: 16384. This model's maximum context length is 20000.",
    ],
)
def test_an_endpoint_that_gives_less_room_is_asked_for_less(server: Loopback, model: OpenAIModel, told: str) -> None:
    server.answers = [CUT, failure(400, told), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert [seen.body.get("max_tokens") for seen in server.seen] == [None, 8 * 2048, 4 * 2048]


def test_an_endpoint_that_gives_no_more_room_leaves_the_answer_cut_off(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [CUT, failure(400, "max_tokens is too large")]

    reply = model.complete(REQUEST)

    assert reply.stopped == "length"
    assert len(server.seen) == 4


def test_an_answer_that_is_cut_off_again_stays_so(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [CUT]

    assert model.complete(REQUEST).stopped == "length"
    assert len(server.seen) == 2


def test_a_limited_run_gives_no_more_room_than_its_limit(server: Loopback, client: openai.OpenAI) -> None:
    server.answers = [CUT]
    model = OpenAIModel("model-1", client=client, policy=CallPolicy())

    reply = model.complete(replace(REQUEST, most_out=500))

    assert reply.stopped == "length"
    assert [seen.body["max_tokens"] for seen in server.seen] == [500]


def test_a_limit_above_what_the_endpoint_gives_is_left_out(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [failure(400, "max_tokens is too large: 900000"), OK]

    assert model.complete(replace(REQUEST, most_out=900_000)).text == "{}"
    assert ["max_tokens" in seen.body for seen in server.seen] == [True, False]
