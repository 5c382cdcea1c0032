"""What became of the evidence since it was read: edited, deleted, added."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import AwareDatetime

from pmdraft.evidence import Evidence, Incident
from pmdraft.records import Line, Record
from pmdraft.shown import one_line

# Which number a secret got depends on what else there is.
_NUMBERED = re.compile(r"(REDACTED_[A-Z_]+)_\d{1,6}")
_LONGEST = 120


class ChangeKind(StrEnum):
    """What happened to a piece of evidence."""

    EDITED = "edited"
    DELETED = "deleted"
    ADDED = "added"


class Change(Record):
    """One piece of evidence that is not what it was."""

    kind: ChangeKind
    id: str | None
    """Id by which the draft cites it; None for what was added."""
    place: Line
    """Where it is: its link, or file and line."""
    at: AwareDatetime
    before: Line = ""
    """How its text began."""
    after: Line = ""
    """How it begins now."""
    near: tuple[str, ...] = ()
    """Of what was added in a thread: the ids of the messages that were there."""


def changes(before: Sequence[Evidence], after: Incident, *, whole: bool = True) -> tuple[Change, ...]:
    """What changed between two readings of the same sources.

    Sources that were not read again are left alone.

    Args:
        before: the evidence as the draft has it.
        after: the incident as it was read again, redacted.
        whole: whether `before` is all evidence; of a part of it nobody can say what was added.
    """
    again = {_source(item) for item in after.evidence}
    now = _by_place(after.evidence)
    found = []
    for item in before:
        if _source(item) not in again:
            continue
        other = now.pop(_place(item), None)
        if other is None:
            found.append(_change(ChangeKind.DELETED, item, None))
        elif _comparable(other.text) != _comparable(item.text):
            found.append(_change(ChangeKind.EDITED, item, other))
    if whole:
        found += _added(before, after, now.values())
    return tuple(sorted(found, key=lambda change: (change.at, change.kind)))


def _added(before: Sequence[Evidence], after: Incident, new: Iterable[Evidence]) -> list[Change]:
    known = {_place(item): item for item in before}
    by_id = after.by_id()
    threads: dict[str, list[str]] = {}
    for item in after.evidence:
        if (was := known.get(_place(item))) is not None:
            threads.setdefault(item.thread or item.id, []).append(was.id)
    sources = {_source(item) for item in before}
    return [
        _change(ChangeKind.ADDED, None, item).model_copy(
            update={"near": tuple(threads.get(item.thread, ())) if item.thread in by_id else ()}
        )
        for item in new
        if _source(item) in sources
    ]


def _change(kind: ChangeKind, before: Evidence | None, after: Evidence | None) -> Change:
    item = before or after
    assert item is not None  # noqa: S101 - one of the two is there
    within = item.raw.line or item.raw.ts
    place = f"{item.raw.file}:{within}" if within else item.raw.file
    return Change(
        kind=kind,
        id=before.id if before else None,
        place=item.permalink or place,
        at=item.at,
        before=one_line(before.text, _LONGEST) if before else "",
        after=one_line(after.text, _LONGEST) if after else "",
    )


def _source(item: Evidence) -> tuple[object, ...]:
    """What it was read from: a channel, or a file."""
    return (item.source, item.raw.channel) if item.raw.ts else (item.source, item.raw.file)


def _place(item: Evidence) -> tuple[object, ...]:
    """What tells it from all others, whatever its text."""
    if item.raw.ts:
        return (item.source, item.raw.channel, item.raw.ts)
    return (item.source, item.raw.file, item.kind, item.at, item.title, item.raw.line)


def _by_place(evidence: Iterable[Evidence]) -> dict[tuple[object, ...], Evidence]:
    return {_place(item): item for item in evidence}


def _comparable(text: str) -> str:
    return _NUMBERED.sub(r"\1", text)
