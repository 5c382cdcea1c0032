"""Words of an action item that cannot be carried out or checked as they stand."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pmdraft.blameless.compiled import compiled

_WORDS = Path(__file__).with_name("action_words.toml")
_ASIDE = re.compile(r"[（(][^（()）]{0,80}[)）]")


def vague_words(text: str, *, verified: bool, taken_on: bool) -> tuple[str, tuple[int, int]] | None:
    """The rule by which the words of an action are none that can be carried out, and which words; None if they are.

    Args:
        text: the action.
        verified: whether it is said how one will see that it was done.
        taken_on: whether somebody owns it, so that it is no mere wish.
    """
    for topic, rule in (("resolution", "action.resolution"), ("no_object", "action.object")):
        if match := search(topic, text):
            return rule, match.span()
    if not search("verb", _ASIDE.sub("", text)):
        return "action.verb", (0, len(text))
    if not taken_on and (match := search("wish", text)):
        return "action.wish", match.span()
    if not verified and not search("verified_in_text", text) and (match := search("vague", text)):
        return "action.vague", match.span()
    return None


def search(topic: str, text: str) -> re.Match[str] | None:
    """The first of a topic's words in a text."""
    return _pattern(topic).search(text)


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    lists = _topics()[topic]
    return compiled("(?i)" + "|".join(f"(?:{word})" for word in (*lists["ja"], *lists["en"])))


@cache
def _topics() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
