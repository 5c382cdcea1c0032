"""Every statement of a postmortem, by its path: `timeline[3].event`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from pmdraft.statement import Statement

T = TypeVar("T")

_NESTED = (BaseModel, tuple, dict)


def statements(value: object, path: str = "") -> Iterator[tuple[str, Statement]]:
    """Each statement in `value`, in the order of the template, with its path."""
    found: list[tuple[str, Statement]] = []
    _gather(value, path, found)
    return iter(found)


def cited_ids(value: object) -> set[str]:
    """Every id that a statement in `value` cites."""
    return {name for _, statement in statements(value) for name in statement.evidence}


def with_statements(value: T, change: Callable[[str, Statement], Statement], path: str = "") -> T:
    """A copy of `value` in which each statement is what `change` makes of it."""
    if isinstance(value, Statement):
        return change(path, value)  # type: ignore[return-value]  # a statement for a statement
    changed = {name: with_statements(child, change, _join(path, name)) for name, child in _children(value)}
    if isinstance(value, BaseModel):
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return tuple(changed.values())  # type: ignore[return-value]  # a tuple for a tuple
    if isinstance(value, dict):
        return changed  # type: ignore[return-value]  # a dict for a dict
    return value


def _gather(value: object, path: str, found: list[tuple[str, Statement]]) -> None:
    if isinstance(value, Statement):
        found.append((path, value))
    for name, child in _children(value):
        # Each check walks the whole draft, and most of what is in it is text and times.
        if isinstance(child, _NESTED):
            _gather(child, _join(path, name), found)


def _children(value: object) -> Iterable[tuple[str, object]]:
    if isinstance(value, BaseModel):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, tuple):
        return [(f"[{number}]", child) for number, child in enumerate(value)]
    return value.items() if isinstance(value, dict) else ()


def _join(path: str, name: str) -> str:
    return path + name if name.startswith("[") or not path else f"{path}.{name}"
