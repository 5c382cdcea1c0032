"""Classes of words, and the small language in which rules speak of them."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from pmdraft.blameless.actors import ANY_ACTOR, OWNING, Actor
from pmdraft.blameless.alternation import any_of
from pmdraft.blameless.inflection import (
    Form,
    english_ing,
    english_past,
    english_present,
    happened,
    omitted,
    suffered,
)
from pmdraft.blameless.kept import tables
from pmdraft.blameless.needles import SOMEBODY
from pmdraft.language import Language

_CLASS = re.compile(r"\{([a-z][a-z_]*)\}")
_PLACE = re.compile(r"<(actor|team|role|named|someone|we|self|they|pronoun|who)>")
_LITERALS = re.compile(r"\\.|\[\^?\]?[^\]]*\]")
_ENGLISH_FORMS: dict[str, Callable[[str], str]] = {
    "base": str,
    "past": english_past,
    "ing": english_ing,
    "present": english_present,
}
_CAPTURED = frozenset({"actor", "team", "role", "named"})


def expand(pattern: str, language: Language, *, capture: bool = True) -> str:
    """A rule's pattern as a regular expression over a marked text.

    `{name}` is a class of words; `<actor>` is a run of an actor's letters, caught the first time if `capture`.

    Raises:
        KeyError: there is no such class.
    """
    caught = not capture

    def place(match: re.Match[str]) -> str:
        nonlocal caught
        any_kind = match[1] in {"actor", "who"}
        letter = f"[{ANY_ACTOR}]" if any_kind else Actor[match[1].upper()].value
        # An actor is taken whole and from its first letter on: to try each letter takes the square of its length.
        letters = f"{letter}(?<!{letter}{letter}){letter}*+" + ("" if any_kind else f"{OWNING}?")
        if caught or match[1] not in _CAPTURED:
            return f"(?:{letters})"
        caught = True
        return f"(?P<actor>{letters})"

    return _PLACE.sub(place, expand_classes(pattern, language))


def simplified(pattern: str, language: Language) -> str:
    """A rule's pattern as a regular expression in which every actor is the one letter of the needles.

    Raises:
        KeyError: there is no such class.
    """
    return _PLACE.sub(SOMEBODY, expand_classes(pattern, language))


def needs_actor(pattern: str) -> bool:
    """Whether a rule's pattern can match only where an actor stands."""
    pattern = _LITERALS.sub(lambda match: "." * len(match.group()), pattern)
    return any(_is_needed(pattern, place.start()) for place in _PLACE.finditer(pattern))


def _is_needed(pattern: str, position: int) -> bool:
    """Whether every match holds what stands at a place of the pattern: it is in no alternative and not optional."""
    group = _group_around(pattern, position)
    while group:
        start, end = group
        if pattern[end + 1 : end + 2] == "?" or "|" in _top_level(pattern[start + 1 : end]):
            return False
        group = _group_around(pattern, start)
    return "|" not in _top_level(pattern)


def _group_around(pattern: str, position: int) -> tuple[int, int] | None:
    opened: list[int] = []
    for index, char in enumerate(pattern):
        if char == "(":
            opened.append(index)
        elif char == ")":
            start = opened.pop()
            if start < position < index:
                return start, index
    return None


def _top_level(pattern: str) -> str:
    previous = ""
    while pattern != previous:
        previous, pattern = pattern, re.sub(r"\([^()]*\)", "", pattern)
    return pattern


def expand_classes(pattern: str, language: Language) -> str:
    """A rule's pattern with every `{name}` written out.

    Raises:
        KeyError: there is no such class.
    """
    while _CLASS.search(pattern):
        pattern = _CLASS.sub(lambda match: _class(match[1], language), pattern)
    return pattern


def _lexicon(language: Language) -> dict[str, Any]:
    found: dict[str, Any] = tables()[language]
    return found


@cache
def _class(name: str, language: Language) -> str:
    lexicon = _lexicon(language)
    if name in lexicon["words"]:
        return any_of(lexicon["words"][name])
    verbs, _, form = name.rpartition("_")
    entries: list[str] = lexicon["verbs"][verbs]
    if language is Language.EN:
        return _inflected(entries, _ENGLISH_FORMS[form])
    forms = {"did": happened, "not": omitted, "suffered": suffered}
    return _conjugated([forms[form](entry) for entry in entries])


def _inflected(entries: list[str], inflect: Callable[[str], str]) -> str:
    """English verbs in one form, `a|b` being two; what several have behind them (up, aside, …) is written once."""
    heads: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        head, space, rest = entry.partition(" ")
        heads[space + rest] += map(inflect, head.split("|"))
    # The longer way of saying it first, so that all of it is shown.
    return "(?:" + "|".join(any_of(heads[rest]) + rest for rest in sorted(heads, key=len, reverse=True)) + ")"


def _conjugated(forms: list[Form]) -> str:
    """Verbs that conjugate alike, written with one ending: a tenth of the length, and of the time to compile."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for form in forms:
        stems[form.suffix].append(form.stem)
    return any_of([any_of(each, factored=False) + suffix for suffix, each in stems.items()], factored=False)
