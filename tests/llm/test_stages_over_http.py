"""Stages against an endpoint in its bad hours, over real HTTP: what can be saved is, and the rest is named."""

import json
import re
from collections.abc import Callable

import openai
import pytest

from pmdraft.drafting.stages import Drafted, run_stages
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.settings import Settings
from tests.builders import evidence, incident
from tests.llm.endpoints import HTML, completion, failure
from tests.llm.loopback import Canned, Loopback, Seen
from tests.scripted import STAGES, least_answers, timeline_answer, timeline_event

LEAST = {stage: answer.model_dump_json() for stage, answer in least_answers().items()}
WHOLE = incident(
    *(evidence(f"S{number}", f"message {number}", f"2025-10-27T14:{number:02}:00Z") for number in range(8))
)
Odd = Callable[[Seen], Canned | None]


def stage_of(seen: Seen) -> str:
    form = seen.body["response_format"]
    return str(form["json_schema"]["name"])  # type: ignore[index]  # it is JSON


def sent(seen: Seen) -> list[str]:
    return re.findall(r"^(S\d+) \|", seen.body["messages"][1]["content"], re.MULTILINE)  # type: ignore[index]  # likewise


def asked(server: Loopback, stage: str) -> list[Seen]:
    return [seen for seen in server.seen if stage_of(seen) == stage]


def answers_well(seen: Seen) -> Canned:
    """The least answer to a request."""
    fields = seen.body["response_format"]["json_schema"]["schema"]["properties"]  # type: ignore[index]  # likewise
    least = json.loads(LEAST[stage_of(seen)])
    return Canned(completion(json.dumps({name: least[name] for name in fields})))


def draft(server: Loopback, model: OpenAIModel, odd: Odd, whole: Incident = WHOLE) -> Drafted:
    """Draft with a server that answers well, but where `odd` has another answer."""
    server.answers = [lambda seen: odd(seen) or answers_well(seen)]
    return run_stages(whole, model, Settings(), language=Language.EN)


def failures(drafted: Drafted) -> dict[str, str | None]:
    return {part.part: part.failure for part in drafted.parts if part.failure is not None}


def first_time(stage: str, canned: Canned) -> Odd:
    left = [canned]
    return lambda seen: left.pop() if stage_of(seen) == stage and left else None


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param("```json\n{}\n```", id="fenced, with another form"),
        pytest.param('{"events": "none"}', id="another form"),
        pytest.param('{"events": [', id="half a JSON"),
        pytest.param("I would rather not say.", id="prose"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_answer_of_another_form_is_asked_for_again_with_what_is_wrong(
    server: Loopback, model: OpenAIModel, stage: str, content: str
) -> None:
    drafted = draft(server, model, first_time(stage, Canned(completion(content))))

    again = asked(server, stage)[1].body["messages"]
    assert failures(drafted) == {}
    assert again[2]["content"] == (content or "(empty)")  # type: ignore[index]  # it is JSON
    assert again[3]["content"].startswith("That answer cannot be used: ")  # type: ignore[index]  # likewise
    assert {part.part: part.requests for part in drafted.parts}[stage] == 2


def test_fences_and_talk_round_a_good_answer_are_let_by(server: Loopback, model: OpenAIModel) -> None:
    drafted = draft(
        server, model, lambda seen: Canned(completion(f"Sure!\n```json\n{LEAST[stage_of(seen)]}\n```\nAnything else?"))
    )

    assert failures(drafted) == {}
    assert len(server.seen) == 4


@pytest.mark.parametrize("stage", STAGES)
def test_a_refusal_costs_one_part_and_is_not_argued_with(server: Loopback, model: OpenAIModel, stage: str) -> None:
    message = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}

    drafted = draft(
        server, model, lambda seen: Canned(completion(message=message)) if stage_of(seen) == stage else None
    )

    assert failures(drafted) == {stage: "the model refused to answer: I cannot help with that."}
    assert len(server.seen) == 4


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "canned",
    [Canned(completion("{", finish_reason="content_filter")), failure(400, "filtered", "content_filter")],
    ids=["of the answer", "of the request"],
)
def test_a_content_filter_costs_one_part(server: Loopback, model: OpenAIModel, stage: str, canned: Canned) -> None:
    drafted = draft(server, model, lambda seen: canned if stage_of(seen) == stage else None)

    assert list(failures(drafted)) == [stage]
    assert "content filter stopped" in str(failures(drafted)[stage])
    assert len(server.seen) == 4


