"""One pattern out of many alternatives, with the letters that they begin with tried once for all."""

from collections.abc import Iterable

_REPEATS = frozenset("?*+{")


def any_of(fragments: Iterable[str], *, factored: bool = True) -> str:
    """A pattern that matches whichever fragment fits, of those that begin alike the longest written one first.

    Args:
        fragments: regular expressions.
        factored: write shared first letters once, which is several times faster to try; without it,
            each fragment stays whole.
    """
    ordered = sorted(dict.fromkeys(fragments), key=len, reverse=True)
    if len(ordered) == 1:
        return ordered[0]
    return _factored(ordered) if factored else "(?:" + "|".join(ordered) + ")"


def _factored(ordered: list[str]) -> str:
    branches: dict[str, list[str]] = {}
    for number, fragment in enumerate(ordered):
        # What begins with no plain letter is a branch of its own.
        branches.setdefault(_first_letter(fragment) or f"\0{number}", []).append(fragment)
    written = [_branch(letter, each) for letter, each in branches.items()]
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
    if "|" not in fragment:
        return False
    depth = 0
    in_class = False
    for place, char in enumerate(fragment):
        if place and fragment[place - 1] == "\\":
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            return True
    return False
