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
