"""Any LangChain chat model as a `Model`, which is the way to other providers."""

from typing import TYPE_CHECKING

from pmdraft.errors import ModelUnavailable, brief
from pmdraft.llm.failures import about_one_request
from pmdraft.llm.patience import CallPolicy, patiently
from pmdraft.llm.seam import Reply, Request, Stopped

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# OpenAI's, Anthropic's and Google's words.
_STOPPED: dict[str, Stopped] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "refused",
}


class LangChainModel:
    """A LangChain chat model.

    Args:
        chat: the chat model; its own retries and limits apply.
        name: what the draft says that it was drafted by; default: the model's own name.
        policy: deadlines; its retries are not used, for the chat model has its own.
    """

    def __init__(self, chat: "BaseChatModel", *, name: str | None = None, policy: CallPolicy | None = None) -> None:
        self._chat = chat
        self._policy = policy or CallPolicy()
        own = getattr(chat, "model_name", None) or getattr(chat, "model", None)
        self.name: str = name or (own if isinstance(own, str) else type(chat).__name__)

    def complete(self, request: Request) -> Reply:
        """Answer one request.

        Raises:
            ModelUnavailable: the chat model failed, or took too long.
            PromptTooLong: the request is longer than the model takes.
            BadAnswer: the provider's content filter stopped the request.
        """
        return patiently(lambda: self._call(request), self._policy, self.name)

    def _call(self, request: Request) -> Reply:
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage  # noqa: PLC0415 - half a second
        from langsmith import tracing_context  # noqa: PLC0415 - likewise

        classes = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
        messages = [classes[message.role](content=message.content) for message in request.messages]
        try:
            # Tracing variables in the user's environment would post the evidence to LangSmith.
            with tracing_context(enabled=False):
                answer = self._chat.invoke(messages)
        except Exception as error:  # every provider raises its own kind
            code = str(getattr(error, "code", None) or "")
            if told := about_one_request(str(error), code, self.name, rejected=_is_rejection(error)):
                raise told from error
            raise ModelUnavailable(f"model {self.name!r}: {type(error).__name__}: {brief(str(error))}") from error
        refusal = answer.additional_kwargs.get("refusal")
        if isinstance(refusal, str) and refusal:
            return Reply(refusal, "refused")
        usage = answer.usage_metadata if isinstance(answer, AIMessage) else None
        return Reply(
            text=answer.text if isinstance(answer.text, str) else str(answer.content),
            stopped=_stopped(answer.response_metadata),
            tokens_in=usage["input_tokens"] if usage else None,
            tokens_out=usage["output_tokens"] if usage else None,
            tokens_cached=usage.get("input_token_details", {}).get("cache_read") if usage else None,
        )


def _is_rejection(error: Exception) -> bool:
    """Whether a provider's error rejects the request as it is, rather than telling of a passing trouble."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    return status in (400, 413, 422) or type(error).__name__ in ("ContextOverflowError", "BadRequestError")


def _stopped(metadata: dict[str, object]) -> Stopped:
    """Why the answer ended, in whichever provider's words."""
    said = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "").lower()
    return _STOPPED.get(said, "done")
