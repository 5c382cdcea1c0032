"""Types of the fields of payloads, which take what comes: a field of another type counts as absent.

What a vendor adds, renames or leaves out must not keep a reader from the rest of an alert.
"""

import re
from typing import Annotated, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator

from pmdraft.shown import visible

Part_ = TypeVar("Part_", bound=BaseModel)

# What templates leave when they have nothing to fill in: $SERVICE, {HOST.NAME}, *UNKNOWN*, null.
_UNFILLED = re.compile(r"\$[A-Z][A-Z0-9_]*|\{[A-Z][A-Z0-9_.]*\}|\*(?:UNKNOWN|insert [^*]*)\*|null|None")


def text_of(value: object) -> str | None:
    """`value` as text, None if it holds none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = visible(str(value)).strip()
    return None if not text or _UNFILLED.fullmatch(text) else text


def _link(value: object) -> str | None:
    text = text_of(value)
    return text if text and re.match(r"https?://\S+$", text) else None


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if (text := text_of(item)))


def _time(value: object) -> str | int | float | None:
    """None for what vendors write where there is no time: 0, an empty text, the year 1."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not value:
        return None
    text = text_of(value)
    return None if text is None or text == "0" or text.startswith("0001-01-01") else value


def _text_map(value: object) -> dict[str, str]:
    items = value.items() if isinstance(value, dict) else ()
    return {str(name): text for name, item in items if (text := text_of(item))}


def _part(value: object) -> object:
    return value if isinstance(value, dict | BaseModel) else {}


def _parts(value: object) -> list[object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


Text: TypeAlias = Annotated[str | None, BeforeValidator(text_of)]
Texts: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_texts)]
TextMap: TypeAlias = Annotated[dict[str, str], BeforeValidator(_text_map)]
"""Texts by name, such as labels; what is no text is left out."""
Link: TypeAlias = Annotated[str | None, BeforeValidator(_link)]
Time: TypeAlias = Annotated[str | int | float | None, BeforeValidator(_time)]
Part: TypeAlias = Annotated[Part_, BeforeValidator(_part)]
"""An object; empty if it is none."""
Parts: TypeAlias = Annotated[tuple[Part_, ...], BeforeValidator(_parts)]
"""A list of objects; what is none is left out."""


def one_of(*texts: str | None) -> str | None:
    """The first text that there is."""
    return next((text for text in texts if text), None)


def joined(*texts: str | None) -> str | None:
    """The texts that there are, each once, a line each."""
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None
