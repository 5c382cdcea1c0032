"""Any OpenAI-compatible endpoint as a `Model`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmdraft.background import start
from pmdraft.errors import BadAnswer, ModelUnavailable, brief
from pmdraft.llm.seam import Reply, Request, Stopped

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_STOPPED: dict[str, Stopped] = {"length": "length", "content_filter": "filtered"}


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """How long to wait, and how often to try again.

    Attributes:
        deadline: seconds that one request may take in all, retries included.
        retries: further attempts after 408, 409, 429, 5xx and lost connections.
        sleep: waits that many seconds.
    """

    deadline: float = 600.0
    retries: int = 2
    sleep: Callable[[float], None] = time.sleep


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    Args:
        name: the model's name at that endpoint.
        base_url: the endpoint; default: `OPENAI_BASE_URL`, else OpenAI's own.
        api_key: default: `OPENAI_API_KEY`.
        client: a client of your own, instead of the two above.
        policy: deadline and retries.

    Raises:
        ModelUnavailable: there is no API key.
    """

    def __init__(
        self,
        name: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        client: "openai.OpenAI | None" = None,
        policy: CallPolicy | None = None,
    ) -> None:
        import openai  # noqa: PLC0415 - half a second that only drafting with a model pays

        self.name = name
        self._policy = policy or CallPolicy()
        self._enforced = True
        try:
            # Retries are this class's own, so that they share one deadline.
            self._client = (client or openai.OpenAI(base_url=base_url, api_key=api_key)).with_options(max_retries=0)
        except openai.OpenAIError as error:
            raise ModelUnavailable(
                f"model {name!r}: no API key; set OPENAI_API_KEY (any text for a local endpoint)"
            ) from error
        except Exception as error:  # a proxy, certificate or address that the SDK's HTTP client cannot use
            raise ModelUnavailable(
                f"model {name!r}: cannot be set up ({brief(str(error))}); check --base-url and the proxy variables"
            ) from error
        key = self._client.api_key or ""
        if not (key.isascii() and key.isprintable()):
            raise ModelUnavailable(f"model {name!r}: the API key holds what no header can carry; check OPENAI_API_KEY")

    def complete(self, request: Request) -> Reply:
        """Answer one request, within the policy's deadline.

        Raises:
            ModelUnavailable: the endpoint refused, timed out, or cannot be reached.
            BadAnswer: the endpoint answered, but not with a chat completion.
        """
        end = time.monotonic() + self._policy.deadline
        for attempt in range(self._policy.retries + 1):
            try:
                # The client's timeout is per read; a dripping server would hold us for ever.
                return start(lambda: self._call(request)).result(max(0.0, end - time.monotonic()))
            except _Retryable as error:
                wait = error.wait if error.wait is not None else 2.0**attempt
                if attempt == self._policy.retries or time.monotonic() + wait > end:
                    raise ModelUnavailable(f"model {self.name!r}: {error}; try again later") from error
                self._policy.sleep(wait)
            except TimeoutError as error:
                seconds = f"{self._policy.deadline:g} s"
                raise ModelUnavailable(
                    f"model {self.name!r}: no answer within {seconds}; is the endpoint busy?"
                ) from error
        raise AssertionError("the loop returns or raises")

    def _call(self, request: Request) -> Reply:
        import openai  # noqa: PLC0415 - loaded already by the constructor

        try:
            return _read(self._create(request), self.name)
        except openai.APITimeoutError as error:
            raise _Retryable("the endpoint timed out", None) from error
        except openai.APIConnectionError as error:
            cause = brief(str(error.__cause__ or error))
            raise _Retryable(f"cannot reach {self._address()} ({cause}); check the address", None) from error
        except openai.APIStatusError as error:
            raise self._translated(error) from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError) as error:
            # The SDK lets all of these through when a body is no chat completion.
            raise BadAnswer(_no_completion(self.name)) from error

    def _create(self, request: Request) -> object:
        import openai  # noqa: PLC0415 - loaded already by the constructor

        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        schema = {"name": request.stage, "strict": True, "schema": request.schema}
        # Read once: another thread may find out meanwhile.
        enforced = self._enforced
        form = {"response_format": {"type": "json_schema", "json_schema": schema}} if enforced else {}
        try:
            return self._client.chat.completions.create(model=self.name, messages=messages, **form)  # type: ignore[call-overload]  # plain dicts instead of the SDK's typed ones
        except openai.BadRequestError as error:
            if not (enforced and ("response_format" in str(error) or "json_schema" in str(error))):
                raise
        # The schema stands in the prompt too, so endpoints that know no schemas still see it.
        self._enforced = False
        return self._create(request)

    def _address(self) -> str:
        """Where the endpoint is, without what an address may hold of a password."""
        url = self._client.base_url
        return f"{url.scheme}://{url.host}{f':{url.port}' if url.port else ''}{url.path}"

    def _translated(self, error: "openai.APIStatusError") -> Exception:
        # Some servers repeat the key that they refuse.
        said = brief(error.message.replace(self._client.api_key or "\0", "***"))
        if error.code == "context_length_exceeded":
            return BadAnswer(f"model {self.name!r}: the evidence is too long for it; lower --token-budget")
        if error.code == "content_filter":
            stopped = "the endpoint's content filter stopped the request; narrow it with --since and --until"
            return BadAnswer(f"model {self.name!r}: {stopped}")
        passing = error.status_code in (408, 409, 429) or error.status_code >= 500
        if passing and error.code != "insufficient_quota":
            return _Retryable(f"HTTP {error.status_code}: {said}", _retry_after(error))
        todo = {401: "check OPENAI_API_KEY", 403: "check OPENAI_API_KEY", 404: "check --model and --base-url"}
        hint = todo.get(error.status_code, "check the endpoint")
        return ModelUnavailable(f"model {self.name!r}: HTTP {error.status_code}: {said}; {hint}")


class _Retryable(Exception):
    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.wait = wait


def _read(completion: "ChatCompletion | object", name: str) -> Reply:
    from openai.types.chat import ChatCompletion  # noqa: PLC0415 - loaded already

    # A proxy's HTML page with status 200 arrives as a str.
    if not isinstance(completion, ChatCompletion) or not completion.choices:
        raise BadAnswer(_no_completion(name))
    choice, usage = completion.choices[0], completion.usage
    stopped = _STOPPED.get(choice.finish_reason or "", "done")
    if choice.message.refusal:
        stopped = "refused"
    content = choice.message.content
    return Reply(
        text=content if isinstance(content, str) else "",
        stopped=stopped,
        tokens_in=_count(usage, "prompt_tokens"),
        tokens_out=_count(usage, "completion_tokens"),
    )


def _count(usage: object, name: str) -> int | None:
    """A number of tokens, if the endpoint gives one; the SDK checks no types."""
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and value >= 0 else None


def _no_completion(name: str) -> str:
    return f"model {name!r}: the endpoint answered with no chat completion; check --base-url"


def _retry_after(error: "openai.APIStatusError") -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
