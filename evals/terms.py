"""Whether a text says something that was expected of it, in whichever words and notation."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[a-z][a-z_.-]{3,}|[一-龥々]{2,}|[ァ-ヶー]{3,}|\d+")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


def _is_a_pattern(term: str) -> str:
    try:
        re.compile(folded(term))
    except re.error as error:
        raise ValueError(f"{term!r} is no regular expression ({error})") from error
    return term


Term = Annotated[str, AfterValidator(_is_a_pattern)]
"""A regular expression over folded text; its alternatives are the ways in which one thing is said."""


def folded(text: str) -> str:
    """Text in one form: full-width letters half-width, no capitals, 1,000 as 1000, spaces single."""
    return _COMMA.sub("", _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).casefold())


def says(text: str, terms: Iterable[Term]) -> bool:
    """Whether a text holds every term."""
    plain = folded(text)
    return all(re.search(folded(term), plain) for term in terms)


def held(text: str, terms: Iterable[Term]) -> int:
    """How many of the terms a text holds."""
    plain = folded(text)
    return sum(re.search(folded(term), plain) is not None for term in terms)


def words(text: str) -> set[str]:
    """The words and figures of a text that tell what it is about."""
    return set(_WORD.findall(folded(text)))