def test_a_timeline_that_does_not_end_is_asked_for_by_halves_of_the_evidence(
    server: Loopback, model: OpenAIModel
) -> None:
    def short_of_breath(seen: Seen) -> Canned | None:
        if stage_of(seen) != "timeline":
            return None
        if len(sent(seen)) > 2:
            return Canned(completion('{"events": [', finish_reason="length"))
        events = [timeline_event(name, event=f"saw {name}") for name in sent(seen)]
        return Canned(completion(timeline_answer(*events).model_dump_json()))

    drafted = draft(server, model, short_of_breath)

    assert [entry.timed_by for entry in drafted.settled.entries] == [item.id for item in WHOLE.evidence]
    assert failures(drafted) == {}
    assert drafted.parts[0].requests == 7


@pytest.mark.parametrize("stage", STAGES[1:])
def test_another_part_that_does_not_end_is_asked_for_in_halves_with_the_same_leading_text(
    server: Loopback, model: OpenAIModel, stage: str
) -> None:
    def short_of_breath(seen: Seen) -> Canned | None:
        fields = seen.body["response_format"]["json_schema"]["schema"]["properties"]  # type: ignore[index]  # it is JSON
        whole = stage_of(seen) == stage and len(fields) == len(json.loads(LEAST[stage]))
        return Canned(completion('{"', finish_reason="length")) if whole else None

    drafted = draft(server, model, short_of_breath)

    texts = [seen.body["messages"][1]["content"].partition("\n# Your task")[0] for seen in asked(server, stage)]  # type: ignore[index]  # likewise
    assert failures(drafted) == {}
    assert getattr(drafted.answers, stage) == least_answers()[stage]
    assert len(texts) == 4  # once, once with more room, and the two halves
    assert len(set(texts)) == 1


def test_a_part_that_never_ends_is_filled_by_the_outline(server: Loopback, client: openai.OpenAI) -> None:
    def endless(seen: Seen) -> Canned | None:
        return Canned(completion('{"', finish_reason="length")) if stage_of(seen) == "causes" else None

    drafted = draft(server, OpenAIModel("model-1", client=client), endless)

    assert failures(drafted) == {"causes": "the answer was cut off at the model's length limit"}


def test_evidence_that_is_too_long_is_sent_in_smaller_pieces_and_what_a_stage_did_not_see_is_told(
    server: Loopback, model: OpenAIModel
) -> None:
    def narrow(seen: Seen) -> Canned | None:
        return failure(400, "too long", "context_length_exceeded") if len(sent(seen)) > 4 else None

    drafted = draft(server, model, narrow)

    assert failures(drafted) == {}
    assert sorted(len(sent(seen)) for seen in asked(server, "timeline")) == [4, 4, 8]
    assert all([len(sent(seen)) for seen in asked(server, stage)] == [8, 4] for stage in STAGES[1:])
    assert len(drafted.left_out) == 4
    assert {item.id for item in WHOLE.evidence} - set(drafted.left_out) == set(sent(asked(server, "causes")[1]))


def test_one_message_that_is_too_long_alone_leaves_an_outline_that_says_so(
    server: Loopback, model: OpenAIModel
) -> None:
    drafted = draft(server, model, lambda _: failure(400, "too long", "context_length_exceeded"))

    assert failures(drafted).keys() == set(STAGES)
    assert all("lower --token-budget" in str(failure) for failure in failures(drafted).values())


def test_a_login_page_is_met_once_and_all_parts_are_outline(server: Loopback, model: OpenAIModel) -> None:
    drafted = draft(server, model, lambda _: Canned("<html>Please log in</html>", headers=HTML))

    assert failures(drafted).keys() == set(STAGES)
    assert len(server.seen) == 1


def test_an_endpoint_that_counts_no_tokens_drafts_all_the_same(server: Loopback, model: OpenAIModel) -> None:
    def silent(seen: Seen) -> Canned:
        return Canned(completion(LEAST[stage_of(seen)]) | {"usage": None})

    drafted = draft(server, model, silent)

    assert failures(drafted) == {}
    assert [(part.requests, part.tokens_in) for part in drafted.parts] == [(1, 0)] * 4


def test_answers_without_choices_are_waited_out(server: Loopback, model: OpenAIModel, waits: list[float]) -> None:
    drafted = draft(server, model, first_time("impact", Canned(completion() | {"choices": []})))

    assert failures(drafted) == {}
    assert waits == [1.0]
