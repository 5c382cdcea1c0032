"""The stages: their order, what each is sent, and what happens when one fails."""

import re
import threading
from datetime import datetime, timedelta

import pytest

from pmdraft.drafting.asking import PartRun
from pmdraft.drafting.prompts import entry_text
from pmdraft.drafting.stages import Drafted, run_stages
from pmdraft.drafting.timeline import settle
from pmdraft.errors import BadAnswer, ModelUnavailable, RecordingMiss
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.seam import Reply, Request
from pmdraft.outline import outline_causes, outline_impact, outline_learning, outline_timeline
from pmdraft.sections import Section
from pmdraft.settings import Settings
from pmdraft.wire import SectionAnswer, TimelineAnswer
from tests.builders import evidence, incident
from tests.scripted import STAGES, ScriptedModel, claim, impact_answer, least_answers, timeline_answer, timeline_event

AFTER = STAGES[1:]
START = datetime.fromisoformat("2025-10-27T14:00:00+09:00")
OUTAGE = incident(
    evidence("S1", "API is down, 500 everywhere"),
    evidence("A1", "PagerDuty fired: API down", at="2025-10-27T14:25:00+09:00"),
    evidence("S2", "Rolled back, all green", at="2025-10-27T15:30:00+09:00"),
)
DOWN = ModelUnavailable("model 'scripted-1': no answer within 600 s; is the endpoint busy?")


def run(model: ScriptedModel | None, whole: Incident = OUTAGE, token_budget: int = 100_000) -> Drafted:
    return run_stages(whole, model, Settings(token_budget=token_budget), language=Language.EN)


def long_incident(messages: int = 60) -> Incident:
    def said(number: int) -> Evidence:
        at = START + timedelta(minutes=number)
        return evidence(f"S{number}", f"message number {number} of a long day", at=at.isoformat())

    return incident(*(said(number) for number in range(1, messages + 1)))


def budget_for(whole: Incident, share: float) -> int:
    return int(share * sum(count_tokens(entry_text(item)) for item in whole.evidence))


def sent(request: Request) -> list[str]:
    return re.findall(r"^([SAL]\d+) \|", request.messages[1].content, re.MULTILINE)


def drafted_by(drafted: Drafted) -> dict[str, str]:
    return {part.part: part.drafted_by for part in drafted.parts}


def failures(drafted: Drafted) -> dict[str, str | None]:
    return {part.part: part.failure for part in drafted.parts if part.failure is not None}


# Order.


def test_every_stage_is_asked_once_and_its_answer_taken() -> None:
    model = ScriptedModel({"impact": impact_answer(users=claim("500 users", "S1"))})

    drafted = run(model)

    assert sorted(model.stages) == sorted(STAGES)
    least = least_answers()
    assert drafted.answers.causes == least["causes"]
    assert drafted.answers.learning == least["learning"]
    assert drafted.answers.impact == impact_answer(users=claim("500 users", "S1"))
    assert failures(drafted) == {}


def test_the_timeline_is_answered_before_anything_else_is_asked() -> None:
    answered: list[bool] = []
    model = ScriptedModel()

    def timeline(_: Request) -> Reply:
        answered.append(model.stages == ["timeline"])
        return Reply(timeline_answer().model_dump_json())

    model = ScriptedModel({"timeline": timeline})

    run(model)

    assert answered == [True]
    assert model.stages[0] == "timeline"
    assert set(model.stages[1:]) == set(AFTER)


def test_the_stages_after_the_timeline_run_side_by_side() -> None:
    all_three = threading.Barrier(len(AFTER))
    least = least_answers()

    def together(request: Request) -> Reply:
        all_three.wait(5)
        return Reply(least[request.stage].model_dump_json())

    drafted = run(ScriptedModel(dict.fromkeys(AFTER, together)))

    assert drafted_by(drafted) == dict.fromkeys(STAGES, "scripted-1")
    assert not all_three.broken


def test_sections_of_ones_own_run_beside_them_so_that_the_slowest_decides_how_long_it_takes() -> None:
    sections = tuple(
        Section(id=f"own_{number}", title={Language.EN: "Own"}, instructions="Say it.") for number in range(5)
    )
    stages = [*AFTER, *(section.stage for section in sections)]
    # Each waits for all others: one after the other they would wait for ever.
    all_at_once = threading.Barrier(len(stages))
    least = least_answers()

    def together(request: Request) -> Reply:
        all_at_once.wait(10)
        answer = least.get(request.stage) or SectionAnswer(statements=[], open_questions=[])
        return Reply(answer.model_dump_json())

    settings = Settings(language=Language.EN, sections=sections)
    drafted = run_stages(OUTAGE, ScriptedModel(dict.fromkeys(stages, together)), settings, language=Language.EN)

    assert not all_at_once.broken
    assert [part.part for part in drafted.parts if part.failure] == []


