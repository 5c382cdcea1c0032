"""Retries and deadlines: one layer, which obeys the endpoint and never waits longer than it may."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import openai
import pytest

from pmdraft.errors import ModelUnavailable
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy, Deadline, Passing, patiently, retry_after
from tests.llm.endpoints import OK, REQUEST, failure
from tests.llm.loopback import Canned, Loopback, Seen


def failing(times: int, wait: float | None = None) -> Callable[[], str]:
    left = [times]

    def call() -> str:
        left[0] -= 1
        if left[0] >= 0:
            raise Passing("busy", wait)
        return "done"

    return call


def test_pauses_double_and_are_up_to_a_quarter_longer() -> None:
    waits: list[float] = []
    policy = CallPolicy(sleep=waits.append, jitter=lambda: 1.0)

    assert patiently(failing(3), policy, "m") == "done"
    assert waits == [1.25, 2.5, 5.0]


def test_each_pause_is_told_of() -> None:
    told: list[str] = []

    patiently(failing(1, 7.0), CallPolicy(tell=told.append, sleep=lambda _: None, jitter=lambda: 0.0), "m")

    assert told == ["m: busy; again in 7 s"]


def test_no_pause_is_shorter_than_the_endpoint_asks() -> None:
    waits: list[float] = []

    patiently(failing(4, 3.0), CallPolicy(sleep=waits.append), "m")

    assert all(3.0 <= pause <= 3.75 for pause in waits)
    assert len(waits) == 4


@pytest.mark.parametrize("name", ["Retry-After", "retry-after"])
def test_a_date_to_come_back_at_is_waited_for(
    server: Loopback, model: OpenAIModel, waits: list[float], name: str
) -> None:
    at = datetime.now(UTC) + timedelta(seconds=30)
    server.answers = [failure(429, **{name: format_datetime(at, usegmt=True)}), OK]

    model.complete(REQUEST)

    assert waits == [pytest.approx(29, abs=3)]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "7", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 -0000"}, 0),
        ({"retry-after": "Wed, 99 Foo 2015 07:28:00 GMT"}, None),
    ],
)
def test_what_an_endpoint_asks_to_wait_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_an_endpoint_that_asks_not_to_come_back_is_left_alone(
    server: Loopback, model: OpenAIModel, waits: list[float]
) -> None:
    server.answers = [failure(500, "boom", **{"x-should-retry": "false"}), OK]

    with pytest.raises(ModelUnavailable, match="HTTP 500"):
        model.complete(REQUEST)
    assert waits == []


def test_quota_that_only_the_type_tells_of_is_not_asked_for_again(server: Loopback, model: OpenAIModel) -> None:
    server.answers = [failure(429, "out of credit", kind="insufficient_quota"), OK]

    with pytest.raises(ModelUnavailable, match=r"HTTP 429: .*out of credit; the account's quota is used up"):
        model.complete(REQUEST)
    assert len(server.seen) == 1


# The deadline of the whole run.


def test_after_the_runs_deadline_nothing_is_sent(server: Loopback, client: openai.OpenAI) -> None:
    over = Deadline(0.0)
    over.left()
    model = OpenAIModel("model-1", client=client, policy=CallPolicy(run=over))

    with pytest.raises(ModelUnavailable, match=r"'model-1': the run's deadline of 0 s is over; .*--deadline"):
        model.complete(REQUEST)
    assert server.seen == []


def test_a_request_ends_with_the_run_and_says_so(server: Loopback, client: openai.OpenAI) -> None:
    def silent(_: Seen) -> Canned:
        server.closing.wait(5)
        return OK

    server.answers = [silent]
    model = OpenAIModel("model-1", client=client, policy=CallPolicy(run=Deadline(0.3)))

    with pytest.raises(ModelUnavailable, match=r"the run's deadline of 0\.3 s is over"):
        model.complete(REQUEST)


def test_a_pause_that_would_end_after_the_run_is_not_begun() -> None:
    waits: list[float] = []
    policy = CallPolicy(run=Deadline(60), sleep=waits.append)

    with pytest.raises(ModelUnavailable, match="busy; try again later"):
        patiently(failing(1, 120.0), policy, "m")
    assert waits == []


def test_requests_share_the_runs_deadline() -> None:
    run = Deadline(1000)
    before = run.left()

    patiently(failing(0), CallPolicy(run=run), "m")

    assert run.left() <= before
