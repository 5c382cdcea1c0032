"""Timelines of several slices of one incident, put together: each event once."""

from collections.abc import Sequence
from datetime import timedelta

from pmdraft.drafting.quoting import folded
from pmdraft.drafting.timeline import Settled, in_order
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.wire import MergeAnswer

BEARABLE = 30
"""More events than this nobody reads in ten minutes."""
_NEAR = timedelta(minutes=5)
_ALIKE = 0.6
# The course of an incident, which no choice may lose: which of each kind counts, the first (0) or the last (-1).
_COURSE = {
    EventKind.IMPACT_START: (0,),
    EventKind.DETECTION: (0,),
    EventKind.CAUSE_FOUND: (-1,),
    EventKind.MITIGATION: (0, -1),
    EventKind.RECOVERY: (-1,),
    EventKind.CLOSED: (-1,),
}
_LEFT_OUT = Bilingual("スライスをまとめたときに省かれた（{at}）", "left out when the slices were put together ({at})")


def merged(slices: Sequence[Settled]) -> Settled:
    """The events of all slices; two of different slices that tell of the same thing become one.

    The same thing is: one kind, the same evidence; or one kind within minutes, in like words and the same figures.
    """
    found: list[tuple[int, TimelineEntry]] = []
    for number, part in enumerate(slices):
        for entry in part.entries:
            same = next((k for k, (other, known) in enumerate(found) if other != number and _same(known, entry)), None)
            if same is None:
                found.append((number, entry))
            else:
                found[same] = (found[same][0], _joined(found[same][1], entry))
    return Settled(in_order(entry for _, entry in found), tuple(item for part in slices for item in part.rejected))


def needs_a_model(timeline: Settled) -> bool:
    """Whether events of slices have to be chosen from: too many, or more than one beginning."""
    starts = sum(entry.kind is EventKind.IMPACT_START for entry in timeline.entries)
    return len(timeline.entries) > BEARABLE or starts > 1


def chosen(timeline: Settled, answer: MergeAnswer, language: Language) -> Settled:
    """The events that were chosen, each with its kind for the whole incident; the others go to the ledger.

    Those that make the course of the incident stay, chosen or not: its beginning, its last recovery and the like.
    """
    entries = timeline.entries
    kept: dict[int, TimelineEntry] = {}
    taken: set[int] = set()
    for item in answer.keep:
        numbers = [number - 1 for number in item.events if 0 < number <= len(entries) and number - 1 not in taken]
        if numbers:
            whole = entries[numbers[0]]
            for number in numbers[1:]:
                whole = _joined(whole, entries[number])
            kept[numbers[0]] = whole.model_copy(update={"kind": item.kind})
            taken.update(numbers)
    for number in _course(entries) - taken:
        kept[number] = entries[number]
    left = [entry for number, entry in enumerate(entries) if number not in taken and number not in kept]
    rejected = (_left_out(entry, language) for entry in left)
    return Settled(in_order(kept.values()), (*timeline.rejected, *rejected))


def _course(entries: Sequence[TimelineEntry]) -> set[int]:
    places: dict[EventKind, list[int]] = {}
    for number, entry in enumerate(entries):
        places.setdefault(entry.kind, []).append(number)
    return {found[end] for kind, found in places.items() for end in _COURSE.get(kind, ())}


def _left_out(entry: TimelineEntry, language: Language) -> Rejected:
    text = f"{entry.event.text}: {entry.action.text}" if entry.action else entry.event.text
    reason = _LEFT_OUT.to(language, at=f"{entry.at:%m-%d %H:%M}")
    return Rejected(part="timeline", text=text, reason=reason, evidence=entry.evidence)


def _same(one: TimelineEntry, other: TimelineEntry) -> bool:
    if one.kind is not other.kind:
        return False
    if one.timed_by == other.timed_by and one.at == other.at:
        return True
    if abs(one.at - other.at) > _NEAR:
        return False
    return set(one.evidence) == set(other.evidence) or (
        _figures(one) == _figures(other) and _likeness(one, other) >= _ALIKE
    )


def _figures(entry: TimelineEntry) -> list[str]:
    """What tells one of several like things from another: api-1 from api-2."""
    return sorted("".join(c if c.isdigit() else " " for c in folded(_told(entry))).split())


def _likeness(one: TimelineEntry, other: TimelineEntry) -> float:
    """Share of the pairs of letters that both have (Jaccard), which serves both languages."""
    first, second = (_pairs(folded(_told(entry))) for entry in (one, other))
    return len(first & second) / max(1, len(first | second))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _told(entry: TimelineEntry) -> str:
    return f"{entry.event.text} {entry.action.text if entry.action else ''}"


def _joined(one: TimelineEntry, other: TimelineEntry) -> TimelineEntry:
    """One event with the words of the first, told by the evidence of both."""
    cited = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    event = one.event.model_copy(update={"evidence": cited})
    action = one.action.model_copy(update={"evidence": cited}) if one.action else None
    return one.model_copy(update={"event": event, "action": action, "evidence": cited})
