"""What a text speaks of, whichever of the two languages it is in: `glossary.toml`."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from pmdraft.likeness import terms_of

_SHORT = 3


class _Glossary(NamedTuple):
    english: dict[str, frozenset[str]]
    """The entries that each English stem may stand for."""
    japanese: dict[str, frozenset[str]]
    """The entries that each Japanese word may stand for."""
    pattern: re.Pattern[str]


@lru_cache(maxsize=4096)
def concepts(text: str) -> tuple[frozenset[str], ...]:
    """For each word of the glossary in a text, the entries that it may stand for."""
    glossary = _glossary()
    english = [glossary.english[term] for term in terms_of(text) if term in glossary.english]
    return (*english, *(glossary.japanese[match[0]] for match in glossary.pattern.finditer(text)))


@cache
def _glossary() -> _Glossary:
    words: dict[str, str] = tomllib.loads((files("pmdraft.checks") / "glossary.toml").read_text("utf-8"))["words"]
    japanese: dict[str, set[str]] = {}
    english: dict[str, set[str]] = {}
    for word, told in words.items():
        for each in (word, *told.split()):
            if each.isascii():
                for stem in terms_of(each):
                    english.setdefault(stem, set()).add(f"={word}")
            elif len(each) > 1:
                japanese.setdefault(each, set()).add(f"={word}")
    longest_first = sorted(japanese, key=len, reverse=True)
    firsts = "".join(sorted({word[0] for word in japanese}))
    return _Glossary(
        english={stem: frozenset(entries) for stem, entries in english.items()},
        japanese={word: frozenset(entries) for word, entries in japanese.items()},
        pattern=re.compile(f"(?=[{firsts}])(?:{'|'.join(map(_standing, longest_first))})"),
    )


def _standing(word: str) -> str:
    """A pattern for a word; the short ones in katakana are not parts of others, as レート is of テンプレート."""
    if len(word) <= _SHORT and all("ァ" <= letter <= "ー" for letter in word):
        return rf"(?<![ァ-ヶー]){word}(?![ァ-ヶー])"
    return re.escape(word)
