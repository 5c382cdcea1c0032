"""Whether a sentence can speak of anybody at all, told in a tenth of the time that finding them takes."""

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pmdraft.blameless.actor_patterns import words
from pmdraft.blameless.alternation import any_of
from pmdraft.blameless.compiled import compiled
from pmdraft.blameless.kept import analysis
from pmdraft.blameless.needles import needles
from pmdraft.language import Language

_SHORT = 4
"""Shorter strings are parts of many words: "dev" of "device"."""
_NEVER = re.compile("(?!)")


class Announced(NamedTuple):
    """What every actor of a language holds some of; the people of a roster aside."""

    strings: AhoCorasick
    """Strings that are telling wherever they stand in a text in lower case."""
    words: re.Pattern[str] = _NEVER
    """Words that are telling alone, in lower case."""
    words_or_pronouns: re.Pattern[str] = _NEVER
    capital: AhoCorasick | None = None
    """Words in lower case that are telling where they are written with a capital letter."""
    initials: re.Pattern[str] = _NEVER
    """Words that are telling in capital letters."""

    def speaks_in(self, text: str, lower: str) -> bool:
        """Whether a text may hold an actor; one without cannot.

        Args:
            text: as it was written.
            lower: the same in lower case, each letter in its place.
        """
        return (
            bool(self.strings.find_matches_as_indexes(lower))
            or self.words_or_pronouns.search(lower) is not None
            or self.by_capitals_in(text, lower)
        )

    def by_nouns_in(self, lower: str) -> bool:
        """Whether a text may hold an actor that is neither a pronoun nor told by its capital letters."""
        return bool(self.strings.find_matches_as_indexes(lower)) or self.words.search(lower) is not None

    def by_capitals_in(self, text: str, lower: str) -> bool:
        """Whether a text may hold an actor that is told by its capital letters."""
        if self.initials.search(text):
            return True
        return self.capital is not None and any(
            text[start].isupper() for _, start, _ in self.capital.find_matches_as_indexes(lower)
        )


@cache
def announced(language: Language) -> Announced:
    """What announces the actors of a language."""
    found: dict[str, list[str]] = analysis(language)["announced"]
    strings = AhoCorasick(found["strings"])
    if language is Language.JA:
        return Announced(strings)
    return Announced(
        strings,
        compiled(rf"\b{any_of(found['words'])}(?!\w)"),
        compiled(rf"\b{any_of([*found['pronouns'], *found['words']])}(?!\w)"),
        AhoCorasick(found["capital"]),
        # A pattern that begins with letters runs past all others.
        compiled(rf"{any_of(found['initials'])}\b"),
    )


def analysed(language: str) -> dict[str, list[str]]:
    """What `announced` is made of, as it is to be kept."""
    w = words()[language]
    return _japanese(w) if language == Language.JA else _english(w)


def _english(w: dict[str, list[str]]) -> dict[str, list[str]]:
    strings: set[str] = set()
    short: list[str] = []
    # What may be a thing as well is somebody only before what only people do.
    for word in (*w["roles"], *w["teams"], *w["team_words"], *w["outsiders"], *w["human_verbs"]):
        rarest = next(iter(needles(word)), frozenset({""}))
        if min(map(len, rarest)) < _SHORT:
            short.append(word)
        else:
            strings |= rarest
    names = [*w["capital_teams"], *w["plain_word_teams"]]
    return {
        "strings": sorted(strings),
        "pronouns": [*w["we"], *w["they"], *w["self"], *w["pronouns"]],
        "words": [*short, *w["someone"]],
        "capital": [name.lower() for name in names if not name.isupper()],
        "initials": [name for name in names if name.isupper()],
    }


def _japanese(w: dict[str, list[str]]) -> dict[str, list[str]]:
    nouns = [*w["roles"], *w["team_suffixes"], *w["teams"], *w["team_words"], "さん", "くん", "氏", "君"]
    pronouns = [*w["we"], *w["someone"], *w["pronouns"], *w["self"]]
    return {"strings": sorted({each for word in (*nouns, *pronouns) for each in needles(word)[0]})}
