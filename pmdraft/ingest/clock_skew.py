"""Whether the clocks of two sources differ, by what both tell of the same alerts.

A tool's message about an alert comes after what it tells, and soon: an alerting tool holds notifications
back for some minutes at most. So two sources are said to differ when most of what both tell is shifted by about
the same time, and that is more than the delay of a notification, or less than none at all. A single alert that
both tell is enough only where the message comes before what it tells, and by minutes: a message long before or
after it may be about another time that the alert fired.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from statistics import median
from typing import NamedTuple

from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice

_EARLIEST, _LATEST = timedelta(seconds=-30), timedelta(minutes=6)
"""How long after an alert a message about it comes where all clocks are right. Alertmanager holds back what joins
a group that was notified already for five minutes (`group_interval`)."""
_LONGEST_OF_ONE = timedelta(minutes=15)
_FARTHEST = timedelta(hours=15)
"""Beyond any two zones that one team works in, a message is about something else."""
_ALIKE = timedelta(minutes=2)
_SHORTEST_TITLE = 5
# Each is looked for in every report, and some hundreds tell as much as thousands.
_MOST_TITLES = 200
_OVER = re.compile(r"\b(?:resolved|recovered|ok|closed|cleared)\b|復旧|解消|回復|解決", re.IGNORECASE)
_TAKEN = re.compile(r"\back(?:ed|nowledged)\b|対応開始|応答", re.IGNORECASE)


class _Pair(NamedTuple):
    """An alert's event, and what another source tells of it."""

    event: Evidence
    report: Evidence

    @property
    def delay(self) -> timedelta:
        return self.report.at - self.event.at


def skew_notices(incident: Incident) -> Iterator[Notice]:
    """A notice for each two sources whose clocks seem to differ."""
    for (first, second), pairs in sorted(_pairs(incident.evidence).items()):
        agreeing = _agreeing(pairs)
        shift = timedelta(seconds=median(pair.delay.total_seconds() for pair in agreeing))
        if 2 * len(agreeing) <= len(pairs) or _EARLIEST <= shift <= _LATEST:
            continue
        if len(agreeing) == 1 and not -_LONGEST_OF_ONE <= shift < _EARLIEST:
            continue
        yield notice(
            NoticeKind.CLOCK_SKEW,
            first=first,
            second=second,
            skew=_told(abs(shift)),
            what=agreeing[0].event.title,
            evidence=dict.fromkeys(item.id for pair in agreeing for item in pair),
        )


def _pairs(evidence: Sequence[Evidence]) -> dict[tuple[str, str], list[_Pair]]:
    """By the two sources, every alert event with the nearest thing that the other source tells of it."""
    events: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        if item.kind in _STATES and item.title and len(item.title) >= _SHORTEST_TITLE:
            events[item.title.lower()].append(item)
    reports = [item for item in evidence if item.kind in (EvidenceKind.BOT_MESSAGE, *_STATES)]
    if len({_source(item) for item in reports}) < 2:
        return {}
    texts = [(item, item.text.lower()) for item in reports]
    nearest: dict[tuple[str, str], dict[str, _Pair]] = defaultdict(dict)
    for title, alike in islice(events.items(), _MOST_TITLES):
        for pair in _nearest(alike, [item for item, text in texts if title in text]):
            known = nearest[_source(pair.event), _source(pair.report)].setdefault(pair.report.id, pair)
            if abs(pair.delay) < abs(known.delay):
                nearest[_source(pair.event), _source(pair.report)][pair.report.id] = pair
    return {sources: list(pairs.values()) for sources, pairs in nearest.items()}


def _nearest(events: Sequence[Evidence], reports: Sequence[Evidence]) -> Iterator[_Pair]:
    """Each event with the nearest report of every other source that tells the same state; both in the order of time."""
    told: dict[str, dict[EvidenceKind | None, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        told[_source(report)][_state(report)].append(report)
    for event in events:
        for source, by_state in told.items():
            if source == _source(event) or not (items := by_state.get(event.kind)):
                continue
            pair = _Pair(event, _nearest_to(event.at, items))
            if abs(pair.delay) <= _FARTHEST:
                yield pair


def _nearest_to(at: datetime, items: Sequence[Evidence]) -> Evidence:
    """The item nearest to a moment, the earlier of two that are as near; an alert may fire thousands of times."""
    after = bisect_left(items, at, key=lambda item: item.at)
    near = items[after : after + 1]
    if after:
        before = bisect_left(items, items[after - 1].at, key=lambda item: item.at)
        near = [items[before], *near]
    return min(near, key=lambda item: abs(item.at - at))


def _agreeing(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Most of the pairs that are shifted alike."""
    delays = sorted(pair.delay for pair in pairs)
    start = max(pairs, key=lambda pair: bisect_right(delays, pair.delay + _ALIKE) - bisect_left(delays, pair.delay))
    return [pair for pair in pairs if timedelta() <= pair.delay - start.delay <= _ALIKE]


_STATES = {EvidenceKind.ALERT_FIRED, EvidenceKind.ALERT_RESOLVED}


def _state(item: Evidence) -> EvidenceKind | None:
    """Whether it tells that an alert fired, or that it is over."""
    if item.kind in _STATES:
        return item.kind
    if _TAKEN.search(item.text):
        return None
    return EvidenceKind.ALERT_RESOLVED if _OVER.search(item.text) else EvidenceKind.ALERT_FIRED


def _source(item: Evidence) -> str:
    return f"#{item.channel}" if item.source.is_chat and item.channel else item.raw.file


def _told(skew: timedelta) -> Bilingual:
    minutes, seconds = divmod(round(skew.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return Bilingual(f"{hours} 時間 {minutes} 分", f"{hours} h {minutes} min")
    return Bilingual(f"{minutes} 分 {seconds} 秒", f"{minutes} min {seconds} s")
