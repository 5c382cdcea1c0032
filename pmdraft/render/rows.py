"""Rows of the template's lists and tables, and names as people write them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pmdraft.checks.omissions import MOST_LISTED, Omission
from pmdraft.checks.signals import Signal
from pmdraft.draft import Draft
from pmdraft.evidence import Evidence
from pmdraft.postmortem import ActionItem, DetectionChannel, DetectionMethod
from pmdraft.render.escape import escaped
from pmdraft.statement import Statement


class MethodRow(NamedTuple):
    """A way of detection that the template lists, and what is known of it."""

    channel: str
    details: tuple[Statement, ...]


class OmissionRow(NamedTuple):
    """A piece of evidence that counts and that nothing cites."""

    item: Evidence
    why: str


class OmissionGroup(NamedTuple):
    """The omissions of one kind: the first ones, and how many more there are."""

    kind: Signal
    rows: tuple[OmissionRow, ...]
    more: int


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


def omission_groups(draft: Draft) -> list[OmissionGroup]:
    """What the draft left out, by kind; as many of each as a person will read."""
    known = {item.id: item for item in draft.evidence}
    by_kind: dict[Signal, list[Omission]] = {}
    for omission in draft.omitted:
        by_kind.setdefault(omission.kind, []).append(omission)
    return [
        OmissionGroup(
            kind,
            tuple(OmissionRow(known[one.id], one.why) for one in found[:MOST_LISTED] if one.id in known),
            max(0, len(found) - MOST_LISTED),
        )
        for kind in Signal
        if (found := by_kind.get(kind))
    ]
