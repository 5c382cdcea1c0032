"""One pattern out of many alternatives, with the letters that they begin with tried once for all."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_REPEATS = frozenset("?*+{")
# What is escaped, and what is in a class of characters, is no bracket and no bar.
_MARKS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
_DEEPER = {"(": 1, ")": -1, "|": 0}


def any_of(fragments: Iterable[str], *, factored: bool = True) -> str:
    """A pattern that matches whichever fragment fits, of those that begin alike the longest written one first.

    Args:
        fragments: regular expressions.
        factored: write shared first letters once, which is several times faster to try; without it,
            each fragment stays whole.
    """
    ordered = sorted(dict.fromkeys(fragments), key=len, reverse=True)
    if factored:
        ordered = list(dict.fromkeys(each for fragment in ordered for each in _opened(fragment)))
    if len(ordered) == 1:
        return ordered[0]
    return _factored(ordered) if factored else "(?:" + "|".join(ordered) + ")"


def _opened(fragment: str) -> list[str]:
    """The fragment for each way of the group that it begins with: `(?:a|b)?c` as `ac`, `bc` and `c`."""
    if not fragment.startswith("(?:") or _has_branches(fragment):
        return [fragment]
    end = next(place for place, char, depth in _outline(fragment) if char == ")" and depth == 0)
    group, rest = fragment[len("(?:") : end], fragment[end + 1 :]
    if rest[:1] == "?":
        group, rest = f"{group}|", rest[1:]
    if rest[:1] in _REPEATS:
        return [fragment]
    bars = [place for place, char, depth in _outline(group) if char == "|" and depth == 0]
    ways = [group[start + 1 : stop] for start, stop in pairwise([-1, *bars, len(group)])]
    return [whole for way in ways for whole in _opened(way + rest)]


def _factored(ordered: list[str]) -> str:
    branches: dict[tuple[str, int], list[str]] = {}
    passed = 0
    for fragment in ordered:
        letter = _first_letter(fragment) or ""
        # What begins with no plain letter is a branch of its own, and nothing is moved before it from behind it.
        passed += not letter
        branches.setdefault((letter, passed), []).append(fragment)
        passed += not letter
    written = [_branch(letter, each) for (letter, _), each in branches.items()]
    return written[0] if len(written) == 1 else "(?:" + "|".join(written) + ")"


def _branch(letter: str, fragments: list[str]) -> str:
    if len(fragments) == 1:
        return fragments[0]
    return letter + _factored([fragment[1:] for fragment in fragments])


def _first_letter(fragment: str) -> str | None:
    first, following = fragment[:1], fragment[1:2]
    plain = first.isalnum() or first in {" ", "-", "'"}
    return first if first and plain and following not in _REPEATS and not _has_branches(fragment) else None


def _has_branches(fragment: str) -> bool:
    """Whether the fragment is itself alternatives, which its first letter does not begin all of."""
    return "|" in fragment and any(char == "|" and depth == 0 for _, char, depth in _outline(fragment))


def _outline(fragment: str) -> Iterator[tuple[int, str, int]]:
    """The brackets and bars of a fragment, each with its place and with how many groups are open after it."""
    depth = 0
    for mark in _MARKS.finditer(fragment):
        char = mark.group()
        if char in _DEEPER:
            depth += _DEEPER[char]
            yield mark.start(), char, depth
