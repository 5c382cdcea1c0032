"""Which forms of a log's entries tell something about the incident."""

from collections.abc import Iterable
from typing import NamedTuple

from pmdraft.ingest.log_level import LogLevel
from pmdraft.ingest.log_patterns import RARE, Pattern
from pmdraft.trend import Trend

_MOST = 40
# So many places are for rare and changed lines below a warning, a restart or a deploy, however many errors there are.
_KEPT_FREE = 12
_TIMES_AS_OFTEN = 5
_HARDLY_ANY_MORE = 0.1
_ENOUGH = 10


class Told(NamedTuple):
    """A pattern, and its change."""

    pattern: Pattern
    trend: Trend | None


class Choice(NamedTuple):
    """Patterns by what becomes of them.

    Attributes:
        told: those that tell most, errors first.
        beyond: those that tell something too, but are too many.
        routine: the others: what is written all the time.
    """

    told: list[Told]
    beyond: list[Told]
    routine: list[Told]


def chosen(patterns: Iterable[Told]) -> Choice:
    """The patterns that tell most.

    These are warnings and graver ones, the most frequent first; below a warning those that are rare, those that are
    written far more often in the incident than before, and those that were frequent and have all but stopped.
    """
    grave: list[Told] = []
    quiet: list[Told] = []
    routine: list[Told] = []
    for item in patterns:
        level = item.pattern.level
        if level >= LogLevel.WARNING:
            grave.append(item)
        elif level == LogLevel.INFO and (item.pattern.count <= RARE or _has_changed(item.trend)):
            quiet.append(item)
        else:
            routine.append(item)
    grave.sort(key=lambda item: (-item.pattern.level, -item.pattern.count))
    quiet.sort(key=_rank)
    room = _MOST - min(len(quiet), _KEPT_FREE)
    told = grave[:room]
    told += quiet[: _MOST - len(told)]
    kept = {id(item) for item in told}
    return Choice(told, [item for item in grave + quiet if id(item) not in kept], routine)


def _has_changed(trend: Trend | None) -> bool:
    if trend is None:
        return False
    if trend.factor is None:
        return trend.during >= _ENOUGH
    has_stopped = trend.before >= _ENOUGH and trend.factor <= _HARDLY_ANY_MORE
    return has_stopped or (trend.during >= _ENOUGH and trend.factor >= _TIMES_AS_OFTEN)


def _rank(item: Told) -> tuple[int, int]:
    """Rare lines in the incident first, then what has changed, then rare lines before and after it."""
    if item.pattern.count <= RARE:
        return (0 if item.pattern.during else 2), item.pattern.count
    return 1, -item.pattern.count
