"""An OpenAI-compatible endpoint in its bad hours, over real HTTP."""

import gzip
import threading
import time
from collections.abc import Callable

import openai
import pytest

from pmdraft.background import start
from pmdraft.errors import BadAnswer, ModelUnavailable
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.guarded import MOST_BYTES
from pmdraft.llm.patience import CallPolicy
from tests.llm.endpoints import NO_SCHEMAS, OK, REQUEST, closed_port, completion, failure, model_at
from tests.llm.loopback import Canned, Loopback, Seen

# Failures that pass, and failures that do not.


def test_a_rate_limit_is_waited_out_as_long_as_the_server_asks(
    server: Loopback, model: OpenAIModel, waits: list[float]
) -> None:
    server.answers = [failure(429, "slow down", **{"Retry-After": "7"}), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == [7.0]


def test_a_wait_beyond_the_deadline_is_not_begun(server: Loopback, waits: list[float]) -> None:
    server.answers = [failure(429, "slow down", **{"Retry-After": "120"}), OK]

    with pytest.raises(ModelUnavailable, match=r"HTTP 429: .*slow down"):
        model_at(server.url, waits, deadline=60).complete(REQUEST)
    assert waits == []
    assert len(server.seen) == 1


@pytest.mark.parametrize("header", ["soon", "-5", "nan"])
def test_a_retry_after_that_is_no_number_of_seconds_does_no_harm(
    server: Loopback, model: OpenAIModel, waits: list[float], header: str
) -> None:
    server.answers = [failure(429, **{"Retry-After": header}), OK]

    model.complete(REQUEST)

    assert len(waits) == 1
    assert 0 <= waits[0] <= 1


def test_an_empty_account_is_not_asked_again(server: Loopback, model: OpenAIModel, waits: list[float]) -> None:
    server.answers = [failure(429, "You exceeded your current quota", "insufficient_quota"), OK]

    with pytest.raises(ModelUnavailable, match=r"HTTP 429: .*exceeded your current quota"):
        model.complete(REQUEST)
    assert waits == []
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_a_server_in_trouble_is_asked_again_with_longer_waits(
    server: Loopback, model: OpenAIModel, waits: list[float], status: int
) -> None:
    server.answers = [failure(status), failure(status), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == [1.0, 2.0]


def test_trouble_that_stays_is_given_up_after_the_last_attempt(
    server: Loopback, model: OpenAIModel, waits: list[float]
) -> None:
    server.answers = [failure(500, "boom")]

    with pytest.raises(ModelUnavailable, match=r"'model-1': HTTP 500: .*boom"):
        model.complete(REQUEST)
    assert len(server.seen) == 5
    assert waits == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (400, "check the endpoint"),
        (401, "check OPENAI_API_KEY"),
        (403, "check OPENAI_API_KEY"),
        (404, "check --model and --base-url"),
        (422, "check the endpoint"),
    ],
)
def test_a_refused_request_is_not_repeated_and_says_what_to_check(
    server: Loopback, model: OpenAIModel, waits: list[float], status: int, hint: str
) -> None:
    server.answers = [failure(status, "not like this")]

    with pytest.raises(ModelUnavailable, match=f"'model-1': HTTP {status}: .*not like this; {hint}$"):
        model.complete(REQUEST)
    assert waits == []
    assert len(server.seen) == 1