# What is sent.


def test_the_evidence_is_the_same_leading_text_in_every_request() -> None:
    model = ScriptedModel()

    run(model)

    cut = [request.messages[1].content.partition("\nEnd of the evidence.\n") for request in model.requests]
    assert len({(before, end) for before, end, _ in cut}) == 1
    assert all(task for _, _, task in cut)
    assert len({request.messages[0] for request in model.requests}) == 1
    assert all(sent(request) == ["S1", "A1", "S2"] for request in model.requests)


def test_the_settled_timeline_is_told_to_the_stages_after_it() -> None:
    event = timeline_event("S2", kind="recovery", event="Rolled back")
    model = ScriptedModel({"timeline": timeline_answer(event)})

    run(model)

    row = "- 10-27 15:30 [recovery] Rolled back (S2)"
    assert [row in model.asked(stage)[0].messages[1].content for stage in STAGES] == [False, True, True, True]


def test_an_event_that_cannot_be_settled_is_not_told_to_the_stages_after_it() -> None:
    model = ScriptedModel({"timeline": timeline_answer(timeline_event("S99", event="Invented"))})

    drafted = run(model)

    assert "Invented" not in model.asked("causes")[0].messages[1].content
    assert [rejected.text for rejected in drafted.settled.rejected] == ["Invented"]


# Too much evidence.


def test_too_much_evidence_makes_several_timelines_that_leave_nothing_out() -> None:
    whole = long_incident()
    model = ScriptedModel()

    run(model, whole, budget_for(whole, 0.3))

    slices = sorted((sent(request) for request in model.asked("timeline")), key=lambda ids: int(ids[0][1:]))
    assert len(slices) == 4
    assert [name for ids in slices for name in ids] == [item.id for item in whole.evidence]
    assert slices[-1][-1] == "S60"


def test_no_request_holds_more_than_the_budget() -> None:
    whole = long_incident()
    budget = budget_for(whole, 0.3)
    model = ScriptedModel()

    run(model, whole, budget)

    sizes = {item.id: count_tokens(entry_text(item)) for item in whole.evidence}
    assert all(0 < sum(sizes[name] for name in sent(request)) <= budget for request in model.requests)


def test_slices_are_read_side_by_side_and_their_events_put_together() -> None:
    whole = long_incident()
    both = threading.Barrier(2)

    def last_of_slice(request: Request) -> Reply:
        both.wait(5)
        return Reply(timeline_answer(timeline_event(sent(request)[-1])).model_dump_json(), "done", 100, 10)

    drafted = run(ScriptedModel({"timeline": last_of_slice}), whole, budget_for(whole, 0.55))

    assert [entry.timed_by for entry in drafted.settled.entries][-1] == "S60"
    assert len(drafted.settled.entries) == 2
    prompt = drafted.parts[0].prompt
    assert drafted.parts[0] == PartRun(
        part="timeline", drafted_by="scripted-1", requests=2, tokens_in=200, tokens_out=20, prompt=prompt
    )


def test_what_the_later_stages_are_not_sent_is_told_and_what_the_timeline_cites_is_sent() -> None:
    whole = long_incident()
    model = ScriptedModel({"timeline": timeline_answer(timeline_event("S60"), timeline_event("S31"))})

    drafted = run(model, whole, budget_for(whole, 0.3))

    told = [sent(model.asked(stage)[0]) for stage in AFTER]
    assert told[0] == told[1] == told[2]
    assert {"S31", "S60"} <= set(told[0])
    assert sorted([*told[0], *drafted.left_out]) == sorted(item.id for item in whole.evidence)
    assert drafted.left_out


def test_nothing_is_left_out_where_all_fits() -> None:
    assert run(ScriptedModel()).left_out == ()


# Repair and failure.


def test_a_repair_counts_as_a_request_with_its_tokens() -> None:
    good = least_answers()["causes"].model_dump_json()
    model = ScriptedModel({"causes": [Reply("nonsense", "done", 100, 1), Reply(good, "done", 120, 20)]})

    drafted = run(model)

    run_of_causes = drafted.parts[1]
    assert (run_of_causes.part, run_of_causes.requests) == ("causes", 2)
    assert (run_of_causes.tokens_in, run_of_causes.tokens_out) == (220, 21)


