"""The phrases in which sentences tell of lengths and times, from `told_times.toml`, compiled when asked for."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pmdraft.event_kind import EventKind
from pmdraft.language import Language, language_of_text

_TOLD = Path(__file__).with_name("told_times.toml")
_ROUND = (
    r"(?:(?:約|およそ|わずか|ほぼ|about|around|roughly|approximately|nearly|almost|just|only|some|over|under"
    r"|less than|more than|at least|at most|~|〜) ?){0,2}"
)
_UNIT = r"(?:日間?|時間|分間?|秒間?|(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z]))"
_LENGTH = (
    rf"{_ROUND}(?P<told>[0-9０-９])[0-9０-９,.]{{0,8}}[ -]?{_UNIT}(?:(?: |と|and )*[0-9０-９]{{1,4}}[ -]?{_UNIT})?"
)
_CLOCK = (
    rf"{_ROUND}(?P<told>[0-9０-９])[0-9０-９]?(?:[:：][0-9０-９]{{2}}(?:[:：][0-9０-９]{{2}})?"
    r"| ?時(?!間)(?: ?[0-9０-９]{1,2} ?分| ?半)?)(?: ?(?:[ap]\.?m\.?|JST|UTC)(?![A-Za-z]))?"
)
_LETTERS = re.compile("[A-Za-z]{2}")

Patterns = tuple[re.Pattern[str], ...]


def kind_of_event(words: str) -> EventKind:
    """What an event was for the incident, by the words of somebody's own timeline."""
    rows = _rows().items()
    return next((EventKind(name) for name, told in rows if any(p.search(words) for p in told)), EventKind.OTHER)


def has(topic: str, text: str) -> bool:
    """Whether a text has one of a topic's phrases."""
    return any(pattern.search(text) for pattern in _patterns(topic))


def told_in(family: str, sentence: str) -> Mapping[str, frozenset[int]]:
    """Where a sentence says figures to be this or that: the start of each, by what it is said to be.

    Args:
        family: `length` or `clock`.
        sentence: one sentence.
    """
    # Phrases of a language whose letters the sentence does not have need not be compiled.
    languages = ("ja",) * (language_of_text(sentence) is Language.JA) + ("en",) * bool(_LETTERS.search(sentence))
    return {
        name: frozenset(
            match.start("told")
            for language in languages
            for pattern in _of_one_language(family, name, language)
            for match in pattern.finditer(sentence)
        )
        for name in _table()[family]
    }


@cache
def _rows() -> Mapping[str, Patterns]:
    return {name: _compiled((*lists["ja"], *lists["en"])) for name, lists in _table()["row"].items()}


@cache
def _patterns(topic: str) -> Patterns:
    lists = _table()[topic]
    return _compiled((*lists["ja"], *lists["en"]))


@cache
def _of_one_language(family: str, name: str, language: str) -> Patterns:
    return _compiled(_table()[family][name][language])


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_TOLD.read_text(encoding="utf-8"))


def _compiled(texts: tuple[str, ...] | list[str]) -> Patterns:
    return tuple(re.compile(text.replace("{d}", _LENGTH).replace("{t}", _CLOCK), re.IGNORECASE) for text in texts)
