"""What an OpenAI-compatible endpoint is sent, and what is made of its answers, over real HTTP."""

import openai
import pytest

from pmdraft.errors import BadAnswer, ModelUnavailable
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from pmdraft.llm.seam import Reply
from tests.llm.endpoints import HTML, KEY, OK, REQUEST, completion, failure, model_at
from tests.llm.loopback import Canned, Loopback

# What is sent.


def test_the_request_carries_model_messages_and_a_strict_schema(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [OK]

    model.complete(REQUEST)

    assert server.seen[0].path == "/v1/chat/completions"
    assert server.seen[0].body == {
        "model": "model-1",
        "messages": [{"role": "system", "content": "You help."}, {"role": "user", "content": "接続プール枯渇"}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "timeline", "strict": True, "schema": REQUEST.schema},
        },
    }


def test_address_and_key_can_be_given(server: Loopback, waits: list[float]) -> None:
    server.answers = [OK]

    model_at(server.url, waits).complete(REQUEST)

    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(server.seen[0].body)


def test_address_and_key_come_from_the_environment_when_none_are_given(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "from-environment")
    server.answers = [OK]

    OpenAIModel("model-1").complete(REQUEST)

    assert server.seen[0].headers["authorization"] == "Bearer from-environment"


def test_an_address_that_is_set_to_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "")

    assert OpenAIModel("model-1", api_key=KEY).address.startswith("https://api.openai.com/")


def test_without_a_key_the_message_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(ModelUnavailable, match="'model-1': no API key; set OPENAI_API_KEY"):
        OpenAIModel("model-1", base_url="http://127.0.0.1:9/v1")


def test_a_clients_own_retries_are_put_out(server: Loopback, client: openai.OpenAI) -> None:
    server.answers = [failure(500)]
    model = OpenAIModel("model-1", client=client, policy=CallPolicy(retries=0))

    with pytest.raises(ModelUnavailable, match="HTTP 500"):
        model.complete(REQUEST)
    assert client.max_retries == 5
    assert len(server.seen) == 1


# What is answered.


def test_a_reply_gives_its_text_and_its_tokens(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned(completion('{"events": []}'))]

    reply = model.complete(REQUEST)

    assert reply == Reply('{"events": []}', "done", tokens_in=11, tokens_out=7)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": 10**400, "completion_tokens": -1}])
def test_a_server_that_counts_no_tokens_is_taken_as_it_is(server: Loopback, model: OpenAIModel, usage: object) -> None:
    server.answers = [Canned(completion() | {"usage": usage})]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("{}", None, None)


def test_a_server_that_leaves_usage_out_is_taken_as_it_is(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned({name: value for name, value in completion().items() if name != "usage"})]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("{}", None, None)


@pytest.mark.parametrize("content", [None, ""])
def test_a_refusal_is_told_apart_from_an_empty_answer(server: Loopback, model: OpenAIModel, content: object) -> None:
    message = {"role": "assistant", "content": content, "refusal": "I cannot help with that."}
    server.answers = [Canned(completion(message=message))]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.stopped) == ("I cannot help with that.", "refused")


@pytest.mark.parametrize(("reason", "stopped"), [("length", "length"), ("content_filter", "filtered")])
def test_an_answer_that_is_not_whole_says_why(server: Loopback, model: OpenAIModel, reason: str, stopped: str) -> None:
    server.answers = [Canned(completion('{"events": [{"ev', finish_reason=reason))]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.stopped) == ('{"events": [{"ev', stopped)


@pytest.mark.parametrize(
    "body",
    [completion() | {"choices": None}, {}, [], "null", '{"error": "x"}'],
)
def test_json_that_is_no_completion_is_a_bad_answer(server: Loopback, model: OpenAIModel, body: object) -> None:
    server.answers = [Canned(body)]

    with pytest.raises(BadAnswer, match="'model-1': the endpoint answered with no chat completion; check --base-url"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "canned", [Canned("<html>\n<body>Please log in</body>\n</html>", headers=HTML), Canned('"hello"')]
)
def test_a_proxys_page_ends_the_run_for_every_stage_would_meet_it(
    server: Loopback, model: OpenAIModel, canned: Canned
) -> None:
    server.answers = [canned]

    with pytest.raises(ModelUnavailable, match="no chat completion but a page or text; check --base-url, and whether"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


def test_an_answer_without_choices_is_asked_for_again(server: Loopback, model: OpenAIModel, waits: list[float]) -> None:
    server.answers = [Canned(completion() | {"choices": []}), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == [1.0]


def test_answers_without_choices_are_given_up_in_the_end(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned(completion() | {"choices": []})]

    with pytest.raises(ModelUnavailable, match="answered with no choices; try again later"):
        model.complete(REQUEST)


@pytest.mark.parametrize("code", [429, 502])
def test_a_gateways_error_with_status_200_is_waited_out_like_the_error_that_it_tells(
    server: Loopback, model: OpenAIModel, waits: list[float], code: int
) -> None:
    server.answers = [Canned({"error": {"code": code, "message": "upstream is busy"}}), OK]

    reply = model.complete(REQUEST)

    assert reply.text == "{}"
    assert waits == [1.0]


def test_a_gateways_error_that_stays_is_told(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned({"error": {"code": 400, "message": "no such\nprovider"}})]

    with pytest.raises(BadAnswer, match="answered with an error: no such provider; check the endpoint"):
        model.complete(REQUEST)


def test_tokens_from_the_prompt_cache_are_told(server: Loopback, model: OpenAIModel) -> None:
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 8}}
    server.answers = [Canned(completion() | {"usage": usage})]

    assert model.complete(REQUEST).tokens_cached == 8


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<html>down</html>", id="a page that says it is JSON"),
        pytest.param("", id="nothing"),
        pytest.param('{"choices": [{"mess', id="half a body"),
        pytest.param(b'{"choices": "\xff\xfe"}', id="no UTF-8"),
        pytest.param("[" * 100_000 + "]" * 100_000, id="lists in lists without end"),
        pytest.param(completion() | {"choices": [{}]}, id="an empty choice"),
        pytest.param(completion(message=None), id="no message"),
        pytest.param(completion() | {"choices": "none"}, id="choices as text"),
        pytest.param(completion() | {"choices": {"a": 1}}, id="choices as an object"),
        pytest.param(completion(finish_reason=["stop"]), id="a list of reasons"),
    ],
)
def test_nonsense_is_a_bad_answer_and_no_traceback(server: Loopback, model: OpenAIModel, body: object) -> None:
    server.answers = [Canned(body)]

    with pytest.raises(BadAnswer, match="'model-1': the endpoint answered with no chat completion"):
        model.complete(REQUEST)


@pytest.mark.parametrize("content", [[{"type": "text", "text": "{}"}], {"a": 1}])
def test_content_that_is_no_text_never_reaches_the_stages(
    server: Loopback, model: OpenAIModel, content: object
) -> None:
    server.answers = [Canned(completion(content))]

    try:
        text = model.complete(REQUEST).text
    except BadAnswer:
        text = ""

    assert isinstance(text, str)


def test_half_a_character_is_not_passed_on(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned(rb'{"choices": [{"message": {"role": "assistant", "content": "no \ud83d"}}]}')]

    reply = model.complete(REQUEST)

    assert reply.text.encode().startswith(b"no ")
