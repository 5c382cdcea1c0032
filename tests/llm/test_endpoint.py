"""An OpenAI-compatible endpoint in its good and bad hours, over real HTTP."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import openai
import pytest

from pmdraft.background import start
from pmdraft.errors import BadAnswer, ModelError, ModelUnavailable
from pmdraft.llm.endpoint import CallPolicy, OpenAIModel
from pmdraft.llm.seam import Message, Reply, Request
from tests.llm.loopback import Canned, Loopback, Seen

KEY = "test-key-4711-do-not-tell"
REQUEST = Request(
    "timeline",
    (Message("system", "You help."), Message("user", "接続プール枯渇")),
    {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
TO_DO = r"; (?:check|is the|lower|set|narrow|try again) "


def completion(content: object = "{}", **choice: object) -> dict[str, object]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1761543780,
        "model": "model-1",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message, **choice}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def failure(status: int, message: str = "no", code: str | None = None, **headers: str) -> Canned:
    return Canned({"error": {"message": message, "type": "error", "code": code}}, status, headers)


OK = Canned(completion())
NO_SCHEMAS = failure(400, "Unknown parameter: 'response_format'.")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback().serving() as loopback:
        yield loopback


@pytest.fixture(scope="module")
def some_client() -> openai.OpenAI:
    # Making one takes a while; what it keeps between requests are connections.
    return openai.OpenAI(base_url="http://127.0.0.1:9/v1", api_key=KEY, max_retries=5)


@pytest.fixture
def client(server: Loopback, some_client: openai.OpenAI) -> openai.OpenAI:
    return some_client.with_options(base_url=server.url)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def model(client: openai.OpenAI, waits: list[float]) -> OpenAIModel:
    return OpenAIModel("model-1", client=client, policy=CallPolicy(sleep=waits.append))


def model_at(url: str, waits: list[float], *, deadline: float = 30.0, key: str = KEY) -> OpenAIModel:
    policy = CallPolicy(deadline=deadline, retries=2, sleep=waits.append)
    return OpenAIModel("model-1", base_url=url, api_key=key, policy=policy)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


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


@pytest.mark.parametrize("usage", [None, {}])
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

    assert (reply.text, reply.stopped) == ("", "refused")


@pytest.mark.parametrize(("reason", "stopped"), [("length", "length"), ("content_filter", "filtered")])
def test_an_answer_that_is_not_whole_says_why(server: Loopback, model: OpenAIModel, reason: str, stopped: str) -> None:
    server.answers = [Canned(completion('{"events": [{"ev', finish_reason=reason))]

    reply = model.complete(REQUEST)

    assert (reply.text, reply.stopped) == ('{"events": [{"ev', stopped)


@pytest.mark.parametrize(
    "body",
    [completion() | {"choices": []}, completion() | {"choices": None}, {}, [], "null", '"hello"', '{"error": "x"}'],
)
def test_json_that_is_no_completion_is_a_bad_answer(server: Loopback, model: OpenAIModel, body: object) -> None:
    server.answers = [Canned(body)]

    with pytest.raises(BadAnswer, match="'model-1': the endpoint answered with no chat completion; check --base-url"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


def test_a_proxys_page_is_a_bad_answer(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned("<html>\n<body>Please log in</body>\n</html>", headers=HTML)]

    with pytest.raises(BadAnswer, match="answered with no chat completion; check --base-url"):
        model.complete(REQUEST)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<html>down</html>", id="a page that says it is JSON"),
        pytest.param("", id="nothing"),
        pytest.param('{"choices": [{"mess', id="half a body"),
        pytest.param(b'{"choices": "\xff\xfe"}', id="no UTF-8"),
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
    assert len(server.seen) == 3
    assert len(waits) == 2


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
