"""A plan tells before a run what the run then does."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pmdraft.demo import demo_incident
from pmdraft.draft import draft_postmortem
from pmdraft.errors import InputError
from pmdraft.evidence import Incident, Source
from pmdraft.language import Language
from pmdraft.llm.allowance import tokens_of
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.prices import TablePrice
from pmdraft.llm.recording import ReplayModel
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Reply, Request
from pmdraft.running.plan import Plan, plan_draft
from pmdraft.running.plan_told import told_in_short, told_plan
from pmdraft.sections import Section
from pmdraft.settings import Settings
from tests.builders import evidence, incident
from tests.scripted import ScriptedModel

DEMO = Path(__file__).parent.parent / "pmdraft" / "demo"
PRICE = TablePrice(model="model-1", input=1.0, output=10.0, cached=0.1, source="prices.toml")


class Named:
    """A model that must not be asked."""

    name = "model-1"
    address = "https://llm.example.com/v1/"

    def complete(self, request: Request) -> Reply:
        raise AssertionError(f"{request.stage} was asked")


class Counting:
    """Passes requests on and counts their tokens by stage."""

    def __init__(self, model: ReplayModel | ScriptedModel) -> None:
        self._model = model
        self.name = model.name
        self._lock = threading.Lock()
        self.requests: Counter[str] = Counter()
        self.tokens_in: Counter[str] = Counter()
        self.tokens_out: Counter[str] = Counter()

    def complete(self, request: Request) -> Reply:
        reply = self._model.complete(request)
        with self._lock:
            self._count(request, reply)
        return reply

    def _count(self, request: Request, reply: Reply) -> None:
        self.requests[request.stage] += 1
        self.tokens_in[request.stage] += tokens_of(request)
        self.tokens_out[request.stage] += count_tokens(reply.text)


def long_incident(messages: int = 300) -> Incident:
    begin = datetime.fromisoformat("2025-10-27T14:00:00+09:00")
    return incident(
        *(
            evidence(
                f"S{number}", f"message {number}: checkout answers 503 again", str(begin + timedelta(minutes=number))
            )
            for number in range(1, messages + 1)
        )
    )


@pytest.mark.parametrize("language", Language)
def test_the_demos_plan_is_what_the_demo_does(language: Language) -> None:
    settings = Settings(language=language)
    run = Counting(ReplayModel(DEMO / f"responses.{language}.jsonl"))
    draft_postmortem(demo_incident(), model=run, settings=settings)

    plan = plan_draft(demo_incident(), model=Named(), settings=settings)

    assert {stage.stage: stage.requests for stage in plan.stages} == run.requests
    for stage in plan.stages:
        assert stage.tokens_in == pytest.approx(run.tokens_in[stage.stage], rel=0.25), stage.stage
        assert stage.tokens_out == pytest.approx(run.tokens_out[stage.stage], rel=0.35), stage.stage
    assert plan.tokens_in == pytest.approx(sum(run.tokens_in.values()), rel=0.1)
    assert plan.evidence == {Source.SLACK: 122, Source.ALERT: 8, Source.LOG: 23}
    assert {item.kind: item.count for item in plan.redactions} == {"email": 1, "password": 1, "token": 1}


def test_every_slice_of_a_long_channel_is_planned_for() -> None:
    whole = long_incident()
    settings = Settings(language=Language.EN, token_budget=1500)
    run = Counting(ScriptedModel())
    draft_postmortem(whole, model=run, settings=settings)

    plan = plan_draft(whole, model=Named(), settings=settings)

    stages = {stage.stage: stage for stage in plan.stages}
    assert stages["timeline"].requests == run.requests["timeline"] > 3
    assert stages["timeline"].tokens_in == run.tokens_in["timeline"]
    assert plan.evidence == {Source.SLACK: 300}


def test_a_section_of_ones_own_is_planned_for() -> None:
    section = Section(id="money", title={Language.EN: "Money"}, instructions="What it cost.")
    settings = Settings(language=Language.EN, sections=(section,))

    plan = plan_draft(long_incident(5), model=Named(), settings=settings)

    assert "section-money" in {stage.stage for stage in plan.stages}


def test_few_messages_are_not_expected_to_give_many_events() -> None:
    few, many = (plan_draft(long_incident(count), model=Named()) for count in (3, 100))

    assert few.tokens_out < many.tokens_out / 2


# Cost.


def test_a_cost_is_given_where_the_price_is_known_and_lower_with_a_prompt_cache() -> None:
    plan = plan_draft(demo_incident(), model=Named(), prices=[PRICE])

    whole = (plan.tokens_in * 1.0 + plan.tokens_out * 10.0) / 1e6
    shared = sum(stage.tokens_shared for stage in plan.stages)
    assert plan.cost == pytest.approx(whole)
    assert plan.cost_cached == pytest.approx(whole - shared * 0.9 / 1e6)
    assert shared > 25_000
    assert [model.price for model in plan.models] == ["prices.toml"]


def test_a_cost_that_is_not_known_is_said_to_be_unknown() -> None:
    plan = plan_draft(demo_incident(), model=Named())

    assert plan.cost is None
    assert list(told_plan(plan))[-1] == ("cost     unknown: no price of model-1 is known; give one with --prices")


def test_what_an_earlier_run_answered_is_not_planned_for() -> None:
    memory: dict[str, Response] = {}

    class Memory:
        def response(self, request: Request) -> Response | None:
            return memory.get(request.fingerprint())

        def keep(self, response: Response) -> None:
            if response.stage != "causes":
                memory[response.request] = response

    whole, settings = long_incident(5), Settings(language=Language.EN)
    draft_postmortem(whole, model=KeepingModel(ScriptedModel(), Memory()), settings=settings)

    plan = plan_draft(whole, model=Named(), settings=settings, kept=Memory().response)

    asked = {stage.stage: (stage.requests, stage.kept) for stage in plan.stages}
    assert asked["timeline"] == asked["impact"] == asked["learning"] == (0, 1)
    assert asked["causes"] == (1, 0)


def test_an_incident_without_evidence_is_refused() -> None:
    with pytest.raises(InputError, match="no evidence"):
        plan_draft(Incident(evidence=()), model=Named())


# What is told.


def test_a_plan_says_what_goes_where_and_what_it_costs() -> None:
    lines = list(told_plan(plan_draft(demo_incident(), model=Named(), prices=[PRICE])))

    assert lines[0] == "sends    8 alerts, 23 kinds of log lines, 122 Slack messages, with who wrote them"
    assert lines[1] == "replaced 1 email, 1 password, 1 token, before anything is sent"
    assert lines[2] == "to       model-1 at https://llm.example.com/v1/"
    assert [line.split()[0] for line in lines[4:9]] == ["timeline", "causes", "impact", "learning", "verification"]
    assert lines[-1].startswith("cost     about ")
    assert lines[-1].endswith("with a prompt cache (prices.toml)")


def test_pseudonyms_are_told() -> None:
    plan = plan_draft(long_incident(3), model=Named(), settings=Settings(pseudonyms=True))

    assert next(told_plan(plan)) == "sends    3 Slack messages, with pseudonyms of who wrote them"


def test_a_plan_of_which_all_is_kept_sends_nothing() -> None:
    plan = Plan(models=(), stages=(), evidence={}, left_out=0, redactions=(), cost=0.0, cost_cached=0.0)

    assert list(told_in_short(plan)) == ["sends    nothing: all answers are kept from an earlier run"]


def test_evidence_that_goes_out_unencrypted_is_told() -> None:
    class Plain(Named):
        address = "http://llm.example.com/v1/"

    class Local(Named):
        address = "http://127.0.0.1:11434/v1/"

    assert "to       model-1 at http://llm.example.com/v1/ (not encrypted)" in told_plan(
        plan_draft(long_incident(3), model=Plain())
    )
    assert "to       model-1 at http://127.0.0.1:11434/v1/" in told_plan(plan_draft(long_incident(3), model=Local()))


def test_a_chat_model_whose_place_is_not_known_is_told() -> None:
    lines = list(told_in_short(plan_draft(long_incident(3), model=ScriptedModel())))

    assert "to       scripted-1 at wherever that chat model sends it" in lines
