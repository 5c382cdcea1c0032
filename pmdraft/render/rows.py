"""Rows of the template's lists and tables, and names as people write them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pmdraft.postmortem import ActionItem, DetectionChannel, DetectionMethod
from pmdraft.render.escape import escaped
from pmdraft.statement import Statement


class MethodRow(NamedTuple):
    """A way of detection that the template lists, and what is known of it."""

    channel: str
    details: tuple[Statement, ...]


def person(name: str) -> str:
    """A handle with its @, a full name without."""
    shown = escaped(name.lstrip("@"))
    return shown if " " in shown or "\u3000" in shown else f"@{shown}"


def within(items: Iterable[ActionItem], horizon: str) -> list[ActionItem]:
    """The action items of one horizon."""
    return [item for item in items if item.horizon == horizon]


def method_rows(methods: Sequence[DetectionMethod]) -> list[MethodRow]:
    """A row for each way that the template lists; others only if they happened."""
    rows = [
        MethodRow(channel.value, tuple(method.detail for method in methods if method.channel is channel))
        for channel in DetectionChannel
    ]
    return [row for row in rows if row.details or row.channel != DetectionChannel.OTHER]
