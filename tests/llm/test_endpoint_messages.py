"""What a user is told when an endpoint fails: one line, what to do, and no secret."""

import openai
import pytest

from pmdraft.errors import ModelError, ModelUnavailable
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from tests.llm.endpoints import HTML, KEY, OK, REQUEST, TO_DO, closed_port, failure, model_at
from tests.llm.loopback import Canned, Loopback

# What the messages say.


REFUSED = [
    failure(400),
    failure(401, "Incorrect API key\nprovided.\n\nSee the page."),
    failure(404, "x" * 5000),
    Canned("<html>\n<h1>Forbidden</h1>\n</html>", 403, HTML),
    failure(429, "You exceeded your current quota", "insufficient_quota"),
    failure(400, code="context_length_exceeded"),
    Canned("<html>\n</html>", headers=HTML),
    pytest.param(
        failure(500, "line one\nline two"),
    ),
    pytest.param(
        failure(429, "slow\ndown"),
    ),
    pytest.param(
        failure(400, code="content_filter"),
    ),
]


@pytest.mark.parametrize("canned", REFUSED)
def test_a_message_is_one_line_that_says_what_to_do(server: Loopback, model: OpenAIModel, canned: Canned) -> None:
    server.answers = [canned]

    with pytest.raises(ModelError, match=TO_DO) as raised:
        model.complete(REQUEST)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_the_key_is_in_no_message(server: Loopback, model: OpenAIModel, status: int) -> None:
    server.answers = [failure(status)]

    with pytest.raises(ModelError, match=f"HTTP {status}") as raised:
        model.complete(REQUEST)
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_key_that_the_server_repeats_is_in_no_message(server: Loopback, model: OpenAIModel, status: int) -> None:
    server.answers = [failure(status, f"Invalid proxy server token passed. Received API Key = {KEY}")]

    with pytest.raises(ModelError, match=f"HTTP {status}") as raised:
        model.complete(REQUEST)
    assert KEY not in str(raised.value)


def test_a_key_with_a_stray_newline_is_in_no_message(server: Loopback, waits: list[float]) -> None:
    server.answers = [OK]

    with pytest.raises(ModelUnavailable, match="'model-1'") as raised:
        model_at(server.url, waits, key=f"{KEY}\n").complete(REQUEST)
    assert KEY not in str(raised.value)


def test_a_key_that_no_header_can_carry_is_an_error_of_ours(server: Loopback, waits: list[float]) -> None:
    server.answers = [OK]

    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY"):
        model_at(server.url, waits, key="キー").complete(REQUEST)


def test_a_password_in_the_address_is_in_no_message(waits: list[float]) -> None:
    with pytest.raises(ModelUnavailable, match="cannot reach") as raised:
        model_at(f"http://user:Pa55w0rd@127.0.0.1:{closed_port()}/v1", waits).complete(REQUEST)
    assert "Pa55w0rd" not in str(raised.value)


def test_the_beginning_of_a_key_is_in_no_message_either(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [failure(401, "x" * 150 + f" Received API Key = {KEY}")]

    with pytest.raises(ModelUnavailable, match="HTTP 401") as raised:
        model.complete(REQUEST)
    assert KEY[:8] not in str(raised.value)


def test_the_key_of_a_client_of_ones_own_is_in_no_message(server: Loopback) -> None:
    client = openai.OpenAI(base_url=server.url, api_key=f"{KEY}\n")

    with pytest.raises(ModelUnavailable, match="'model-1'") as raised:
        OpenAIModel("model-1", client=client, policy=CallPolicy(retries=0)).complete(REQUEST)
    assert KEY not in str(raised.value)
