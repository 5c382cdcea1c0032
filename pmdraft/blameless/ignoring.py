"""The comments of a text that silence rules: `<!-- pmdraft-ignore en.fault-verb -->`."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

COMMENT = re.compile(r"<!--\s*pmdraft-ignore(?P<file>-file)?(?P<rules>[^>\n]{0,200}?)\s*-->")


class Unknown(NamedTuple):
    """A name in a comment that silences nothing, as no rule and no category is called so."""

    line: int
    """From 1."""
    name: str
    nearest: str | None


def ignored(text: str) -> dict[int, set[str]]:
    """Silenced rules by line; line 0 is the whole file, `*` is every rule."""
    found: dict[int, set[str]] = {}
    if "pmdraft-ignore" not in text:
        return found
    lines = text.split("\n")
    for number, match in _comments(lines):
        target = 0 if match["file"] else _target(lines, number)
        found.setdefault(target, set()).update(_names(match) or {"*"})
    return found


def unknown_names(text: str, known: Iterable[str]) -> tuple[Unknown, ...]:
    """The names in comments that are none of the known ones, each with the one it is nearest to."""
    if "pmdraft-ignore" not in text:
        return ()
    from difflib import get_close_matches  # noqa: PLC0415 - few texts have such comments

    names = sorted(set(known))
    return tuple(
        Unknown(number, name, next(iter(get_close_matches(name, names, n=1)), None))
        for number, match in _comments(text.split("\n"))
        for name in sorted(_names(match) - {*names, "*"})
    )


def _comments(lines: list[str]) -> Iterator[tuple[int, re.Match[str]]]:
    return ((number, match) for number, line in enumerate(lines, 1) for match in COMMENT.finditer(line))


def _names(match: re.Match[str]) -> set[str]:
    return set(re.split(r"[\s,]+", match["rules"].strip())) - {""}


def _target(lines: list[str], number: int) -> int:
    """The line that a comment speaks of: its own, or the next with text when it stands alone."""
    if COMMENT.sub("", lines[number - 1]).strip():
        return number
    return next((later for later in range(number + 1, len(lines) + 1) if lines[later - 1].strip()), number)
