"""What several readers gave, as one incident with ids in the order of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from pmdraft.evidence import Channel, Evidence, Incident, Person, SourceCount, in_order
from pmdraft.notices import Notice


class Part(NamedTuple):
    """What one reader gave: evidence in the order of time, under ids of its own."""

    evidence: Sequence[Evidence] = ()
    sources: Sequence[SourceCount] = ()
    people: Sequence[Person] = ()
    channels: Sequence[Channel] = ()
    pinned: Sequence[str] = ()
    notices: Sequence[Notice] = ()


def merged(parts: Sequence[Part], timezone: str) -> Incident:
    """One incident of all parts: evidence of a kind is numbered in the order of time, whatever part it is of."""
    renamed = [_renamed(part, names) for part, names in zip(parts, _new_names(parts), strict=True)]
    channels = tuple({channel.id: channel for part in renamed for channel in part.channels}.values())
    full = [part.evidence for part in renamed if part.evidence]
    return Incident(
        evidence=tuple(full[0]) if len(full) == 1 else in_order(chain.from_iterable(full)),
        people=tuple({person.id: person for part in renamed for person in part.people}.values()),
        timezone=timezone,
        channel=channels[0] if channels else None,
        other_channels=channels[1:],
        pinned=tuple(chain.from_iterable(part.pinned for part in renamed)),
        sources=tuple(chain.from_iterable(part.sources for part in renamed)),
        notices=tuple(chain.from_iterable(part.notices for part in renamed)),
    )


def _new_names(parts: Sequence[Part]) -> list[dict[str, str]]:
    """For each part, the id of its evidence in the incident by the id that the part gave it, where they differ."""
    names: list[dict[str, str]] = [{} for _ in parts]
    kinds = Counter(letter for part in parts for letter in {item.id[0] for item in part.evidence})
    shared = {letter for letter, count in kinds.items() if count > 1}
    numbers: Counter[str] = Counter()
    several = [
        (item.at, number, item.id)
        for number, part in enumerate(parts)
        for item in (part.evidence if shared else ())
        if item.id[0] in shared
    ]
    for _, number, name in sorted(several, key=itemgetter(0)):
        letter = name[0]
        numbers[letter] += 1
        names[number][name] = f"{letter}{numbers[letter]}"
    return names


def _renamed(part: Part, names: Mapping[str, str]) -> Part:
    if not names:
        return part
    return part._replace(
        evidence=[item.model_copy(update=_new_ids(item, names)) for item in part.evidence],
        sources=[
            source.model_copy(update={"notices": tuple(_notice(item, names) for item in source.notices)})
            for source in part.sources
        ],
        pinned=[names.get(name, name) for name in part.pinned],
        notices=[_notice(item, names) for item in part.notices],
    )


def _new_ids(item: Evidence, names: Mapping[str, str]) -> dict[str, str | None]:
    ids = {"id": item.id, "thread": item.thread, "alert": item.alert}
    return {field: names.get(name, name) for field, name in ids.items() if name is not None}


def _notice(item: Notice, names: Mapping[str, str]) -> Notice:
    return item.model_copy(update={"evidence": tuple(names.get(name, name) for name in item.evidence)})
