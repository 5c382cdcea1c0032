"""A loopback server and a model that asks it."""

from collections.abc import Iterator

import openai
import pytest

from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from tests.llm.endpoints import KEY
from tests.llm.loopback import Loopback


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback().serving() as loopback:
        yield loopback


@pytest.fixture(scope="module")
def some_client() -> openai.OpenAI:
    # Making one takes a while; what it keeps between requests are connections.
    return openai.OpenAI(base_url="http://127.0.0.1:9/v1", api_key=KEY, max_retries=5)


@pytest.fixture
def client(server: Loopback, some_client: openai.OpenAI) -> openai.OpenAI:
    return some_client.with_options(base_url=server.url)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def model(client: openai.OpenAI, waits: list[float]) -> OpenAIModel:
    return OpenAIModel("model-1", client=client, policy=CallPolicy(sleep=waits.append, jitter=lambda: 0.0))
