"""Slack's Web API: calls that only read, patient with its limits and with lost connections."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Literal, TypeVar
from urllib.error import URLError

from pydantic import TypeAdapter, ValidationError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryHandler, RetryState

from pmdraft.errors import SlackError
from pmdraft.records import first_problem

T = TypeVar("T")

Method = Literal[
    "auth.test",
    "bookmarks.list",
    "conversations.history",
    "conversations.info",
    "conversations.list",
    "conversations.replies",
    "pins.list",
    "usergroups.list",
    "users.conversations",
    "users.info",
    "users.list",
]
"""All that pmdraft ever asks of Slack; none of it writes."""

_TOKEN_TROUBLE = {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}
# A wait beyond this is no rate limit that somebody would sit out.
_LONGEST_WAIT = 900
_LOST = (OSError, HTTPException, ValueError)  # ValueError: half an answer is no JSON
# The SDK stumbles over JSON that is no object or nested too deeply, and over unknown character sets.
_STUMBLES = (AttributeError, LookupError, RecursionError, SlackClientError)
_HOPELESS = (ConnectionRefusedError, gaierror, SSLCertVerificationError)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SlackPolicy:
    """How patient the calls are.

    Attributes:
        timeout: seconds to wait for a byte.
        retries: times to try again after a lost connection or a failing server.
        sleep: takes the seconds to wait.
        now: tells the time, aware.
    """

    timeout: float = 30.0
    retries: int = 4
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now


class SlackApi:
    """A client for one workspace.

    Args:
        token: the bot's token.
        url: address of the Web API; None for Slack's own.
        policy: how patient the calls are.
        tell: takes a line of progress.

    Raises:
        SlackError: the address is none.
    """

    def __init__(self, token: str, url: str | None, policy: SlackPolicy, tell: Callable[[str], None]) -> None:
        if url is not None and not url.startswith(("https://", "http://")):
            raise SlackError(f"--slack-api-url {url!r} is no address; write it as 'https://slack.com/api/'")
        self._client = WebClient(
            token=token,
            base_url=url or WebClient.BASE_URL,
            timeout=policy.timeout,  # type: ignore[arg-type]  # passed on to urllib, which takes fractions
            retry_handlers=[_WhenLimited(policy, tell), _WhenLost(policy, tell)],
            logger=_quiet(),
        )
        # The SDK sends everything through HTTPS_PROXY; urllib alone does so too, and heeds NO_PROXY.
        self._client.proxy = None

    def call(self, method: Method, **parameters: str | int | bool | None) -> Mapping[str, object]:
        """What Slack answers.

        Raises:
            SlackError: it refuses, or cannot be reached.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            data = self._client.api_call(method, params=given).data
        except SlackApiError as error:
            raise _refused(method, error) from error
        except (*_LOST, *_STUMBLES) as error:
            reason = " ".join(str(_cause(error)).split())[:200] or type(error).__name__
            raise SlackError(
                f"{self._client.base_url}: cannot be reached ({reason}); check the connection and the address "
                "(--slack-api-url), and run again: what was read is kept"
            ) from error
        return data if isinstance(data, dict) else {}


def next_cursor(answer: Mapping[str, object]) -> str | None:
    """Where the next page of an answer begins; None after the last one."""
    metadata = answer.get("response_metadata")
    cursor = metadata.get("next_cursor") if isinstance(metadata, Mapping) else None
    return cursor if isinstance(cursor, str) and cursor else None


def shaped(method: Method, value: object, adapter: TypeAdapter[T]) -> T:
    """A part of an answer as the type of `adapter`.

    Raises:
        SlackError: it has another shape.
    """
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise SlackError(f"Slack's answer to {method} cannot be read: {first_problem(error)}") from error


def _refused(method: Method, error: SlackApiError) -> SlackError:
    answer = error.response.data if isinstance(error.response.data, dict) else {}
    code, status = " ".join(str(answer.get("error") or "").split())[:200], error.response.status_code
    if status == 429 or code == "ratelimited":
        return SlackError(f"Slack limits {method} for long; run again later: what was read is kept", "ratelimited")
    if status >= 500:
        return SlackError(f"Slack fails at {method} (HTTP {status}); run again later: what was read is kept")
    if code == "missing_scope":
        needed = str(answer.get("needed") or "?")
        return SlackError(
            f"Slack: the app lacks the scope {needed!r} for {method}; add it (`pmdraft slack manifest` shows all), "
            "install the app again, and run again",
            code,
        )
    if code in _TOKEN_TROUBLE:
        return SlackError(f"Slack refuses the token ({code}); check SLACK_BOT_TOKEN", code)
    return SlackError(f"Slack refuses {method}: {code or f'HTTP {status}'}; check --slack-api-url and the app", code)


class _WhenLimited(RateLimitErrorRetryHandler):
    """Waits as long as Slack asks, and says so."""

    def __init__(self, policy: SlackPolicy, tell: Callable[[str], None]) -> None:
        super().__init__(max_retry_count=20)
        self._policy = policy
        self._tell = tell

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = super()._can_retry(state=state, request=request, response=response, error=error)
        return limited and _retry_after(response) <= _LONGEST_WAIT

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - the SDK's signature
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - likewise
    ) -> None:
        wait = _retry_after(response)
        if wait >= 5:
            self._tell(f"slack    asks to wait {wait:.0f} s")
        self._policy.sleep(wait)
        state.next_attempt_requested = True
        state.increment_current_attempt()


class _WhenLost(RetryHandler):
    """Tries again after a lost connection, half an answer, or a server's failure."""

    def __init__(self, policy: SlackPolicy, tell: Callable[[str], None]) -> None:
        super().__init__(max_retry_count=policy.retries)
        self._policy = policy
        self._tell = tell

    def _can_retry(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the SDK's signature
        request: HttpRequest,  # noqa: ARG002 - likewise
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is not None:
            return response.status_code >= 500
        return isinstance(error, _LOST) and not isinstance(_cause(error), _HOPELESS)

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - the SDK's signature
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        reason = f"HTTP {response.status_code}" if response else _cause(error)
        self._tell(f"slack    tries again ({reason})")
        self._policy.sleep(min(0.5 * 2.0**state.current_attempt, 8.0))
        state.next_attempt_requested = True
        state.increment_current_attempt()


def _cause(error: Exception | None) -> object:
    """What lies behind urllib's wrapping."""
    return error.reason if isinstance(error, URLError) else error


def _retry_after(response: HttpResponse | None) -> float:
    headers = response.headers if response else {}
    value = next((values for name, values in headers.items() if name.lower() == "retry-after"), [""])
    try:
        return max(0.0, float(value[0] if isinstance(value, list) else value))
    except (ValueError, IndexError):
        return 30.0  # Slack always says how long; a proxy between may not


def _quiet() -> logging.Logger:
    """A logger that keeps to itself: the SDK logs each failed try, and we tell of them ourselves."""
    logger = logging.Logger("pmdraft.slack", level=logging.CRITICAL + 1)
    logger.addHandler(logging.NullHandler())
    return logger
