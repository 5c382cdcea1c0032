"""Whether a sentence can speak of anybody, and of what kind, told in a tenth of the time that finding them takes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pmdraft.blameless.actor_patterns import words
from pmdraft.blameless.alternation import any_of
from pmdraft.blameless.compiled import compiled
from pmdraft.blameless.kept import analysis
from pmdraft.blameless.needles import needles, openings, shortest
from pmdraft.language import Language

ROLES = 1
"""Roles, and in English teams too."""
TEAMS = 2
OTHERS = 4
"""Pronouns; in Japanese also names with さん, and whoever else is neither a role nor a team."""
CAPITALS = 8
"""English teams that are told by their capital letters."""
_DOUBTFUL = 16
"""What is somebody only before what only people do."""
_HUMAN = 32
"""What only people do."""
_ACTORS = ROLES | TEAMS | OTHERS | CAPITALS
_KINDS = {
    "roles": ROLES,
    "teams": TEAMS,
    "others": OTHERS,
    "capital": CAPITALS,
    "doubtful": _DOUBTFUL,
    "human": _HUMAN,
}

_SHORT = 4
"""Shorter strings are parts of many words: "dev" of "device"."""


class _Spelled(NamedTuple):
    """What announces English actors by how it is written."""

    words: re.Pattern[str]
    """Words that are telling alone, in lower case and after something else."""
    words_or_pronouns: re.Pattern[str]
    initials: re.Pattern[str]
    """Words that are telling in capital letters."""


class Announced(NamedTuple):
    """What every actor of a language holds some of; the people of a roster aside."""

    strings: AhoCorasick
    """Strings that are telling wherever they stand in a text in lower case."""
    kinds: list[int]
    """What each of them tells of; of CAPITALS only where it begins with a capital letter."""
    spelled: _Spelled | None

    def kinds_in(self, text: str, lower: str) -> int:
        """The kinds of actors that a text may hold, a bit for each; it holds no other.

        Args:
            text: as it was written.
            lower: the same in lower case, each letter in its place.
        """
        kinds = 0
        for number, start, _ in self.strings.find_matches_as_indexes(lower, overlapping=True):
            told = self.kinds[number]
            kinds |= told if text[start].isupper() else told & ~CAPITALS
        if self.spelled is None:
            return kinds
        if kinds & _HUMAN and kinds & _DOUBTFUL:
            kinds |= ROLES | CAPITALS
        spaced = f" {lower}"
        if not kinds & ROLES and self.spelled.words_or_pronouns.search(spaced):
            kinds |= ROLES if self.spelled.words.search(spaced) else OTHERS
        if self.spelled.initials.search(text):
            kinds |= CAPITALS
        return kinds & _ACTORS


@cache
def announced(language: Language) -> Announced:
    """What announces the actors of a language."""
    found: dict[str, list[str]] = analysis(language)["announced"]
    kinds: defaultdict[str, int] = defaultdict(int)
    for name, kind in _KINDS.items():
        for string in found.get(name, ()):
            kinds[string] |= kind
    spelled = _spelled(found) if language is Language.EN else None
    return Announced(AhoCorasick(list(kinds)), list(kinds.values()), spelled)


def _spelled(found: dict[str, list[str]]) -> _Spelled:
    return _Spelled(
        # A pattern that begins with certain characters runs past all others.
        compiled(rf"[^a-z0-9_]{any_of(found['words'])}(?!\w)"),
        compiled(rf"[^a-z0-9_]{any_of([*found['pronouns'], *found['words']])}(?!\w)"),
        compiled(rf"{any_of(found['initials'])}\b"),
    )


def analysed(language: str) -> dict[str, list[str]]:
    """What `announced` is made of, as it is to be kept."""
    w = words()[language]
    return _japanese(w) if language == Language.JA else _english(w)


def _english(w: dict[str, list[str]]) -> dict[str, list[str]]:
    nouns = [*w["roles"], *w["teams"], *w["team_words"], *w["outsiders"]]
    short = [word for word in nouns if min(map(len, _strings(word))) < _SHORT]
    doubtful = [*w["doubtful_roles"], *w["doubtful_teams"], *w["bare_teams"], *w["capital_names"]]
    names = [*w["capital_teams"], *w["plain_word_teams"]]
    return {
        "roles": _strings_of(word for word in nouns if word not in short),
        "doubtful": _strings_of(doubtful),
        "human": _strings_of(w["human_verbs"]),
        "words": [*short, *w["someone"]],
        "pronouns": [*w["we"], *w["they"], *w["self"], *w["pronouns"]],
        "capital": [name.lower() for name in names if not name.isupper()],
        "initials": [name for name in names if name.isupper()],
    }


def _japanese(w: dict[str, list[str]]) -> dict[str, list[str]]:
    others = ["さん", "くん", "氏", "君", *w["we"], *w["someone"], *w["pronouns"], *w["self"]]
    return {
        "roles": _strings_of(w["roles"]),
        "teams": _strings_of([*w["team_suffixes"], *w["teams"], *w["team_words"]]),
        "others": _strings_of(others),
    }


def _strings_of(words: Iterable[str]) -> list[str]:
    return sorted(shortest(string.lower() for word in words for string in _strings(word)))


def _strings(word: str) -> frozenset[str]:
    """Strings of which each match of a word holds one: all that it can begin with, if that is plain."""
    ways = openings(word)
    return ways if all(map(str.strip, ways)) else next(iter(needles(word)), frozenset({""}))