@pytest.mark.parametrize("bad", AFTER)
@pytest.mark.parametrize(
    ("line", "failure"),
    [
        ("nonsense", "holds no JSON object"),
        (Reply("", "refused"), "refused"),
        (BadAnswer("the evidence is too long for it"), "too long"),
    ],
)
def test_one_bad_part_is_filled_by_the_outline_and_named(bad: str, line: str | Reply | BadAnswer, failure: str) -> None:
    outlines = {"causes": outline_causes, "impact": outline_impact, "learning": outline_learning}

    drafted = run(ScriptedModel({bad: line}))

    assert drafted_by(drafted) == {**dict.fromkeys(STAGES, "scripted-1"), bad: "outline"}
    assert list(failures(drafted)) == [bad]
    assert failure in str(failures(drafted)[bad])
    assert getattr(drafted.answers, bad) == outlines[bad](OUTAGE, Language.EN)


def test_a_part_that_cannot_be_had_decides_nothing_about_those_beside_it() -> None:
    # Recorded, it failed after minutes; replayed, it fails at once, and both must draft the same.
    drafts = [drafted_by(run(ScriptedModel({"causes": DOWN}))) for _ in range(30)]

    assert drafts == [{**dict.fromkeys(STAGES, "scripted-1"), "causes": "outline"}] * 30


def test_an_endpoint_that_cannot_be_used_is_asked_once_and_all_parts_are_outline() -> None:
    model = ScriptedModel(dict.fromkeys(STAGES, DOWN))

    drafted = run(model)

    assert model.stages == ["timeline"]
    assert drafted_by(drafted) == dict.fromkeys(STAGES, "outline")
    assert failures(drafted) == dict.fromkeys(STAGES, str(DOWN))
    assert drafted.settled == settle(outline_timeline(OUTAGE, Language.EN), OUTAGE, Language.EN)


def test_a_bad_timeline_does_not_keep_the_other_parts_from_the_model() -> None:
    drafted = run(ScriptedModel({"timeline": "nonsense"}))

    assert drafted_by(drafted) == {**dict.fromkeys(STAGES, "scripted-1"), "timeline": "outline"}


def test_a_timeline_of_which_no_event_stands_is_the_outlines_and_is_said_to_be() -> None:
    drafted = run(ScriptedModel({"timeline": TimelineAnswer(events=[])}))

    assert drafted.settled == settle(outline_timeline(OUTAGE, Language.EN), OUTAGE, Language.EN)
    assert drafted_by(drafted)["timeline"] == "outline"
    assert failures(drafted) == {"timeline": "the answer has no event that stands"}


def test_of_a_timeline_of_which_one_slice_fails_only_that_slice_is_outline() -> None:
    talk = [*long_incident().evidence[:-1], evidence("S60", "Back to normal", at="2025-10-27T15:00:00+09:00")]
    whole = incident(*talk)

    def no_tail(request: Request) -> Reply:
        event = timeline_event(sent(request)[0])
        return Reply("nonsense" if "S60" in sent(request) else timeline_answer(event).model_dump_json())

    drafted = run(ScriptedModel({"timeline": no_tail}), whole, budget_for(whole, 0.3))

    assert drafted_by(drafted)["timeline"] == "scripted-1"
    assert str(failures(drafted)["timeline"]).startswith("slice 4 of 4: ")
    assert "holds no JSON object" in str(failures(drafted)["timeline"])
    assert [(entry.timed_by, entry.kind.value) for entry in drafted.settled.entries][-1] == ("S60", "recovery")
    assert len(drafted.settled.entries) == 4


def test_slices_that_were_not_begun_are_not_asked_of_an_endpoint_that_cannot_be_used() -> None:
    whole = long_incident()
    before = set(threading.enumerate())
    model = ScriptedModel(dict.fromkeys(STAGES, DOWN))

    run(model, whole, budget_for(whole, 0.04))

    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    assert len(model.requests) <= 4


@pytest.mark.parametrize("stage", STAGES)
def test_a_request_that_was_never_recorded_is_no_part_for_the_outline(stage: str) -> None:
    model = ScriptedModel({stage: RecordingMiss(f"no response for {stage!r}; record it again")})

    with pytest.raises(RecordingMiss, match=f"no response for '{stage}'"):
        run(model)


def test_an_error_that_is_a_bug_is_not_hidden_by_the_outline() -> None:
    with pytest.raises(ZeroDivisionError, match="bug"):
        run(ScriptedModel({"learning": ZeroDivisionError("bug")}))


# No model.


def test_without_a_model_all_parts_are_outline_and_none_has_failed() -> None:
    drafted = run(None)

    assert drafted.parts == tuple(PartRun(part=name, drafted_by="outline") for name in STAGES)
    assert drafted.answers.impact == outline_impact(OUTAGE, Language.EN)
    assert [entry.timed_by for entry in drafted.settled.entries] == ["S1", "A1", "S2"]
