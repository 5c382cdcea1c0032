import json
import re
from pathlib import Path

import pytest

from pmdraft.blameless import actor_patterns
from pmdraft.blameless.actors import ANY_ACTOR, Roster
from pmdraft.blameless.announcing import announced
from pmdraft.blameless.folding import lowered
from pmdraft.language import Language

SETS = Path(__file__).parents[1] / "data" / "blameless"
SENTENCES = [
    json.loads(line)["text"].replace("\n", " ")
    for path in sorted(SETS.glob("*.jsonl"))
    if path.stem != "second_reading"  # recorded answers, no sentences
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("language", list(Language))
def test_a_sentence_in_which_nobody_is_announced_has_no_actor(language: Language) -> None:
    roster = Roster(())

    silent = [text for text in SENTENCES if not roster.may_be_in(text, lowered(text), language)]

    assert silent
    assert [text for text in silent if set(roster.mark(text, language)) & _letters_of_actors()] == []
    by_pattern = actor_patterns.english() if language is Language.EN else actor_patterns.japanese()
    assert [text for text in silent if by_pattern.search(lowered(text))] == []


def test_a_sentence_in_which_only_pronouns_are_announced_has_no_other_actor() -> None:
    all_kinds, pronouns = actor_patterns.english(), actor_patterns.english_pronouns()
    lower = [lowered(text) for text in SENTENCES if not announced(Language.EN).by_nouns_in(lowered(text))]

    assert any(pronouns.search(text) for text in lower)
    assert [text for text in lower if _actors(all_kinds, text) != _actors(pronouns, text)] == []


def _actors(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str | None]]:
    return [(found.span(), found.lastgroup) for found in pattern.finditer(text)]


def _letters_of_actors() -> set[str]:
    first, last = ANY_ACTOR.split("-")
    return {chr(code) for code in range(ord(first), ord(last) + 1)}
