"""The words that the grounding checks know, from `lexicon.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lexicon() -> Mapping[str, Any]:
    return tomllib.loads((files("pmdraft.checks") / "lexicon.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, in small letters."""
    return frozenset(_lexicon()[name].split())


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a list of groups, each member a pattern."""
    return tuple(tuple(group) for group in _lexicon()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern that may be written on several lines; capitals do not matter."""
    return re.compile(_lexicon()[name].replace("\n", ""), re.IGNORECASE)


@cache
def tables(name: str) -> tuple[dict[str, str], ...]:
    """The tables of a list of tables."""
    return tuple(_lexicon()[name])
