import json
import re
from pathlib import Path

import pytest

from pmdraft.blameless import actor_patterns
from pmdraft.blameless.announcing import CAPITALS, ROLES, TEAMS, announced
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
    whole = actor_patterns.english() if language is Language.EN else actor_patterns.japanese()

    silent = [text for text in SENTENCES if not _kinds(text, language)]

    assert silent
    assert [text for text in silent if whole.search(lowered(text))] == []


def test_a_sentence_in_which_only_pronouns_are_announced_has_no_other_actor() -> None:
    all_kinds, pronouns = actor_patterns.english(), actor_patterns.english_pronouns()
    lower = [lowered(text) for text in SENTENCES if not _kinds(text, Language.EN) & ROLES]

    assert any(pronouns.search(text) for text in lower)
    assert [text for text in lower if _actors(all_kinds, text) != _actors(pronouns, text)] == []


def test_a_team_by_its_capital_letter_is_announced() -> None:
    teams = actor_patterns.capital_teams()

    silent = [text for text in SENTENCES if not _kinds(text, Language.EN) & CAPITALS]

    assert silent
    assert any(teams.search(text) for text in SENTENCES)
    assert [text for text in silent if teams.search(text)] == []


@pytest.mark.parametrize("text", ["customer Support dropped it", "The Testing team waited", "Payments never told us"])
def test_a_word_within_another_is_announced_too(text: str) -> None:
    assert _kinds(text, Language.EN) & CAPITALS


@pytest.mark.parametrize("kind", [ROLES, TEAMS])
def test_a_japanese_kind_that_is_not_announced_need_not_be_looked_for(kind: int) -> None:
    whole = actor_patterns.japanese()
    without = actor_patterns.japanese(roles=kind != ROLES, teams=kind != TEAMS)
    silent = [lowered(text) for text in SENTENCES if not _kinds(text, Language.JA) & kind]

    assert any(whole.search(text) for text in silent)
    assert [text for text in silent if _actors(whole, text) != _actors(without, text)] == []


def _kinds(text: str, language: Language) -> int:
    return announced(language).kinds_in(text, lowered(text))


def _actors(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str | None]]:
    return [(found.span(), found.lastgroup) for found in pattern.finditer(text)]