def test_a_prompt_that_is_too_long_is_a_bad_answer(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [failure(400, "maximum context length is 8192 tokens", "context_length_exceeded")]

    with pytest.raises(BadAnswer, match="the evidence is too long for it; lower --token-budget"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


def test_a_filtered_prompt_is_a_bad_answer(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [failure(400, "The response was filtered", "content_filter")]

    with pytest.raises(BadAnswer, match="content filter stopped the request"):
        model.complete(REQUEST)


def test_a_connection_that_breaks_off_is_tried_again(server: Loopback, model: OpenAIModel, waits: list[float]) -> None:
    server.answers = [Canned("{}", headers={"Content-Encoding": "gzip"}), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == [1.0]


def test_an_endpoint_that_is_not_there_is_tried_again_and_named(waits: list[float]) -> None:
    port = closed_port()

    with pytest.raises(ModelUnavailable, match=rf"cannot reach http://127\.0\.0\.1:{port}/v1/ .*; check the address"):
        model_at(f"http://127.0.0.1:{port}/v1", waits).complete(REQUEST)
    assert waits == [1.0, 2.0]


# The deadline.


def silent(server: Loopback) -> Callable[[Seen], Canned]:
    def answer(_: Seen) -> Canned:
        server.closing.wait(5)
        return OK

    return answer


def test_silence_ends_at_the_deadline(server: Loopback, waits: list[float]) -> None:
    server.answers = [silent(server)]
    begun = time.monotonic()

    with pytest.raises(ModelUnavailable, match=r"'model-1': no answer within 0\.3 s; is the endpoint busy\?"):
        model_at(server.url, waits, deadline=0.3).complete(REQUEST)
    assert time.monotonic() - begun < 3


def test_a_server_that_drips_ends_at_the_deadline_too(server: Loopback, waits: list[float]) -> None:
    # Whole after some 10 s: the answer itself is good, it only comes too slowly.
    server.answers = [Canned(completion("{}" + " " * 100), drip=0.04)]
    begun = time.monotonic()

    with pytest.raises(ModelUnavailable, match=r"no answer within 0\.3 s"):
        model_at(server.url, waits, deadline=0.3).complete(REQUEST)
    assert time.monotonic() - begun < 3


def test_all_attempts_share_one_deadline(server: Loopback, client: openai.OpenAI) -> None:
    server.answers = [failure(500, **{"Retry-After": "0"})]
    policy = CallPolicy(deadline=0.3, retries=100_000, sleep=lambda _: None)
    begun = time.monotonic()

    with pytest.raises(ModelUnavailable, match=r"HTTP 500|no answer within 0\.3 s"):
        OpenAIModel("model-1", client=client, policy=policy).complete(REQUEST)
    assert time.monotonic() - begun < 3


# Endpoints that know no schemas.


@pytest.mark.parametrize("word", ["response_format", "json_schema"])
def test_an_endpoint_that_knows_no_schemas_is_asked_without(
    server: Loopback, model: OpenAIModel, waits: list[float], word: str
) -> None:
    server.answers = [failure(400, f"Unknown parameter: {word!r}."), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == []
    assert ["response_format" in seen.body for seen in server.seen] == [True, False]


def test_an_endpoint_that_knows_no_schemas_is_remembered(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [NO_SCHEMAS, OK]

    model.complete(REQUEST)
    model.complete(REQUEST)

    assert ["response_format" in seen.body for seen in server.seen] == [True, False, False]


def test_an_endpoint_that_complains_for_ever_is_asked_twice(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [NO_SCHEMAS]

    with pytest.raises(ModelUnavailable, match=r"HTTP 400: .*response_format"):
        model.complete(REQUEST)
    assert len(server.seen) == 2


def test_two_requests_at_once_both_learn_that_there_are_no_schemas(server: Loopback, model: OpenAIModel) -> None:
    both_asked = threading.Barrier(2)
    first_asked_again = threading.Event()

    def answer(seen: Seen) -> Canned:
        if "response_format" not in seen.body:
            first_asked_again.set()
            return OK
        if both_asked.wait(5) == 0:
            first_asked_again.wait(5)
        return NO_SCHEMAS

    server.answers = [answer]

    calls = [start(lambda: model.complete(REQUEST)) for _ in range(2)]

    assert [call.result(10).text for call in calls] == ["{}", "{}"]


def test_evidence_is_not_sent_on_to_another_host(server: Loopback, waits: list[float]) -> None:
    with Loopback().serving() as other:
        elsewhere = f"{other.url.replace('127.0.0.1', 'localhost')}/chat/completions"
        server.answers = [Canned("", 307, {"Location": elsewhere})]

        with pytest.raises(ModelUnavailable, match="is not used: it sends requests on to localhost; check --base-url"):
            model_at(server.url, waits).complete(REQUEST)

        assert other.seen == []


def test_a_redirect_on_the_same_host_is_followed(server: Loopback, waits: list[float]) -> None:
    server.answers = [Canned("", 307, {"Location": "/v2/chat/completions"}), OK]

    model_at(server.url, waits).complete(REQUEST)

    assert [seen.path for seen in server.seen] == ["/v1/chat/completions", "/v2/chat/completions"]


def test_an_answer_without_end_does_not_fill_the_memory(server: Loopback, waits: list[float]) -> None:
    bomb = gzip.compress(b" " * (MOST_BYTES + 1), 1)
    server.answers = [Canned(bomb, headers={"Content-Encoding": "gzip"})]

    with pytest.raises(ModelUnavailable, match="is not used: it answers with more than 64 MB; check"):
        model_at(server.url, waits).complete(REQUEST)

    assert waits == []
