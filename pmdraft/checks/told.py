"""What a text says of lengths and times, against what a timeline gives."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.figures import Figure, clock_value, figures
from pmdraft.checks.told_words import has, told_in
from pmdraft.event_kind import EventKind
from pmdraft.language import Bilingual, Language
from pmdraft.lengths import METRICS, spell

_DIGIT = re.compile("[0-9０-９]")
_DAYS = re.compile(r"(?P<n>[0-9０-９]{1,3}) ?(?:日|days?|d)(?: |と|,|and)*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。\n;；]+?(?:[。\n;；]|(?<=[^A-Z0-9])\. |$)")
_NAMES = {
    "downtime": Bilingual("ダウンタイム", "downtime"),
    "time_to_detect": Bilingual("検知までの時間", "time to detect"),
    "time_to_acknowledge": Bilingual("応答までの時間", "time to acknowledge"),
    "time_to_mitigate": Bilingual("緩和までの時間", "time to mitigate"),
    "time_to_recover": Bilingual("復旧までの時間", "time to recover"),
    "incident_length": Bilingual("クローズまでの時間", "time to close"),
}
_EVENTS = {
    "impact_start": Bilingual("発生", "start of impact"),
    "detection": Bilingual("検知", "detection"),
    "recovery": Bilingual("復旧", "recovery"),
    "closed": Bilingual("クローズ", "close"),
}


class Ends(NamedTuple):
    """The events between which people count a length; there is more than one way to count."""

    starts: tuple[EventKind, ...]
    ends: tuple[EventKind, ...]


_START, _DETECTED = EventKind.IMPACT_START, EventKind.DETECTION
_COUNTED = {
    "downtime": Ends((_START,), (EventKind.RECOVERY,)),
    "time_to_detect": Ends((_START,), (_DETECTED,)),
    "time_to_acknowledge": Ends((_START, _DETECTED), (EventKind.ACKNOWLEDGEMENT,)),
    "time_to_mitigate": Ends((_START, _DETECTED), (EventKind.MITIGATION,)),
    "time_to_recover": Ends((_START, _DETECTED), (EventKind.RECOVERY,)),
    "incident_length": Ends((_START, _DETECTED), (EventKind.CLOSED,)),
}
# Clocks are read to the minute at both ends.
_SLACK = 60
_ROUGHLY = 0.15
_ROUGHLY_AT_LEAST = 300
# The phrases that stand right before a figure, and after it, are no longer.
_BEFORE, _AFTER = 24, 6


class Milestone(NamedTuple):
    """An event of a timeline."""

    at: datetime
    kind: EventKind


class Milestones(NamedTuple):
    """What sentences are compared with."""

    lengths: Mapping[str, tuple[int, ...]]
    """Every length that the timeline gives for a metric, in seconds, however one counts."""
    clocks: Mapping[str, tuple[str, ...]]
    """The clock times of each kind of event, as HH:MM."""
    day: date
    """Day of the incident, which clock times without a date belong to."""
    zone: ZoneInfo


class Told(NamedTuple):
    """A length or a time in words that the timeline does not give."""

    rule: str
    span: tuple[int, int]
    values: Mapping[str, str]
    """What the fields of the rule's texts are filled with."""


def milestones(timeline: Iterable[Milestone], day: date, zone: ZoneInfo) -> Milestones:
    """What a timeline, in the order of time, gives.

    Args:
        timeline: its events.
        day: day of the incident.
        zone: zone of clock times.
    """
    at: dict[str, list[datetime]] = {}
    for event in timeline:
        at.setdefault(event.kind, []).append(event.at)
    clocks = {kind: (f"{time.astimezone(zone):%H:%M}" for time in at.get(kind, ())) for kind in _EVENTS}
    return Milestones(
        lengths={metric: _possible(counted, at) for metric, counted in _COUNTED.items()},
        clocks={kind: tuple(dict.fromkeys(times)) for kind, times in clocks.items()},
        day=day,
        zone=zone,
    )


def told_otherwise(text: str, known: Milestones, language: Language) -> Iterator[Told]:
    """Each length or time in a text that the timeline does not give.

    Args:
        text: one sentence or many.
        known: what the timeline gives.
        language: language of the findings.
    """
    for match in _SENTENCE.finditer(text):
        sentence, start = match[0], match.start()
        if not _DIGIT.search(sentence) or has("partial", sentence):
            continue
        found = figures(sentence)
        if not _names_a_part(found):
            for told in (*_lengths(sentence, found, known, language), *_clocks(sentence, found, known, language)):
                yield told._replace(span=(told.span[0] + start, told.span[1] + start))


