"""The beginning of a file, from which its form is told."""

import io
import json
from itertools import islice
from typing import NamedTuple

from pmdraft.ingest.mending import mended
from pmdraft.ingest.salvage import salvaged

_MOST_LINES = 300
_LONGEST_LINE = 2_000


class Head(NamedTuple):
    """How a file begins.

    Attributes:
        lines: its first lines; the last may be cut.
        value: the JSON that it begins with, as far as it goes; None if it is no JSON.
    """

    lines: tuple[str, ...]
    value: object

    @property
    def first(self) -> dict[str, object]:
        """The object that the JSON is, or the first one in its list; empty if there is none."""
        value = self.value[0] if isinstance(self.value, list) and self.value else self.value
        return value if isinstance(value, dict) else {}

    @property
    def message(self) -> dict[str, object]:
        """The first of the `messages` of that object, or the object itself."""
        messages = self.first.get("messages")
        if isinstance(messages, list) and messages and isinstance(messages[0], dict):
            return messages[0]
        return {} if "messages" in self.first else self.first


def head_of_text(text: str) -> Head:
    """The head of a text file that begins like this."""
    lines = (line[:_LONGEST_LINE] for line in islice(io.StringIO(text), _MOST_LINES))
    return Head(
        tuple(line.rstrip("\n") for line in lines), _value(text) if text.lstrip().startswith(("{", "[")) else None
    )


def _value(text: str) -> object:
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        found = mended(text.lstrip()) or salvaged(text.lstrip())
    return found.value if found else None
