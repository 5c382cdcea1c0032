"""A run never spends more than it may, and what it spent is told."""

import threading
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdraft.background import side_by_side
from pmdraft.errors import BadAnswer, LimitReached
from pmdraft.llm.allowance import Allowance, LimitedModel, tokens_of
from pmdraft.llm.prices import TablePrice
from pmdraft.llm.seam import Message, Reply, Request
from tests.scripted import Line, ScriptedModel

PRICE = TablePrice(model="m", input=1.0, output=10.0, cached=0.1)
USUAL = 1000


def request(words: int = 100) -> Request:
    return Request("timeline", (Message("user", "word " * words),), {})


class Writing:
    """Answers at a given length, but never at more than it may."""

    name = "writing-1"

    def __init__(self, *lengths: int) -> None:
        self.lengths = list(lengths)
        self.requests: list[Request] = []
        self._lock = threading.Lock()

    def complete(self, asked: Request) -> Reply:
        with self._lock:
            self.requests.append(asked)
            length = self.lengths.pop(0) if len(self.lengths) > 1 else self.lengths[0]
        most = length if asked.most_out is None else min(length, asked.most_out)
        return Reply("{}", "length" if most < length else "done", tokens_of(asked), most)


def limited(model: Writing | ScriptedModel, allowance: Allowance) -> LimitedModel:
    return LimitedModel(model, allowance, PRICE, lambda _: USUAL)


def test_without_a_limit_nothing_is_cut_and_all_is_counted() -> None:
    allowance, model = Allowance(), Writing(7)

    limited(model, allowance).complete(request())
    limited(model, allowance).complete(request())

    counted = tokens_of(request())
    assert model.requests[0].most_out is None
    spent = allowance.spent
    assert (spent.requests, spent.tokens_in, spent.tokens_out) == (2, 2 * counted, 14)
    assert spent.dollars == pytest.approx((2 * counted * 1 + 14 * 10) / 1e6)


def test_what_came_from_a_prompt_cache_is_counted_at_its_price() -> None:
    allowance = Allowance()
    model = ScriptedModel({"timeline": Reply("{}", "done", 1000, 0, 900)})

    limited(model, allowance).complete(request())

    assert allowance.spent.tokens_cached == 900
    assert allowance.spent.dollars == pytest.approx((100 * 1.0 + 900 * 0.1) / 1e6)


def test_what_an_endpoint_does_not_count_is_estimated() -> None:
    allowance = Allowance()

    limited(ScriptedModel({"timeline": "word " * 100}), allowance).complete(request())

    assert allowance.spent.tokens_in == tokens_of(request())
    assert allowance.spent.tokens_out > 50


def test_a_price_that_is_not_known_leaves_the_cost_unknown() -> None:
    allowance = Allowance()

    LimitedModel(Writing(7), allowance, None, lambda _: USUAL).complete(request())

    assert allowance.spent.dollars is None


def test_a_request_that_would_pass_the_limit_is_not_sent_and_says_why() -> None:
    allowance, model = Allowance(tokens=3500), Writing(1500)
    once = limited(model, allowance)
    once.complete(request())

    with pytest.raises(
        LimitReached,
        match=r"the limit --max-tokens of 3,500 tokens would be passed: 1,\d+ tokens are used or under way, "
        r"the next request may take 2,\d+ tokens; raise the limit to have the rest drafted",
    ):
        once.complete(request())
    assert len(model.requests) == 1


def test_a_limit_of_cost_is_told_in_dollars() -> None:
    with pytest.raises(LimitReached, match=r"--max-cost of 0\.01 USD would be passed: 0\.00 USD are used"):
        limited(Writing(1), Allowance(dollars=0.01)).complete(request())


def test_once_stopped_nothing_more_is_sent_not_even_what_would_fit() -> None:
    allowance, model = Allowance(tokens=3000), Writing(1)
    with pytest.raises(LimitReached, match="--max-tokens"):
        limited(model, allowance).complete(request(5000))

    with pytest.raises(LimitReached, match="--max-tokens"):
        limited(model, allowance).complete(request(1))
    assert model.requests == []


def test_a_call_may_use_a_quarter_of_what_is_left_and_never_less_than_it_needs() -> None:
    wide, narrow = Writing(1), Writing(1)

    limited(wide, Allowance(tokens=100_000)).complete(request())
    limited(narrow, Allowance(tokens=2000)).complete(request())

    assert wide.requests[0].most_out == 25_000 - tokens_of(request())
    assert narrow.requests[0].most_out == 1500


def test_a_failed_call_gives_back_what_was_set_aside() -> None:
    allowance = Allowance(tokens=2000)
    lines: list[Line] = [BadAnswer("odd"), Reply("{}", "done", 10, 10)]
    model = limited(ScriptedModel({"timeline": lines}), allowance)

    with pytest.raises(BadAnswer, match="odd"):
        model.complete(request())

    assert model.complete(request()).text == "{}"


def test_calls_under_way_are_set_aside_for() -> None:
    allowance = Allowance(tokens=4000)
    first_runs, go_on = threading.Event(), threading.Event()

    def slow(_: Request) -> Reply:
        first_runs.set()
        go_on.wait(5)
        return Reply("{}", "done", 10, 10)

    def second() -> None:
        first_runs.wait(5)
        try:
            limited(Writing(1), allowance).complete(request(1500))
            limited(Writing(1), allowance).complete(request(1500))
        finally:
            go_on.set()

    with pytest.raises(LimitReached, match="used or under way"):
        side_by_side([lambda: limited(ScriptedModel({"timeline": slow}), allowance).complete(request()), second])


def test_a_model_that_writes_more_than_is_usual_is_expected_to_again() -> None:
    allowance = Allowance(tokens=17_000)
    model = limited(Writing(4000), allowance)

    for _ in range(3):
        model.complete(request())

    # 4 times the usual, and half as much again.
    with pytest.raises(LimitReached, match="may take 6,1"):
        model.complete(request())


@given(
    limit=st.integers(1000, 60_000),
    lengths=st.lists(st.integers(1, 20_000), min_size=1, max_size=8),
    words=st.lists(st.integers(1, 3000), min_size=1, max_size=8),
    at_once=st.booleans(),
)
def test_no_run_passes_its_limit_whatever_is_answered(
    limit: int, lengths: list[int], words: list[int], at_once: bool
) -> None:
    by_tokens, by_cost = Allowance(tokens=limit), Allowance(dollars=limit / 100_000)
    for allowance in (by_tokens, by_cost):
        model = limited(Writing(*lengths), allowance)
        calls = [partial(model.complete, request(count)) for count in words]
        with suppress(LimitReached):
            side_by_side(calls, at_once=4 if at_once else 1)

    assert by_tokens.spent.tokens_in + by_tokens.spent.tokens_out <= limit
    assert by_cost.spent.dollars is not None
    assert by_cost.spent.dollars <= limit / 100_000