def _lengths(sentence: str, found: Sequence[Figure], known: Milestones, language: Language) -> Iterator[Told]:
    lengths = [_with_days(figure, sentence) for figure in found if figure.kind == "duration"]
    said = told_in("length", sentence) if lengths else {}
    for figure in lengths:
        metric = _metric_of(figure, sentence, said)
        possible = known.lengths[metric] if metric else ()
        if metric and possible and not _fits(int(figure.value), possible, sentence, figure):
            values = {
                "name": _NAMES[metric].to(language),
                "told": sentence[slice(*figure.span)].strip(),
                "computed": " / ".join(spell(seconds, language) for seconds in possible),
                "definition": _definition(metric, language),
            }
            yield Told("consistency.told-duration", figure.span, values)


def _with_days(figure: Figure, sentence: str) -> Figure:
    """A length with the days that stand before it: 2日4時間, 1 d 3 h."""
    start = max(0, figure.span[0] - _BEFORE)
    days = _DAYS.search(sentence[start : figure.span[0]])
    if days is None:
        return figure
    seconds = int(figure.value) + int(unicodedata.normalize("NFKC", days["n"])) * 86_400
    return Figure(figure.kind, str(seconds), (start + days.start(), figure.span[1]))


def _metric_of(figure: Figure, sentence: str, said: Mapping[str, frozenset[int]]) -> str | None:
    """Which of the lengths a figure is said to be, if it is one."""
    start = figure.span[0]
    if has("another_length", sentence[max(0, start - _BEFORE) : start]):
        return None
    return next((metric for metric, starts in said.items() if start in starts), None)


def _clocks(sentence: str, found: Sequence[Figure], known: Milestones, language: Language) -> Iterator[Told]:
    clocks = [figure for figure in found if figure.kind == "clock"]
    said = told_in("clock", sentence) if clocks and any(known.clocks.values()) else {}
    slack = 5 if said and has("hedge", sentence) else 1
    for kind, starts in said.items():
        of_timeline = known.clocks[kind]
        for figure in clocks if of_timeline else ():
            if figure.span[0] not in starts:
                continue
            value = clock_value(figure.value, known.day, known.zone)
            if value and not any(_minutes_apart(value, clock) <= slack for clock in of_timeline):
                values = {
                    "name": _EVENTS[kind].to(language),
                    "told": sentence[slice(*figure.span)],
                    "timeline": ", ".join(of_timeline),
                }
                yield Told("consistency.told-time", figure.span, values)


def _possible(counted: Ends, at: Mapping[str, list[datetime]]) -> tuple[int, ...]:
    """Every length between two kinds of event; none where an end is missing or comes first."""
    starts = [at[kind][0] for kind in counted.starts if kind in at]
    ends = [time for kind in counted.ends for time in at.get(kind, ())]
    minutes = {
        int((end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)).total_seconds())
        for start in starts
        for end in ends
        if end >= start
    }
    return tuple(sorted(minutes))


def _fits(told: int, possible: tuple[int, ...], sentence: str, figure: Figure) -> bool:
    near = sentence[max(0, figure.span[0] - 12) : figure.span[1] + _AFTER]
    if has("at_most", near):
        return possible[0] <= told + _SLACK
    if has("at_least", near):
        return possible[-1] >= told - _SLACK
    hedged = has("hedge", near)
    # A length in whole hours is rounded.
    slack = 1800 if told % 3600 == 0 and told >= 7200 else _SLACK
    return any(
        abs(told - computed) <= (max(_ROUGHLY * computed, _ROUGHLY_AT_LEAST, slack) if hedged else slack)
        for computed in possible
    )


def _definition(metric: str, language: Language) -> str:
    known = METRICS.get("downtime" if metric == "time_to_recover" else metric)
    return known.definition.to(language) if known else ""


def _names_a_part(found: Sequence[Figure]) -> bool:
    """Whether a sentence speaks of one host, version or job, which has times of its own."""
    return any(
        figure.kind == "name" and not figure.value.startswith("sev") and not figure.value.endswith("xx")
        for figure in found
    )


def _minutes_apart(one: str, other: str) -> int:
    first, second = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in (one, other))
    return min((first - second) % 1440, (second - first) % 1440)
