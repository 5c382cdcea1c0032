"""How much two sentences speak of the same things, in Japanese and in English, by their content words."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_TERM = re.compile(r"[A-Za-z][A-Za-z_]*[A-Za-z]|[0-9]+(?:\.[0-9]+)?|[ァ-ヶー]{2,}|[一-龥々]+")


@lru_cache(maxsize=4096)
def terms_of(text: str) -> frozenset[str]:
    """The content words of a text: Latin words by their stem, figures, katakana words, and pairs of kanji."""
    found: set[str] = set()
    for term in _TERM.findall(unicodedata.normalize("NFKC", text)):
        if term[0].isascii():
            folded = term.casefold()
            if folded not in _words().common:
                found.add(_stem(folded))
        elif "一" <= term[0] <= "龥" and term not in _words().common:
            # Compounds are cut differently from one sentence to the next, so that pairs compare better than words.
            pairs = {term[place : place + 2] for place in range(len(term) - 1)} or {term}
            found |= pairs - _words().common
        elif term not in _words().common:
            found.add(term.rstrip("ー"))
    return frozenset(found)


def likeness(one: str, other: str) -> float:
    """How much of the shorter text's content is in the other, from 0 to 1; 1 where one of them has none."""
    first, second = terms_of(one), terms_of(other)
    if not first or not second:
        return 1.0
    return len(first & second) / min(len(first), len(second))


def _stem(word: str) -> str:
    """A word without its ending, roughly: retries, retried and retry are one."""
    for ending, least in _words().endings:
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


class _Words(NamedTuple):
    """Words that are everywhere, and endings of English words, each with the least length of one that loses it."""

    common: frozenset[str]
    endings: tuple[tuple[str, int], ...]


@cache
def _words() -> _Words:
    lists = tomllib.loads(files(__package__).joinpath("common_words.toml").read_text(encoding="utf-8"))
    return _Words(
        frozenset((*lists["ja"], *lists["en"])), tuple((each["ending"], each["least"]) for each in lists["endings"])
    )
