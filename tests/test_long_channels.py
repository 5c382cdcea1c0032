"""A long channel's draft holds the same key events as the same incident given in one piece."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import pmdraft.demo
from pmdraft.demo import demo_incident
from pmdraft.draft import Draft, draft_postmortem
from pmdraft.drafting.prompts import entry_text
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.seam import Reply, Request
from pmdraft.redact import redact
from pmdraft.settings import Settings
from pmdraft.wire import KeptEvent, MergeAnswer, TimelineAnswer, TimelineEvent
from tests.builders import evidence, incident
from tests.scripted import ScriptedModel, timeline_event

HEAD = re.compile(r"^([SAL]\d+) \|", re.MULTILINE)


def sent(request: Request) -> list[str]:
    return HEAD.findall(request.messages[1].content)


def reader(events: Iterable[TimelineEvent]) -> ScriptedModel:
    """A model that finds, of these events, those whose evidence it is shown; it puts together nothing."""
    known = list(events)

    def timeline(request: Request) -> Reply:
        seen = set(sent(request))
        found = [event for event in known if event.timed_by in seen]
        return Reply(TimelineAnswer(events=found).model_dump_json())

    def merge(request: Request) -> Reply:
        listed = re.findall(r"^(\d+)\. .*? \[(\w+)\]", request.messages[1].content, re.MULTILINE)
        keep = [KeptEvent.model_validate({"events": [int(number)], "kind": kind}) for number, kind in listed]
        return Reply(MergeAnswer(keep=keep).model_dump_json())

    return ScriptedModel({"timeline": timeline, "merge": merge})


def budget_for(whole: Incident, share: float) -> int:
    return int(share * sum(count_tokens(entry_text(item)) for item in whole.evidence))


def draft(whole: Incident, model: ScriptedModel | None, token_budget: int = 1_000_000) -> Draft:
    return draft_postmortem(whole, model=model, settings=Settings(token_budget=token_budget, verify=False))


def told(made: Draft) -> list[tuple[str, str, str]]:
    return [(f"{entry.at:%m-%d %H:%M}", entry.kind.value, entry.event.text) for entry in made.postmortem.timeline]


# The demo, cut small.


def recorded_timeline(language: Language) -> TimelineAnswer:
    """What was answered for the demo's timeline when all of it was in one request."""
    file = Path(pmdraft.demo.__file__).parent / f"responses.{language}.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return TimelineAnswer.model_validate_json(next(line["text"] for line in lines if line["stage"] == "timeline"))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("share", [0.5, 0.1])
def test_the_demo_in_slices_has_the_timeline_of_the_demo_in_one_piece(language: Language, share: float) -> None:
    whole = redact(demo_incident())
    events = recorded_timeline(language).events
    model = reader(events)

    in_one = draft(whole, reader(events))
    in_slices = draft(whole, model, budget_for(whole, share))

    assert len(model.asked("timeline")) > 1 / share
    assert told(in_slices) == told(in_one)
    assert in_slices.postmortem.durations == in_one.postmortem.durations


# A channel of four days, like that of a test network that lost finality.

START = datetime(2020, 8, 14, 16, 0, tzinfo=UTC)
# Hours after the start, who, what, and what it was; None for what only sounds like it.
STORY: list[tuple[float, str, str, str | None]] = [
    (0.2, "peter", "my nodes see blocks from the future since 15:58", "impact_start"),
    (1.7, "afri", "no finality for 7 epochs", "detection"),
    (1.9, "raul", "we are looking into it, the clocks of some nodes jumped", "investigation"),
    (2.4, "preston", "roughtime servers gave 6 different times, that could be it", "investigation"),
    (3.4, "raul", "found the cause: the clock skew comes from roughtime", "cause_found"),
    (4.15, "raul", "v1.0.0-alpha.21 released, it ignores roughtime", "mitigation"),
    (5.05, "ben", "write-up of the incident is posted", "communication"),
    (9.07, "nishant", "another fix is out: there was a mistake in the previous one", "mitigation"),
    (10.45, "afri", "817 validators slashed so far", "other"),
    (30.0, "mehdi", "ruled out: memory is not the cause of the missing blocks", "dead_end"),
    (52.5, "terence", "decided to ship checkpoints with the next release", "decision"),
    (70.0, "raul", "participation is climbing back, 45%", "partial_recovery"),
    (93.5, "afri", "finality is back to normal since epoch 3200", "recovery"),
    (94.2, "afri", "closing the incident here, thank you all", "closed"),
]
CHATTER = (
    "which client do you run?",
    "peers: {n}",
    "lol",
    "is it fixed yet?",
    "good morning from Berlin",
    "I see slot {n} missing, anyone else?",
    "my beacon node uses {n} MB",
    "not recovered here, still {n} behind",
    "how do I import my keys?",
)


def four_days(a_minute: float) -> Incident:
    """The story among chatter, a message every so many minutes."""
    story = [(START + timedelta(hours=hours), who, text) for hours, who, text, _ in STORY]
    moments = (START + timedelta(minutes=a_minute * n) for n in range(int(96 * 60 / a_minute)))
    chatter = [(at, f"user{n % 37}", CHATTER[n % len(CHATTER)].format(n=n)) for n, at in enumerate(moments)]
    said = sorted([*story, *chatter])
    items = [evidence(f"S{n}", text, at.isoformat(), author=who) for n, (at, who, text) in enumerate(said, 1)]
    return incident(*items, timezone="UTC")


