"""Which evidence goes into which request, where not all of it fits into one."""

from collections.abc import Callable, Iterable, Sequence

from pmdraft.evidence import Evidence, EvidenceKind, Incident, Source
from pmdraft.outline.cues import speaks_of

_FIRST, _LAST = 10, 25
"""Messages at either end that later stages always see: how it came up, and what was left to do."""
_TOPICS = (
    "action",
    "business",
    "cause_found",
    "data_loss",
    "dead_end",
    "decision",
    "mitigation",
    "recovery",
    "review_meeting",
    "scope",
    "users",
    "went_badly",
    "went_well",
)
_MANY_REACTIONS = 3


def slices(evidence: Sequence[Evidence], limit: int, tokens: Callable[[Evidence], int]) -> list[tuple[Evidence, ...]]:
    """Evidence in consecutive slices of time of about equal size, none above `limit` tokens.

    Nothing is dropped: a piece of evidence that is too large alone makes a slice alone.
    """
    sizes = [tokens(item) for item in evidence]
    wanted = max(1, -(-sum(sizes) // max(limit, 1)))
    share = sum(sizes) / wanted
    result: list[list[Evidence]] = [[]]
    filled = 0
    for item, size in zip(evidence, sizes, strict=True):
        if result[-1] and (filled + size > limit or filled >= share):
            result.append([])
            filled = 0
        result[-1].append(item)
        filled += size
    return [tuple(part) for part in result if part]


def most_telling(
    incident: Incident, limit: int, tokens: Callable[[Evidence], int], cited: Iterable[str]
) -> tuple[Evidence, ...]:
    """What fits into `limit` tokens, in the order of time; what tells more is taken first.

    First what the timeline cites and what was pinned; then how the channel begins and ends, alerts, what
    people spoke of impact, causes and things to do, and what they reacted to; then logs, then the rest.
    Of equals those near an end of the incident come first: how it began, and how it was over.
    """
    evidence = incident.evidence
    if sum(map(tokens, evidence)) <= limit:
        return evidence
    ranks = _ranks(incident, set(cited))
    order = sorted(range(len(evidence)), key=lambda place: (ranks[place], min(place, len(evidence) - 1 - place)))
    kept, left = set(), limit
    for place in order:
        size = tokens(evidence[place])
        if size <= left:
            kept.add(place)
            left -= size
    return tuple(item for place, item in enumerate(evidence) if place in kept)


def _ranks(incident: Incident, cited: set[str]) -> list[int]:
    said = [item.id for item in incident.evidence if item.kind is EvidenceKind.MESSAGE]
    ends = {*said[:_FIRST], *said[-_LAST:]}
    # What was answered is read with its answer.
    threads = {item.thread for item in incident.evidence if item.id in cited and item.thread} | cited
    pinned = set(incident.pinned)

    def rank(item: Evidence) -> int:
        if item.id in cited or item.id in pinned:
            return 0
        if item.id in ends or item.source is Source.ALERT:
            return 1
        if item.reactions >= _MANY_REACTIONS or any(speaks_of(item, topic) for topic in _TOPICS):
            return 2
        if item.kind is EvidenceKind.LOG_PATTERN or item.id in threads or item.thread in threads:
            return 3
        return 4 if any(character.isdigit() for character in item.text) else 5

    return [rank(item) for item in incident.evidence]
