"""Questions that are too large are asked in smaller ones, and their answers put together."""

from collections.abc import Sequence

import pytest
from pydantic import BaseModel

from pmdraft.drafting.dividing import ask_divided
from pmdraft.errors import BadAnswer, CutOff, PromptTooLong
from pmdraft.evidence import Evidence
from pmdraft.wire import CausesAnswer, TimelineAnswer
from tests.builders import evidence
from tests.scripted import causes_answer, claim, timeline_answer, timeline_event

EIGHT = [evidence(f"S{number}") for number in range(1, 9)]


class Asked:
    """Answers what is small enough, and keeps what it was asked."""

    def __init__(self, *, items: int = 99, fields: int = 99, error: type[BadAnswer] = CutOff) -> None:
        self._items, self._fields, self._error = items, fields, error
        self.asked: list[tuple[list[str], list[str]]] = []

    def __call__(self, wanted: type[BaseModel], part: Sequence[Evidence]) -> BaseModel:
        self.asked.append((list(wanted.model_fields), [item.id for item in part]))
        if len(part) > self._items or len(wanted.model_fields) > self._fields:
            raise self._error("too much")
        if "events" in wanted.model_fields:
            return timeline_answer(*(timeline_event(item.id) for item in part))
        whole = causes_answer(what_happened=[claim("it broke")], root_cause=claim("a limit"))
        return wanted.model_validate({name: getattr(whole, name) for name in wanted.model_fields})


def first_half(part: Sequence[Evidence]) -> Sequence[Evidence]:
    return part[: len(part) // 2]


def test_a_question_that_is_answered_is_asked_once() -> None:
    put = Asked()

    answer = ask_divided(put, TimelineAnswer, EIGHT, first_half)

    assert len(answer.events) == 8
    assert len(put.asked) == 1


@pytest.mark.parametrize("error", [CutOff, PromptTooLong])
def test_a_list_is_asked_for_by_halves_of_the_evidence_and_keeps_its_order(error: type[BadAnswer]) -> None:
    put = Asked(items=3, error=error)

    answer = ask_divided(put, TimelineAnswer, EIGHT, first_half)

    assert [event.timed_by for event in answer.events] == [item.id for item in EIGHT]
    assert [len(ids) for _, ids in put.asked] == [8, 4, 2, 2, 4, 2, 2]


def test_an_answer_of_many_fields_is_asked_for_by_halves_of_them_on_the_same_evidence() -> None:
    put = Asked(fields=4)

    answer = ask_divided(put, CausesAnswer, EIGHT, first_half)

    assert answer == causes_answer(what_happened=[claim("it broke")], root_cause=claim("a limit"))
    assert [len(fields) for fields, _ in put.asked] == [8, 4, 4]
    assert put.asked[1][0] + put.asked[2][0] == list(CausesAnswer.model_fields)
    assert all(len(ids) == 8 for _, ids in put.asked)


def test_a_request_that_is_too_long_for_such_an_answer_is_sent_with_less_evidence() -> None:
    put = Asked(items=2, error=PromptTooLong)

    answer = ask_divided(put, CausesAnswer, EIGHT, first_half)

    assert answer.root_cause == claim("a limit")
    assert [len(ids) for _, ids in put.asked] == [8, 4, 2]


@pytest.mark.parametrize("wanted", [TimelineAnswer, CausesAnswer])
@pytest.mark.parametrize("error", [CutOff, PromptTooLong])
def test_what_cannot_be_divided_further_is_given_up(wanted: type[BaseModel], error: type[BadAnswer]) -> None:
    put = Asked(items=0, fields=0, error=error)

    with pytest.raises(error, match="too much"):
        ask_divided(put, wanted, EIGHT, first_half)
    assert len(put.asked) <= 4


def test_any_other_bad_answer_is_not_asked_for_in_pieces() -> None:
    put = Asked(items=0, error=BadAnswer)

    with pytest.raises(BadAnswer, match="too much"):
        ask_divided(put, TimelineAnswer, EIGHT, first_half)
    assert len(put.asked) == 1


def test_the_fields_of_a_part_tell_the_model_what_the_whole_ones_do() -> None:
    told: list[str] = []

    def put(wanted: type[BaseModel], _: Sequence[Evidence]) -> BaseModel:
        told.append(str(wanted.model_json_schema()))
        raise CutOff("too much")

    with pytest.raises(CutOff, match="too much"):
        ask_divided(put, CausesAnswer, EIGHT, first_half)
    assert "The technical course of events, step by step." in told[1]
    assert "'additionalProperties': False" in told[1]
