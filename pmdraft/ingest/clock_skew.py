"""Whether the clocks of two sources differ, by what both tell of the same alerts.

A tool's message about an alert comes after what it tells, and soon: an alerting tool holds notifications
back for some minutes at most. So two sources are said to differ when most of what both tell is shifted by about
the same time, and that is more than the delay of a notification, or less than none at all. A single alert that
both tell is enough only where the message comes before what it tells, and by minutes: a message long before or
after it may be about another time that the alert fired.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
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
    reports = [(item, item.text.lower()) for item in evidence if item.kind in (EvidenceKind.BOT_MESSAGE, *_STATES)]
    nearest: dict[tuple[str, str], dict[str, _Pair]] = defaultdict(dict)
    for title, alike in events.items():
        about = [item for item, text in reports if title in text]
        for pair in _nearest(alike, about):
            known = nearest[_source(pair.event), _source(pair.report)].setdefault(pair.report.id, pair)
            if abs(pair.delay) < abs(known.delay):
                nearest[_source(pair.event), _source(pair.report)][pair.report.id] = pair
    return {sources: list(pairs.values()) for sources, pairs in nearest.items()}


def _nearest(events: Sequence[Evidence], reports: Sequence[Evidence]) -> Iterator[_Pair]:
    """Each event with the nearest report of every other source that tells the same state."""
    by_source: dict[str, list[Evidence]] = defaultdict(list)
    for report in reports:
        by_source[_source(report)].append(report)
    for event in events:
        for source, items in by_source.items():
            told = [_Pair(event, item) for item in items if _state(item) is event.kind]
            pair = min(told, key=lambda pair: abs(pair.delay), default=None)
            if source != _source(event) and pair is not None and abs(pair.delay) <= _FARTHEST:
                yield pair


def _agreeing(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Most of the pairs that are shifted alike."""
    groups = [[pair for pair in pairs if timedelta() <= pair.delay - start.delay <= _ALIKE] for start in pairs]
    return max(groups, key=len)


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
