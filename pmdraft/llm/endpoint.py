"""Any OpenAI-compatible endpoint as a `Model`."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmdraft.errors import BadAnswer, ModelUnavailable, brief
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.dialect import Dialect, is_about_room
from pmdraft.llm.failures import translated
from pmdraft.llm.guarded import Refused, guard
from pmdraft.llm.patience import CallPolicy, Passing, patiently
from pmdraft.llm.seam import Reply, Request, Stopped

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_STOPPED: dict[str, Stopped] = {"length": "length", "content_filter": "filtered"}
# An answer that was cut off is asked for again with so many times its length, as far as the endpoint allows.
_MORE_ROOM = (8, 4, 2)
_LEAST_ROOM = 2048
_OPENAI = "https://api.openai.com/v1"
_NO_COUNT = 10**12
"""No request holds so many tokens, whatever an endpoint says."""


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    Args:
        name: the model's name at that endpoint.
        base_url: the endpoint; default: `OPENAI_BASE_URL`, else OpenAI's own.
        api_key: default: `OPENAI_API_KEY`.
        client: a client of your own, instead of the two above.
        policy: deadlines and retries.
        temperature: how freely to write, 0 to 2; default: the model's own. Dropped where a model refuses it.

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
        temperature: float | None = None,
    ) -> None:
        import openai  # noqa: PLC0415 - half a second that only drafting with a model pays

        self.name = name
        self._policy = policy = policy or CallPolicy()
        self._room: int | None = None
        try:
            # Retries are this class's own, so that they share one deadline; the SDK's own time-out would cut it short.
            own = client or openai.OpenAI(
                base_url=_address(base_url),
                api_key=api_key,
                timeout=policy.deadline,
                http_client=openai.DefaultHttpxClient(timeout=policy.deadline, event_hooks={"response": [guard]}),
            )
            self._client = own.with_options(max_retries=0)
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
        self._dialect = Dialect(str(self._client.base_url), temperature=temperature)

    def complete(self, request: Request) -> Reply:
        """Answer one request, within the policy's deadlines.

        Raises:
            ModelUnavailable: the endpoint refused, timed out, or cannot be reached.
            BadAnswer: the endpoint answered, but not with a chat completion; or it can take no such request.
        """
        try:
            reply = self._asked(request, request.most_out or self._room)
        except _RoomRefused:
            reply = self._asked(request, None)  # the endpoint's own limit is lower
        if reply.stopped == "length" and request.most_out is None:
            return self._with_more_room(request, reply)
        return reply

    def _with_more_room(self, request: Request, cut: Reply) -> Reply:
        """The answer again, whole if the endpoint gives it more room than it does unasked."""
        length = max(cut.tokens_out or count_tokens(cut.text), _LEAST_ROOM)
        for times in _MORE_ROOM:
            try:
                reply = self._asked(request, length * times)
            except _RoomRefused:
                continue
            if reply.stopped != "length":
                self._room = length * times
            return reply.after(cut)
        return cut

    def _asked(self, request: Request, room: int | None) -> Reply:
        return patiently(lambda: self._call(request, room), self._policy, self.name)

    def _call(self, request: Request, room: int | None) -> Reply:
        import openai  # noqa: PLC0415 - loaded already by the constructor

        try:
            return _read(self._create(request, room), self.name)
        except Refused as error:
            raise ModelUnavailable(
                f"model {self.name!r}: {self.address} is not used: {brief(str(error))}; check --base-url"
            ) from error
        except openai.APITimeoutError as error:
            raise Passing("the endpoint timed out") from error
        except openai.APIConnectionError as error:
            cause = brief(str(error.__cause__ or error))
            # A wrong address does not mend itself, and nobody should wait long to hear of it.
            raise Passing(f"cannot reach {self.address} ({cause}); check the address", retries=2) from error
        except openai.APIStatusError as error:
            raise translated(error, self.name, self._client.api_key) from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            # The SDK lets all of these through when a body is no chat completion.
            raise BadAnswer(_no_completion(self.name)) from error

    def _create(self, request: Request, room: int | None) -> object:
        import openai  # noqa: PLC0415 - loaded already by the constructor

        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        while True:
            options = self._dialect.options(request, room)
            try:
                return self._client.chat.completions.create(model=self.name, messages=messages, **options)  # type: ignore[call-overload]  # plain dicts instead of the SDK's typed ones
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if self._dialect.learn(error.message, options):
                    continue
                if room is not None and is_about_room(error.message):
                    raise _RoomRefused from error
                raise

    @property
    def address(self) -> str:
        """Where the endpoint is, without what an address may hold of a password."""
        url = self._client.base_url
        return f"{url.scheme}://{url.host}{f':{url.port}' if url.port else ''}{url.path}"


class _RoomRefused(Exception):
    """The endpoint gives no answers that long."""


def _read(completion: "ChatCompletion | object", name: str) -> Reply:
    from openai.types.chat import ChatCompletion  # noqa: PLC0415 - loaded already

    if isinstance(completion, str):
        raise ModelUnavailable(
            f"model {name!r}: the endpoint answered with no chat completion but a page or text; "
            "check --base-url, and whether a proxy wants a login"
        )
    if not isinstance(completion, ChatCompletion):
        raise BadAnswer(_no_completion(name))
    if isinstance(error := getattr(completion, "error", None), dict):
        raise _within_success(error, name)
    if not completion.choices:
        # Gateways answer so when what is behind them gave out.
        raise (
            Passing("the endpoint answered with no choices")
            if completion.choices == []
            else BadAnswer(_no_completion(name))
        )
    choice, usage = completion.choices[0], completion.usage
    message = choice.message
    stopped = "refused" if message.refusal else _STOPPED.get(choice.finish_reason or "", "done")
    text = message.refusal or message.content
    return Reply(
        text=text if isinstance(text, str) else "",
        stopped=stopped,
        tokens_in=_count(usage, "prompt_tokens"),
        tokens_out=_count(usage, "completion_tokens"),
        tokens_cached=_count(getattr(usage, "prompt_tokens_details", None), "cached_tokens"),
    )


def _within_success(error: Mapping[str, object], name: str) -> Exception:
    """An error that a gateway reports with status 200."""
    said, code = brief(str(error.get("message"))), error.get("code")
    if code in (408, 429) or (isinstance(code, int) and code >= 500):
        return Passing(f"{code}: {said}")
    return BadAnswer(f"model {name!r}: the endpoint answered with an error: {said}; check the endpoint")


def _count(usage: object, name: str) -> int | None:
    """A number of tokens, if the endpoint gives one; the SDK checks no types."""
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and 0 <= value < _NO_COUNT else None


def _no_completion(name: str) -> str:
    return f"model {name!r}: the endpoint answered with no chat completion; check --base-url"


def _address(base_url: str | None) -> str:
    """The endpoint's address; the SDK itself would take a variable that is set to nothing for an address."""
    return base_url or os.environ.get("OPENAI_BASE_URL", "").strip() or _OPENAI
