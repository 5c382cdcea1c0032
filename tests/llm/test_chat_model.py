"""Any LangChain chat model behind the seam, and none of its traces outside."""

import threading
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import FakeListChatModel, GenericFakeChatModel, SimpleChatModel
from langchain_core.messages import AIMessage, BaseMessage

from pmdraft.errors import ModelUnavailable, PromptTooLong
from pmdraft.llm.chat_model import LangChainModel
from pmdraft.llm.patience import CallPolicy
from pmdraft.llm.seam import Message, Reply, Request

REQUEST = Request(
    "timeline",
    (
        Message("system", "You help."),
        Message("user", "接続プール {枯渇}"),
        Message("assistant", "{"),
        Message("user", "?"),
    ),
    {"type": "object"},
)


class Recounting(SimpleChatModel):
    """Answers with what it was told."""

    model_name: str = "recounting-1"

    @property
    def _llm_type(self) -> str:
        return "recounting"

    def _call(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's signature
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - likewise
        **_: Any,
    ) -> str:
        return " / ".join(f"{message.type}: {message.content}" for message in messages)


class Failing(Recounting):
    """Fails with what it is given."""

    error: Exception

    def _call(self, *_: Any, **__: Any) -> str:
        raise self.error


def saying(message: AIMessage) -> LangChainModel:
    return LangChainModel(GenericFakeChatModel(messages=iter([message])))


def test_every_message_is_passed_on_in_its_role() -> None:
    reply = LangChainModel(Recounting()).complete(REQUEST)

    assert reply.text == "system: You help. / human: 接続プール {枯渇} / ai: { / human: ?"


def test_the_answer_is_the_models_text() -> None:
    model = LangChainModel(FakeListChatModel(responses=['{"events": []}', "second"]))

    replies = [model.complete(REQUEST) for _ in range(2)]

    assert replies == [Reply('{"events": []}'), Reply("second")]


def test_tokens_are_counted_where_the_model_tells_them() -> None:
    usage = {"input_tokens": 11, "output_tokens": 7, "total_tokens": 18}
    message = AIMessage.model_validate({"content": "{}", "usage_metadata": usage})

    reply = saying(message).complete(REQUEST)

    assert (reply.tokens_in, reply.tokens_out) == (11, 7)


def test_an_answer_in_blocks_is_one_text() -> None:
    blocks: list[str | dict[str, Any]] = [{"type": "text", "text": '{"events":'}, {"type": "text", "text": " []}"}]

    reply = saying(AIMessage(content=blocks)).complete(REQUEST)

    assert reply.text == '{"events": []}'


@pytest.mark.parametrize(
    ("metadata", "stopped"),
    [
        ({}, "done"),
        ({"finish_reason": "stop"}, "done"),
        ({"finish_reason": "length"}, "length"),
        pytest.param(
            {"finish_reason": "content_filter"},
            "filtered",
        ),
        pytest.param(
            {"stop_reason": "max_tokens"},
            "length",
        ),
        pytest.param(
            {"finish_reason": "MAX_TOKENS"},
            "length",
        ),
    ],
)
def test_an_answer_that_is_not_whole_says_why(metadata: dict[str, str], stopped: str) -> None:
    reply = saying(AIMessage(content="{", response_metadata=metadata)).complete(REQUEST)

    assert reply.stopped == stopped


def test_the_name_is_the_chat_models_own() -> None:
    assert LangChainModel(Recounting()).name == "recounting-1"


def test_a_chat_model_without_a_name_goes_by_its_class() -> None:
    assert LangChainModel(FakeListChatModel(responses=["{}"])).name == "FakeListChatModel"


def test_a_name_that_is_given_wins() -> None:
    assert LangChainModel(Recounting(), name="ours").name == "ours"


@pytest.mark.parametrize("error", [RuntimeError("quota exceeded"), KeyError("choices"), TimeoutError("too slow")])
def test_whatever_a_provider_raises_becomes_one_error_of_ours(error: Exception) -> None:
    model = LangChainModel(Failing(error=error))

    with pytest.raises(ModelUnavailable, match=f"^model 'recounting-1': {type(error).__name__}: ") as raised:
        model.complete(REQUEST)
    assert raised.value.__cause__ is error


def test_a_providers_long_story_is_told_on_one_short_line() -> None:
    model = LangChainModel(Failing(error=ValueError("line one\n  line two\n" + "x" * 5000)))

    with pytest.raises(ModelUnavailable, match="ValueError: line one line two x") as raised:
        model.complete(REQUEST)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300


class Rejected(Exception):
    """A provider's rejection."""

    status_code = 400


def test_a_request_that_is_too_long_is_told_apart_whatever_the_provider() -> None:
    model = LangChainModel(Failing(error=Rejected("prompt is too long: 210000 tokens > 200000 maximum")))

    with pytest.raises(PromptTooLong, match="'recounting-1': the evidence is too long"):
        model.complete(REQUEST)


def test_a_refusal_is_told_apart() -> None:
    message = AIMessage(content="", additional_kwargs={"refusal": "I cannot help."})

    assert saying(message).complete(REQUEST) == Reply("I cannot help.", "refused")


def test_tokens_from_the_prompt_cache_are_told() -> None:
    usage = {
        "input_tokens": 11,
        "output_tokens": 7,
        "total_tokens": 18,
        "input_token_details": {"cache_read": 8},
    }

    assert (
        saying(AIMessage.model_validate({"content": "{}", "usage_metadata": usage})).complete(REQUEST).tokens_cached
        == 8
    )


def test_a_chat_model_that_hangs_is_left_at_the_deadline() -> None:
    released = threading.Event()

    class Hanging(Recounting):
        def _call(self, *_: Any, **__: Any) -> str:
            released.wait(5)
            return "{}"

    model = LangChainModel(Hanging(), policy=CallPolicy(deadline=0.1))

    with pytest.raises(ModelUnavailable, match=r"'recounting-1': no answer within 0\.1 s"):
        model.complete(REQUEST)
    released.set()
