import re

import pytest

from pmdraft.blameless.alternation import any_of


def test_shared_letters_are_written_once() -> None:
    assert any_of(["the", "this", "we"]) == "(?:th(?:is|e)|we)"


@pytest.mark.parametrize(
    "word", ["engineer", "engineers", "on-call", "oncall", "co-author", "guys", "owner of the ticket"]
)
def test_what_matches_stays_the_same(word: str) -> None:
    fragments = [
        "engineers?",
        "on-?call",
        "co-?authors?",
        "guy|guys",
        "guys?",
        "(?:change|ticket) owners?",
        "owner of the ticket",
    ]
    plain = re.compile(any_of(fragments, factored=False))

    assert re.compile(any_of(fragments)).fullmatch(word)
    assert plain.fullmatch(word)


def test_one_fragment_is_itself() -> None:
    assert any_of(["only"]) == "only"


def test_a_group_at_the_start_is_written_out() -> None:
    assert any_of(["(?:team|tech) leads?", "testers?"]) == "te(?:am leads?|ch leads?|sters?)"


@pytest.mark.parametrize(
    "fragments",
    [
        ["(?:old )?runbook", "(?:the|an?) runbook|it"],
        ["(?:the|an?) runbook (?:and|or) checklist", "[a-z]+ runbook", "the runbook"],
        ["(?:a|(?:b|c)d)e", r"(?:a\)|b)e", "(?:a|b)?f"],
    ],
)
@pytest.mark.parametrize(
    "text", ["the runbook and checklist", "an runbook", "old runbook", "it", "ae", "cde", "a)e", "bf", "f", "x"]
)
def test_what_is_tried_first_stays_first(fragments: list[str], text: str) -> None:
    plain = re.compile(any_of(fragments, factored=False))

    found = re.compile(any_of(fragments)).match(text)

    expected = plain.match(text)
    assert (found and found.span()) == (expected and expected.span())
