"""LangSmith's variables in a user's environment send nothing of pmdraft's anywhere."""

import subprocess
import sys

import pytest

from tests.llm.loopback import Canned, Loopback
from tests.llm.test_stages_over_http import answers_well

# A process of its own, because LangSmith reads its variables once. After pmdraft has drafted, a chat model is
# asked without it: that one is traced, so the environment does ask for traces.
PROGRAM = """
import sys
import urllib.request
from langchain_core.language_models import FakeListChatModel
from langchain_core.tracers.langchain import wait_for_all_tracers
from pmdraft import LangChainModel, OpenAIModel, Settings, draft_postmortem
from tests.scripted import least_answers
from tests.builders import evidence, incident

kind, langsmith, endpoint = sys.argv[1:]
least = {stage: answer.model_dump_json() for stage, answer in least_answers().items()}

if kind == "openai":
    model = OpenAIModel("model-1", base_url=endpoint, api_key="k")
else:
    model = LangChainModel(FakeListChatModel(responses=[least["timeline"], *least.values()] * 3))
draft = draft_postmortem(incident(evidence("S1", "the evidence")), model=model, settings=Settings(language="en"))
print([part.drafted_by for part in draft.run.parts])
wait_for_all_tracers()
urllib.request.urlopen(langsmith + "/that-was-ours", data=b"{}")
FakeListChatModel(responses=["the answer"]).invoke("the evidence")
wait_for_all_tracers()
"""


@pytest.mark.parametrize("kind", ["openai", "langchain"])
def test_nothing_is_traced_even_where_the_environment_asks_for_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "test-key")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    with Loopback().serving() as langsmith, Loopback().serving() as endpoint:
        langsmith.answers = [Canned({})]
        endpoint.answers = [answers_well]
        monkeypatch.setenv("LANGSMITH_ENDPOINT", langsmith.root)
        command = [sys.executable, "-c", PROGRAM, kind, langsmith.root, endpoint.url]
        done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)

    paths = [seen.path for seen in langsmith.seen]
    assert paths[0] == "/that-was-ours"
    assert len(paths) > 1
    assert ("model-1" if kind == "openai" else "FakeListChatModel") in done.stdout
    assert bool(endpoint.seen) == (kind == "openai")