def events_of(whole: Incident) -> list[TimelineEvent]:
    ids = {item.text: item.id for item in whole.evidence}
    return [timeline_event(ids[text], kind=kind, event=text) for _, _, text, kind in STORY if kind]


@pytest.mark.parametrize("slices", [2, 7, 30])
def test_four_days_in_slices_have_the_key_events_of_four_days_in_one_piece(slices: int) -> None:
    whole = four_days(15)
    model = reader(events_of(whole))

    in_one = draft(whole, reader(events_of(whole)))
    in_slices = draft(whole, model, budget_for(whole, 1 / slices))

    assert len(model.asked("timeline")) >= slices
    assert told(in_slices) == told(in_one)
    assert [entry.kind.value for entry in in_slices.postmortem.timeline] == [kind for *_, kind in STORY]


def test_slices_that_each_see_a_beginning_and_repeat_each_other_make_one_timeline() -> None:
    whole = four_days(15)
    events = events_of(whole)
    first_of: list[str] = []

    def every_slice_has_a_start(request: Request) -> Reply:
        seen = sent(request)
        first_of.append(seen[0])
        start = timeline_event(seen[0], kind="impact_start", event=f"trouble begins ({seen[0]})")
        found = [event for event in events if event.timed_by in seen]
        return Reply(TimelineAnswer(events=[start, *found]).model_dump_json())

    def first_start_counts(request: Request) -> Reply:
        listed = re.findall(r"^(\d+)\. .*? \[(\w+)\] (.*)$", request.messages[1].content, re.MULTILINE)
        keep = [
            KeptEvent.model_validate({"events": [int(number)], "kind": kind})
            for number, kind, text in listed
            if "trouble begins" not in text
        ]
        return Reply(MergeAnswer(keep=keep).model_dump_json())

    model = ScriptedModel({"timeline": every_slice_has_a_start, "merge": first_start_counts})
    made = draft(whole, model, budget_for(whole, 0.2))

    starts = [entry for entry in made.postmortem.timeline if entry.kind.value == "impact_start"]
    assert [event.event in {text for *_, text in told(made)} for event in events] == [True] * len(events)
    assert [entry.timed_by for entry in starts][:1] == [
        min(first_of, key=lambda name: int(name[1:]))
    ]  # the earliest is never lost
    assert len(starts) == 2
    assert len([rejected for rejected in made.ledger if rejected.part == "timeline"]) == len(first_of) - 1
    assert "merge" in [part.part for part in made.run.parts]


def test_slices_are_told_that_they_are_parts() -> None:
    model = reader([])

    draft(four_days(30), model, budget_for(four_days(30), 0.4))

    texts = sorted((request.messages[1].content for request in model.asked("timeline")), key=sent_in)
    assert ["It began before." in text for text in texts] == [False, True, True]
    assert ["It goes on after." in text for text in texts] == [True, True, False]
    assert "part 2 of 3 of a long incident" in texts[1]


def sent_in(text: str) -> int:
    found = HEAD.search(text)
    return int(found[1][1:]) if found else 0


def test_later_stages_see_what_the_timeline_cites_how_it_began_and_how_it_ended() -> None:
    whole = four_days(15)
    model = reader(events_of(whole))

    made = draft(whole, model, budget_for(whole, 0.2))

    seen = sent(model.asked("causes")[0])
    assert {event.timed_by for event in events_of(whole)} <= set(seen)
    assert seen[:10] == [item.id for item in whole.evidence[:10]]
    assert seen[-25:] == [item.id for item in whole.evidence[-25:]]
    assert seen == sent(model.asked("impact")[0]) == sent(model.asked("learning")[0])
    assert len(made.run.left_out) == len(whole.evidence) - len(seen)


def test_a_slice_that_the_model_cannot_give_is_outline_and_the_others_are_kept() -> None:
    whole = four_days(15)
    good = reader(events_of(whole))
    tail = whole.evidence[-1].id

    def no_tail(request: Request) -> Reply:
        return Reply("", "refused") if tail in sent(request) else good.complete(request)

    made = draft(whole, ScriptedModel({"timeline": no_tail, "merge": good.complete}), budget_for(whole, 0.3))

    kinds = [entry.kind.value for entry in made.postmortem.timeline]
    assert kinds[:3] == ["impact_start", "detection", "investigation"]
    assert kinds[-2:] == ["recovery", "closed"]
    assert "slice 4 of 4" in str(made.run.failures[0].failure)


# The outline drafter.


def test_an_outline_of_four_days_of_chatter_has_the_events_of_the_story_alone() -> None:
    alone = incident(
        *(
            evidence(f"S{n}", text, (START + timedelta(hours=hours)).isoformat(), author=who)
            for n, (hours, who, text, _) in enumerate(STORY, 1)
        ),
        timezone="UTC",
    )

    assert told(draft(four_days(15), None)) == told(draft(alone, None))
    assert {"cause_found", "mitigation", "dead_end", "decision", "recovery", "closed"} <= {
        entry.kind.value for entry in draft(alone, None).postmortem.timeline
    }
