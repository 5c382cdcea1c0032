"""What can still be read of JSON that is damaged in its midst: the items before and after the damage."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from pmdraft.ingest.salvage import scanned

BEGINS = re.compile(r"(?:[,\[]\s{0,200}|\n[ \t]{0,200})(?=\{)")
"""Where an item may begin: behind the comma of another, or on a line of its own."""
_BRACKET = re.compile(r"[\[\]{}]")
_BETWEEN = re.compile(r"\s*,?\s*")
_FOLLOWS = re.compile(r"\s{0,200},\s{0,200}(?=\{)")
_CLOSING = {"{": "}", "[": "]"}
# Trying at each of a million places would take for ever.
_MOST_BAD_STARTS = 500
# An object within an item looks like one; items of a list have most of their fields in common.
_ALIKE = 0.6
_MOST_DIGITS = 4_000
_DEEPEST = 500


def _whole_number(digits: str) -> int | str:
    """The number, or its digits where there are more than Python turns into one."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_LENIENT = json.JSONDecoder(strict=False, parse_int=_whole_number)


class Mended(NamedTuple):
    """A value with the items that could not be read left out of its outermost list.

    Attributes:
        value: the value.
        items: how many its list has.
        lost: characters that are in none of them.
    """

    value: object
    items: int
    lost: int


class _Item(NamedTuple):
    value: dict[str, object]
    begin: int
    end: int


def mended(text: str) -> Mended | None:
    """JSON in whose outermost list something is damaged; None where no item behind the damage can be read.

    Args:
        text: JSON that does not parse, from the beginning of the value.
    """
    try:
        value = _LENIENT.decode(text)  # with tabs, line ends or NULs in its strings
    except json.JSONDecodeError as error:
        damage = error.pos
    except (ValueError, RecursionError):
        damage = _too_deep(text)
    else:
        return Mended(value, len(value) if isinstance(value, list) else 1, 0)
    opened, whole, begins = scanned(text[:damage])
    if "[" not in opened:
        return None
    depth = opened.index("[")
    kept_to = whole.get(depth, begins[depth] + 1)
    closing = "".join(_CLOSING[bracket] for bracket in reversed(opened[: depth + 1]))
    try:
        value = _LENIENT.decode(text[:kept_to] + closing)
    except (ValueError, RecursionError):
        return None
    items = _innermost_list(value)
    after = _alike(list(_after(text, kept_to)), [item for item in items if isinstance(item, dict)])
    if not after:
        return None
    items += [item.value for item in after]
    lost, end = 0, kept_to
    for item in after:
        lost += 0 if _BETWEEN.fullmatch(text, end, item.begin) else item.begin - end
        end = item.end
    if not text[end:].lstrip().startswith(("]", "}")):
        lost += len(text) - end
    return Mended(value, len(items), lost)


def _too_deep(text: str) -> int:
    """Where brackets within brackets are more than can be read."""
    depth = 0
    for token in _BRACKET.finditer(text):
        depth += 1 if token[0] in "{[" else -1
        if depth > _DEEPEST:
            return token.start()
    return len(text)


def like(item: Collection[str], usual: Collection[str]) -> bool:
    """Whether an object has most of the fields that others of its list have."""
    return bool(usual) and sum(field in item for field in usual) >= _ALIKE * len(usual)


def _innermost_list(value: object) -> list[object]:
    """The list that was open where the text was cut: the last thing in each object around it."""
    while isinstance(value, dict):
        value = list(value.values())[-1]
    return value if isinstance(value, list) else []


def _after(text: str, position: int) -> Iterator[_Item]:
    """Every object that can be read from there on, but for those within others."""
    bad = 0
    # What the damage hit may have swallowed the beginning of the next item: it is looked for from the hit one's start.
    begins = BEGINS.search(text, max(0, position - 1))
    while begins is not None and bad < _MOST_BAD_STARTS:
        begin = begins.end()
        try:
            value, end = _LENIENT.raw_decode(text, begin)
        except (ValueError, RecursionError):
            bad += 1
            end = begin
        else:
            yield _Item(value, begin, end)
        follows = _FOLLOWS.match(text, end) if end > begin else None
        begins = follows or BEGINS.search(text, end if end > begin else begin + 1)


def _alike(found: Sequence[_Item], before: Sequence[dict[str, object]]) -> list[_Item]:
    """Those of the objects that are items of the list, and no parts of a damaged one."""
    if not found:
        return []
    usual_length = median(item.end - item.begin for item in found)
    models = [*before, *(item.value for item in found if item.end - item.begin >= usual_length)]
    fields = Counter(field for model in models for field in model)
    usual = [field for field, count in fields.items() if count >= _ALIKE * len(models)]
    return [item for item in found if like(item.value, usual)]
