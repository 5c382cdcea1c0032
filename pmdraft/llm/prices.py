"""What a model's tokens cost, where that is known: by the user's own table, else by the genai-prices library.

The library brings its prices with it and asks nobody; only its updater would, which is not used. A model
is looked up at the provider whose address its endpoint has, so a model of one's own is never priced as
another's namesake.
"""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Protocol
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from pmdraft.errors import InputError, brief
from pmdraft.reading import parse_toml, read_text
from pmdraft.records import Line, Record, first_problem

_MILLION = 1_000_000
PerMillion = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Price(Protocol):
    """The price of one model's tokens."""

    @property
    def source(self) -> str:
        """Where it is from."""

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float:
        """US dollars for one request.

        Args:
            tokens_in: tokens of the request, those from a prompt cache included.
            tokens_out: tokens of the answer.
            tokens_cached: how many of the request's came from a prompt cache.
        """


class TablePrice(Record):
    """One `[[price]]` of a user's table, in US dollars for a million tokens."""

    model: Line
    """Name of the model, as `--model` names it."""
    host: Line | None = None
    """Host of the endpoint, if the price is of that one alone."""
    input: PerMillion
    output: PerMillion
    cached: PerMillion | None = None
    """For tokens from a prompt cache; default: as any others."""
    source: Line = ""

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float:
        """US dollars for one request."""
        cached = self.input if self.cached is None else self.cached
        full = (tokens_in - tokens_cached) * self.input + tokens_out * self.output
        return (full + tokens_cached * cached) / _MILLION


class _Table(Record):
    price: tuple[TablePrice, ...]


class ListedPrice:
    """A price that the genai-prices library lists.

    Args:
        model: name of the model.
        endpoint: address of its endpoint.

    Raises:
        LookupError: it lists none.
    """

    def __init__(self, model: str, endpoint: str) -> None:
        from genai_prices import Usage, calc_price  # noqa: PLC0415 - a quarter of a second that few commands pay

        self._usage, self._calc, self._of = Usage, calc_price, (model, endpoint)
        listed = calc_price(Usage(input_tokens=1, output_tokens=1), model_ref=model, provider_api_url=endpoint)
        self.source = f"{listed.model.id} at {listed.provider.name}, by genai-prices {version('genai-prices')}"

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float:
        """US dollars for one request."""
        usage = self._usage(input_tokens=tokens_in, output_tokens=tokens_out, cache_read_tokens=tokens_cached)
        model, endpoint = self._of
        return float(self._calc(usage, model_ref=model, provider_api_url=endpoint).total_price)


def read_prices(path: Path) -> tuple[TablePrice, ...]:
    """The prices of a user's table: TOML with a `[[price]]` for each model.

    Raises:
        InputError: it cannot be read, or is no such table.
    """
    try:
        table = _Table.model_validate(parse_toml(read_text(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({brief(str(error))}); check the path") from error
    except ValidationError as error:
        raise InputError(f"{path}: {brief(first_problem(error))}; see docs/runs.md") from error
    except ValueError as error:
        raise InputError(f"{path}: not TOML ({brief(str(error))}); see docs/runs.md") from error
    return tuple(price.model_copy(update={"source": path.name}) for price in table.price)


def price_of(model: str, endpoint: str | None, table: Sequence[TablePrice] = ()) -> Price | None:
    """The price of a model's tokens, or None where it is not known.

    Args:
        model: name of the model.
        endpoint: address of its endpoint; None where that is not known.
        table: the user's own prices, which come first.
    """
    host = urlsplit(endpoint).hostname if endpoint else None
    for price in table:
        if price.model == model and price.host in (None, host):
            return price
    if endpoint is None:
        return None
    try:
        return ListedPrice(model, endpoint)
    except LookupError:
        return None
