"""Prices: the user's own first, a listed one where the endpoint is the provider's, else none."""

from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.llm.prices import TablePrice, price_of, read_prices

OPENAI = "https://api.openai.com/v1/"
OWN = "https://llm.example.com/v1/"
MINE = TablePrice(model="model-1", input=2.0, output=8.0, cached=0.5, source="prices.toml")


def test_a_table_prices_tokens_by_the_million() -> None:
    price = price_of("model-1", OWN, [MINE])

    assert price is not None
    assert price.of(1_000_000, 0) == 2.0
    assert price.of(0, 1_000_000) == 8.0
    assert price.of(100_000, 10_000, 50_000) == pytest.approx(0.05 * 2 + 0.05 * 0.5 + 0.01 * 8)
    assert price.source == "prices.toml"


def test_without_a_price_of_their_own_cached_tokens_cost_what_others_do() -> None:
    price = TablePrice(model="m", input=2.0, output=8.0)

    assert price.of(1000, 0, 500) == price.of(1000, 0)


def test_a_price_of_one_host_is_not_anothers() -> None:
    here = TablePrice(model="model-1", host="llm.example.com", input=1.0, output=1.0)

    assert price_of("model-1", OWN, [here]) == here
    assert price_of("model-1", "https://other.example.com/v1/", [here]) is None


def test_a_model_at_its_own_provider_is_listed_and_names_the_source() -> None:
    price = price_of("gpt-4.1", OPENAI)

    assert price is not None
    assert price.of(1_000_000, 0) > 0
    assert price.of(100_000, 0, 90_000) < price.of(100_000, 0)
    assert price.source.startswith("gpt-4.1 at OpenAI, by genai-prices ")


@pytest.mark.parametrize(
    ("model", "endpoint"),
    [
        ("gpt-4.1", OWN),
        ("gpt-4.1", "http://127.0.0.1:11434/v1"),
        ("no-such-model", OPENAI),
        ("gpt-4.1", None),
    ],
)
def test_a_price_that_is_not_known_is_not_guessed(model: str, endpoint: str | None) -> None:
    assert price_of(model, endpoint) is None


def test_the_users_own_price_comes_before_a_listed_one() -> None:
    mine = TablePrice(model="gpt-4.1", input=0.0, output=0.0)

    assert price_of("gpt-4.1", OPENAI, [mine]) == mine


def test_a_table_is_read_from_toml(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text('[[price]]\nmodel = "qwen3:32b"\nhost = "llm.example.com"\ninput = 0.2\noutput = 1\n')

    (price,) = read_prices(file)

    assert price == TablePrice(model="qwen3:32b", host="llm.example.com", input=0.2, output=1.0, source="prices.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[price", "not TOML"),
        ("", "price: Field required"),
        ('[[price]]\nmodel = "m"\ninput = 1\n', r"price\.0\.output: Field required"),
        ('[[price]]\nmodel = "m"\ninput = -1\noutput = 1\n', "greater than or equal to 0"),
        ('[[price]]\nmodel = "m"\ninput = nan\noutput = 1\n', "finite number"),
        ('[[price]]\nmodel = "m"\ninput = 1\noutput = 1\neuro = 1\n', "not permitted"),
    ],
)
def test_a_table_of_another_form_is_one_clear_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(content)

    with pytest.raises(InputError, match=rf"prices\.toml: .*{said}.*; see docs/runs\.md"):
        read_prices(file)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_table_that_cannot_be_read_is_one_clear_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "prices.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(InputError, match=r"prices\.toml: cannot be read .*; check the path"):
        read_prices(file)
