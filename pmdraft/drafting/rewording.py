"""Whether another wording may take the place of a statement: it must not say more, and must not lose facts."""

import re
from collections.abc import Iterable

from pmdraft.checks.figures import figures
from pmdraft.drafting.actions import names_whom
from pmdraft.drafting.quoting import folded, spoken

_WORD = re.compile(r"`([^`]{1,200})`|(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_]*(?:[./:@-][A-Za-z0-9_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?。:：]\s*|[「“\"(（]\s*)$")
_KANA = re.compile("[\u3040-\u9fff]")
# A hedge takes some letters: 「〜の可能性がある」, "it appears that".
_ROOM = 24


def is_weaker(wording: str, original: str) -> bool:
    """Whether `wording` adds nothing to `original` that could be a fact: no figure, no name, and little length."""
    return (
        bool(wording.strip())
        and folded(wording) != folded(original)
        and len(wording) <= len(original) + _ROOM
        and _figures(wording) <= _figures(original)
        and _names(wording) <= _names(original)
    )


def has_same_facts(wording: str, original: str, people: Iterable[str]) -> bool:
    """Whether `wording` has the figures, names and quotations of `original`, but for people, and no others."""
    roster = tuple(people)
    kept = _names(original) - {folded(name) for name in roster}
    return (
        bool(wording.strip())
        and all(names_whom(original, name) for name in roster if names_whom(wording, name))
        and _figures(wording) == _figures(original)
        and kept <= _names(wording) <= _names(original)
        and [folded(words) for words in spoken(original)] == [folded(words) for words in spoken(wording)]
    )


def _figures(text: str) -> set[tuple[str, str]]:
    return {(figure.kind, figure.value) for figure in figures(text)}


def _names(text: str) -> set[str]:
    """What looks like a name: code, and Latin words that are not plain English ones."""
    japanese = _KANA.search(text) is not None
    found = set()
    for match in _WORD.finditer(text):
        word = match[1] or match[0]
        begins = _SENTENCE_START.search(text, 0, match.start()) is not None
        telling = any(not c.isalpha() for c in word) or (word[1:] if begins else word).lower() != (
            word[1:] if begins else word
        )
        if match[1] or japanese or telling:
            found.add(folded(word))
    return found
