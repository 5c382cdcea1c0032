"""What a run may spend on its models, and what it has spent: the limits of `--max-cost` and `--max-tokens`."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pmdraft.errors import LimitReached
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.prices import Price
from pmdraft.llm.seam import Model, Reply, Request

# Answers differ in length; a call that is begun should have room for a long one, and may use up to a
# quarter of what is left, for as many calls run side by side.
_ROOM = 1.5
_SHARE = 0.25
_LEAST_OUT = 500


@dataclass(frozen=True, slots=True)
class Spent:
    """What requests cost, as far as it is known.

    Attributes:
        requests: how many were answered.
        tokens_in: tokens of the requests; estimated where an endpoint does not say.
        tokens_out: tokens of the answers, likewise.
        tokens_cached: how many of `tokens_in` came from a prompt cache.
        dollars: US dollars; None where a price is not known.
    """

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    dollars: float | None = 0.0

    def and_(self, other: "Spent") -> "Spent":
        """Both together."""
        unknown = self.dollars is None or other.dollars is None
        return Spent(
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.tokens_cached + other.tokens_cached,
            None if unknown else (self.dollars or 0.0) + (other.dollars or 0.0),
        )


@dataclass(frozen=True, slots=True)
class _Limit:
    """One thing of which a run may use only so much."""

    most: float
    named: str
    """The limit, for the user."""
    unit: str
    of: Callable[[int, int], float]
    """How much a request of so many tokens with an answer of so many uses."""

    def told(self, amount: float) -> str:
        return f"{amount:.2f} {self.unit}" if self.unit == "USD" else f"{amount:,.0f} {self.unit}"


@dataclass(slots=True)
class _Call:
    """A request that is under way."""

    tokens_in: int
    most_out: int
    most: dict[str, float] = field(default_factory=dict)
    """How much it may use, by the unit."""


class Allowance:
    """What a run may still spend; all its models share it.

    Args:
        tokens: most tokens in all, in and out.
        dollars: most US dollars.
    """

    def __init__(self, *, tokens: int | None = None, dollars: float | None = None) -> None:
        self._tokens, self._dollars = tokens, dollars
        self._lock = threading.Lock()
        self._under_way: dict[str, float] = {"tokens": 0.0, "USD": 0.0}
        self._stopped: str | None = None
        # How many tokens there were for each that was expected; models count in their own ways.
        self._in_ratio = self._out_ratio = 1.0
        self.spent = Spent()

    @property
    def is_limited(self) -> bool:
        """Whether there is any limit."""
        return self._tokens is not None or self._dollars is not None

    def begin(self, tokens_in: int, usual_out: int, price: Price | None) -> _Call:
        """Set aside what a request may use.

        Args:
            tokens_in: tokens of the request, estimated.
            usual_out: tokens that such an answer usually has.
            price: the model's price.

        Raises:
            LimitReached: it would pass a limit, or an earlier one would have.
        """
        with self._lock:
            if self._stopped is not None:
                raise LimitReached(self._stopped)
            expected_in = int(tokens_in * self._in_ratio)
            least_out = max(int(usual_out * self._out_ratio * _ROOM), _LEAST_OUT)
            call = _Call(expected_in, most_out=10**9)
            for limit in self._limits(price):
                left = self._left(limit)
                needed = limit.of(expected_in, least_out)
                if needed > left:
                    self._stopped = self._refusal(limit, needed)
                    raise LimitReached(self._stopped)
                call.most_out = min(call.most_out, _most_out(limit, expected_in, max(needed, left * _SHARE)))
            call.most_out = max(call.most_out, least_out)
            for limit in self._limits(price):
                call.most[limit.unit] = limit.of(expected_in, call.most_out)
                self._under_way[limit.unit] += call.most[limit.unit]
            return call

    def end(self, call: _Call, spent: Spent | None, *, tokens_in: int, usual_out: int) -> None:
        """Put back what a request did not use.

        Args:
            call: the request.
            spent: what it used; None if it failed.
            tokens_in: tokens of the request, as they were estimated.
            usual_out: tokens of the answer that were expected.
        """
        with self._lock:
            for unit, amount in call.most.items():
                self._under_way[unit] -= amount
            if spent is not None:
                self.spent = self.spent.and_(spent)
                self._in_ratio = max(self._in_ratio, spent.tokens_in / max(tokens_in, 1))
                self._out_ratio = max(self._out_ratio, spent.tokens_out / max(usual_out, 1))

    def _limits(self, price: Price | None) -> list[_Limit]:
        limits = []
        if self._tokens is not None:
            limits.append(_Limit(self._tokens, "--max-tokens", "tokens", lambda a, b: float(a + b)))
        if self._dollars is not None and price is not None:
            limits.append(_Limit(self._dollars, "--max-cost", "USD", price.of))
        return limits

    def _left(self, limit: _Limit) -> float:
        return limit.most - self._used(limit) - self._under_way[limit.unit]

    def _used(self, limit: _Limit) -> float:
        return (self.spent.dollars or 0.0) if limit.unit == "USD" else self.spent.tokens_in + self.spent.tokens_out

    def _refusal(self, limit: _Limit, needed: float) -> str:
        used = self._used(limit) + self._under_way[limit.unit]
        return (
            f"the limit {limit.named} of {limit.told(limit.most)} would be passed: {limit.told(used)} are used or "
            f"under way, the next request may take {limit.told(needed)}; raise the limit to have the rest drafted"
        )


def _most_out(limit: _Limit, tokens_in: int, amount: float) -> int:
    """The longest answer to such a request that uses no more than `amount`."""
    each = limit.of(tokens_in, 1000) - limit.of(tokens_in, 0)
    return int((amount - limit.of(tokens_in, 0)) * 1000 / each) if each > 0 else 10**9


class LimitedModel:
    """Asks another model only what the run may still spend, and counts what it does.

    Args:
        model: what answers.
        allowance: what the run may spend.
        price: the model's price, if it is known.
        usual_out: tokens that an answer to a request usually has.
    """

    def __init__(
        self, model: Model, allowance: Allowance, price: Price | None, usual_out: Callable[[Request], int]
    ) -> None:
        self._model = model
        self._allowance = allowance
        self._price = price
        self._usual_out = usual_out
        self.name = model.name

    def complete(self, request: Request) -> Reply:
        """The other model's answer, no longer than the run may spend.

        Raises:
            LimitReached: the request would pass a limit.
            ModelError: there is no answer.
        """
        tokens_in, usual_out = tokens_of(request), self._usual_out(request)
        call = self._allowance.begin(tokens_in, usual_out, self._price)
        spent = None
        try:
            limited = replace(request, most_out=call.most_out) if self._allowance.is_limited else request
            reply = self._model.complete(limited)
            spent = self._spent(reply, tokens_in)
            return reply
        finally:
            self._allowance.end(call, spent, tokens_in=tokens_in, usual_out=usual_out)

    def _spent(self, reply: Reply, tokens_in: int) -> Spent:
        told_in = tokens_in if reply.tokens_in is None else reply.tokens_in
        told_out = count_tokens(reply.text) if reply.tokens_out is None else reply.tokens_out
        cached = min(reply.tokens_cached or 0, told_in)
        dollars = None if self._price is None else self._price.of(told_in, told_out, cached)
        return Spent(1, told_in, told_out, cached, dollars)


def tokens_of(request: Request) -> int:
    """Tokens of a request, counted or estimated without a network."""
    return sum(count_tokens(message.content) for message in request.messages)
