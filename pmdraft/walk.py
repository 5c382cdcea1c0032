"""Every statement of a postmortem, by its path: `timeline[3].event`."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from pmdraft.statement import Statement

T = TypeVar("T")


def statements(value: object, path: str = "") -> Iterator[tuple[str, Statement]]:
    """Each statement in `value`, in the order of the template, with its path."""
    if isinstance(value, Statement):
        yield path, value
    for name, child in _children(value):
        yield from statements(child, _join(path, name))


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


def _children(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        yield from ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, tuple):
        yield from ((f"[{number}]", child) for number, child in enumerate(value))
    elif isinstance(value, dict):
        yield from value.items()


def _join(path: str, name: str) -> str:
    return path + name if name.startswith("[") or not path else f"{path}.{name}"
