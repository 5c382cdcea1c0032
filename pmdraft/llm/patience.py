"""How long to wait for an endpoint and how often to ask it again: the one layer of retries."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pmdraft.background import start
from pmdraft.errors import ModelUnavailable

T = TypeVar("T")

_LONGEST_PAUSE = 60.0


class Deadline:
    """A stretch of time that all requests of a run share; it begins with the first of them.

    Args:
        seconds: how long it is.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end: float | None = None

    def left(self) -> float:
        """Seconds that are left of it."""
        now = time.monotonic()
        if self._end is None:
            self._end = now + self.seconds
        return self._end - now


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """How long to wait, and how often to try again.

    Attributes:
        deadline: seconds that one request may take in all, retries included.
        retries: further attempts after 408, 409, 429, 5xx and lost connections.
        run: the deadline of all requests together, if there is one.
        tell: takes one line before each pause.
        sleep: waits that many seconds.
        jitter: a number from 0 to 1; pauses are up to a quarter longer by it, so that
            requests that were refused together do not come back together.
    """

    deadline: float = 600.0
    retries: int = 4
    run: Deadline | None = None
    tell: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


class Passing(Exception):
    """A failure that may be over at the next attempt.

    Args:
        message: what happened, for the user.
        wait: seconds that the endpoint asks to wait, if it says so.
        retries: most further attempts, if fewer than usual may do.
    """

    def __init__(self, message: str, wait: float | None = None, *, retries: int | None = None) -> None:
        super().__init__(message)
        self.wait = wait
        self.retries = retries


def patiently(call: Callable[[], T], policy: CallPolicy, name: str) -> T:
    """The result of `call`, tried again after failures that pass, within the deadlines.

    Args:
        call: one attempt; raises `Passing` where another one may do.
        policy: deadlines and retries.
        name: the model's, for messages.

    Raises:
        ModelUnavailable: a deadline is over, or the failure does not pass.
    """
    end = time.monotonic() + _seconds(policy, name)
    for attempt in range(policy.retries + 1):
        try:
            # A client's timeout is per read; a dripping server would hold us for ever.
            return start(call).result(max(0.0, end - time.monotonic()))
        except Passing as error:
            pause = error.wait if error.wait is not None else min(2.0**attempt, _LONGEST_PAUSE)
            pause *= 1 + policy.jitter() / 4
            most = policy.retries if error.retries is None else min(policy.retries, error.retries)
            if attempt >= most or time.monotonic() + pause > end:
                raise ModelUnavailable(f"model {name!r}: {error}; try again later") from error
            policy.tell(f"{name}: {error}; again in {pause:.0f} s")
            policy.sleep(pause)
        except TimeoutError as error:
            _seconds(policy, name)
            raise ModelUnavailable(
                f"model {name!r}: no answer within {policy.deadline:g} s; is the endpoint busy?"
            ) from error
    raise AssertionError("the loop returns or raises")


def _seconds(policy: CallPolicy, name: str) -> float:
    """Seconds that a request may take from now on."""
    left = policy.run.left() if policy.run is not None else policy.deadline
    if policy.run is not None and left <= 0:
        raise ModelUnavailable(
            f"model {name!r}: the run's deadline of {policy.run.seconds:g} s is over; give it longer with --deadline"
        )
    return min(policy.deadline, left)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer's headers ask to wait: `Retry-After`, as a number or a date, or its form in ms."""
    asked = headers.get("retry-after", "")
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(asked)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)  # "-0000" gives none, and means UTC
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
