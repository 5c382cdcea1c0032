"""What can still be read of JSON that breaks off."""

import json
import re
from typing import NamedTuple

# The last string may lack its end.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},]', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}


class Salvaged(NamedTuple):
    """A value that was cut off, as far as it goes.

    Attributes:
        value: the value without what was begun last.
        kept: characters of the text that it is made of.
    """

    value: object
    kept: int


def salvaged(text: str) -> Salvaged | None:
    """The beginning of a JSON object or list that is cut off at its end; None if there is nothing to keep.

    Of the outermost list that was open at the cut, the items before are kept whole and the last,
    half-written one is left out: half an alert may say the opposite of the whole one. Where no item
    is whole, what there is of the first is kept.

    Args:
        text: JSON from the beginning of the value, without its end.
    """
    opened, whole, _ = scanned(text)
    outermost = [opened.index("[")] if "[" in opened else []
    for depth in (*outermost, len(opened) - 1):
        if (end := whole.get(depth)) is not None:
            closing = "".join(_CLOSING[bracket] for bracket in reversed(opened[: depth + 1]))
            try:
                return Salvaged(json.loads(text[:end] + closing), end)
            except (ValueError, RecursionError):
                continue
    return None


class Scanned(NamedTuple):
    """The brackets that are open where a text ends.

    Attributes:
        opened: the brackets.
        whole: by depth, where the last whole member in each ends.
        begins: where each of them stands.
    """

    opened: list[str]
    whole: dict[int, int]
    begins: list[int]


def scanned(text: str) -> Scanned:
    """The brackets that are open where JSON breaks off."""
    opened: list[str] = []
    begins: list[int] = []
    whole: dict[int, int] = {}
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                opened.append(token[0])
                begins.append(token.start())
                whole.pop(len(opened) - 1, None)
            case "}" | "]" if opened:
                opened.pop()
                begins.pop()
                whole[len(opened) - 1] = token.end()
            case "," if opened:
                whole[len(opened) - 1] = token.start()
    return Scanned(opened, whole, begins)
