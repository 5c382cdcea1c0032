"""What endpoints say when one request is the trouble, each in its own words, over real HTTP."""

import pytest

from pmdraft.errors import BadAnswer, ModelUnavailable, PromptTooLong
from pmdraft.llm.endpoint import OpenAIModel
from tests.llm.endpoints import OK, REQUEST, failure
from tests.llm.loopback import Canned, Loopback

TOO_LONG = [
    (400, "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens."),
    (400, "Input length 40000 exceeds the maximum context window of 32768."),
    (400, "prompt is too long: 210000 tokens > 200000 maximum"),
    (400, "the request exceeds the available context size. try increasing the context size or enable context shift"),
    (400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
    (400, "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length"),
    (400, "too many tokens: total number of tokens in the prompt cannot exceed 4081"),
    (413, "Request too large for model `model-1` on tokens per minute (TPM): Limit 6000, Requested 9000"),
    (422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096; the input is too long"),
]


@pytest.mark.parametrize(("status", "said"), TOO_LONG)
def test_a_request_that_is_too_long_is_told_from_its_words(
    server: Loopback, model: OpenAIModel, status: int, said: str
) -> None:
    server.answers = [failure(status, said), OK]

    with pytest.raises(PromptTooLong, match="the evidence is too long for it; lower --token-budget"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


def test_a_rate_limit_that_speaks_of_tokens_is_waited_out(
    server: Loopback, model: OpenAIModel, waits: list[float]
) -> None:
    server.answers = [failure(429, "Rate limit reached: too many input tokens per minute"), OK]

    assert model.complete(REQUEST).text == "{}"
    assert waits == [1.0]


@pytest.mark.parametrize("said", ["Invalid value for 'messages'", "temperature must be at most 2", "model is required"])
def test_other_refusals_are_not_taken_for_length(server: Loopback, model: OpenAIModel, said: str) -> None:
    server.answers = [failure(400, said)]

    with pytest.raises(ModelUnavailable, match="HTTP 400"):
        model.complete(REQUEST)


AZURE = {
    "error": {
        "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        "innererror": {
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_result": {
                "hate": {"filtered": False, "severity": "safe"},
                "jailbreak": {"filtered": True, "detected": True},
                "violence": {"filtered": True, "severity": "medium"},
            },
        },
    }
}


def test_azures_content_filter_is_told_with_what_it_found(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [Canned(AZURE, 400)]

    with pytest.raises(BadAnswer, match=r"content filter stopped the request \(jailbreak, violence\); narrow it"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


@pytest.mark.parametrize("inner", [None, [], {"content_filter_result": "x"}, {"content_filter_result": {"hate": 1}}])
def test_a_content_filter_that_tells_less_does_no_harm(server: Loopback, model: OpenAIModel, inner: object) -> None:
    server.answers = [Canned({"error": {**AZURE["error"], "innererror": inner}}, 400)]

    with pytest.raises(BadAnswer, match="content filter stopped the request; narrow it"):
        model.complete(REQUEST)
