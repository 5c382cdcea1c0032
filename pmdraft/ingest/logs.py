"""Evidence from logs: millions of lines told by the few forms that they have."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.evidence import Assumed, Evidence, EvidenceKind, Origin, Skipped, Source, SourceCount
from pmdraft.ingest.compression import Progress
from pmdraft.ingest.log_choice import Told, chosen
from pmdraft.ingest.log_clock import Written
from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_notices import notices_of
from pmdraft.ingest.log_patterns import OTHER_PATHS, SHOWN_LINES, Pattern, Patterns, Stretches
from pmdraft.ingest.log_reader import LogFile
from pmdraft.ingest.tally import Tally
from pmdraft.ingest.time_forms import offset_named
from pmdraft.ingest.window import Window
from pmdraft.trend import Trend

_BEFORE = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
# A stretch that is shorter says nothing about how often something usually is.
_SHORTEST_BEFORE, _SHORTEST_DURING = 5.0, 1.0
_FEW, _FEW_NEW = 5, 2
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_NO_WRITING = Written("")
_MOST_LISTED = 100
_SHOWN_PATHS = 6


class _Grouped(NamedTuple):
    """The entries of a log, grouped.

    Attributes:
        patterns: those within the window.
        outside: how many are not.
        span: from the first to the last entry of the log, within the window or not.
        writings: how the times within the window are written, and how often each.
        years: those that were taken for times without one.
    """

    patterns: Patterns
    outside: int
    span: tuple[datetime, datetime]
    writings: Counter[Written]
    years: set[int]


def read_log(
    path: Path,
    zone: ZoneInfo | None,
    window: Window,
    *,
    incident: Window | None = None,
    progress: Progress | None = None,
) -> tuple[list[Evidence], SourceCount]:
    """Read one log, grouped by the form of its lines; ids are given by the caller.

    Args:
        path: a log in any format of docs/logs.md, compressed or not.
        zone: zone of times that do not name theirs.
        window: entries outside it are counted and left out.
        incident: from the first alert to the end, to tell how often lines were written against before; None where
            that is not known.
        progress: told how far the file is read.

    Raises:
        InputError: it cannot be read as a log.
    """
    stretches = _stretches(incident, window) if incident else None
    with LogFile(path, zone, window, progress) as log:
        grouped = _grouped(log, window, stretches)
    choice = chosen(Told(pattern, _trend(pattern, stretches, grouped.span)) for pattern in grouped.patterns.all())
    tally = Tally(path.name, Source.LOG)
    tally.use(sum(item.pattern.count for item in choice.told))
    for reason, items in ((Skipped.BEYOND_LIMIT, choice.beyond), (Skipped.ROUTINE, choice.routine)):
        _skip(tally, reason, [item.pattern for item in items])
    for reason, place, count in (
        (Skipped.BEYOND_LIMIT, "forms given up, too many", grouped.patterns.dropped),
        (Skipped.OUTSIDE_WINDOW, "entries", grouped.outside),
        (Skipped.NO_TIME, f"from line {log.untimed_from}", log.untimed),
    ):
        if count:
            tally.skip(reason, place, count=count)
    tally.notices += notices_of(path.name, log.report, log.unread, grouped.writings, grouped.years)
    told = sorted(choice.told, key=lambda item: item.pattern.example.at)
    return [_evidence(item, path.name, number) for number, item in enumerate(told, 1)], tally.count()


def _grouped(log: Iterable[LogEntry], window: Window, stretches: Stretches | None) -> _Grouped:
    patterns = Patterns(stretches)
    since = window.since.astimezone(UTC) if window.since else _FIRST
    until = window.until.astimezone(UTC) if window.until else _LAST
    first, last, outside = _LAST, _FIRST, 0
    writings: Counter[Written] = Counter()
    years: set[int] = set()
    add = patterns.add
    # Lines of one minute have one `Written`, so writings are counted by the run.
    run, length = _NO_WRITING, 0
    for entry in log:
        at = entry.at
        if at > last:
            last = at
            if first is _LAST:
                first = at
        elif at < first:
            first = at
        if not since <= at <= until:
            outside += 1
            continue
        add(entry)
        written = entry.written
        if written is run:
            length += 1
        else:
            writings[run] += length
            run, length = written, 1
            if Assumed.YEAR in written.assumed:
                years.add(at.year)
    writings[run] += length
    assumed = Counter({written: count for written, count in writings.items() if written.assumed and count})
    return _Grouped(patterns, outside, (first, last), assumed, years)


def _stretches(incident: Window, window: Window) -> Stretches | None:
    begin, end = incident.since, incident.until
    if begin is None or end is None:
        return None
    before = _shifted(begin, -_BEFORE)
    if window.since and window.since > before:
        before = window.since
    return Stretches(before.astimezone(UTC), begin.astimezone(UTC), end.astimezone(UTC))


def _trend(pattern: Pattern, stretches: Stretches | None, span: tuple[datetime, datetime]) -> Trend | None:
    """The change of a pattern; None where the log does not reach back, or there are too few to tell."""
    if stretches is None:
        return None
    first, last = span
    before = (min(stretches.begin, last) - max(stretches.before, first)) / _MINUTE
    during = (min(stretches.end, last) - max(stretches.begin, first)) / _MINUTE
    few = pattern.before + pattern.during < (_FEW if pattern.before else _FEW_NEW)
    if few or before < _SHORTEST_BEFORE or during < _SHORTEST_DURING:
        return None
    return Trend(
        before=pattern.before,
        before_minutes=round(before, 1),
        during=pattern.during,
        during_minutes=round(during, 1),
    )


def _skip(tally: Tally, reason: Skipped, patterns: list[Pattern]) -> None:
    """Count patterns as skipped, the most frequent of them one by one."""
    patterns = sorted(patterns, key=lambda pattern: -pattern.count)
    for pattern in patterns[:_MOST_LISTED]:
        entry = pattern.example
        tally.skip(reason, f"from line {entry.line}", count=pattern.count, text=entry.text)
    if rest := sum(pattern.count for pattern in patterns[_MOST_LISTED:]):
        tally.skip(reason, f"{len(patterns) - _MOST_LISTED:,} more forms", count=rest)


def _evidence(told: Told, file: str, number: int) -> Evidence:
    pattern = told.pattern
    entry = pattern.example
    return Evidence(
        id=f"L{number}",
        source=Source.LOG,
        kind=EvidenceKind.LOG_PATTERN,
        at=entry.at.astimezone(_zone_of(entry.written)),
        author=file,
        text=_text(pattern),
        raw=Origin(file=file, line=entry.line, zone=entry.written.zone, assumed=entry.written.assumed),
        count=pattern.count,
        until=pattern.last if pattern.count > 1 else None,
        trend=told.trend,
    )


def _zone_of(written: Written) -> tzinfo:
    if Assumed.ZONE in written.assumed:
        return ZoneInfo(written.zone)
    return offset_named(written.zone) or UTC


def _text(pattern: Pattern) -> str:
    """The example, what follows it, and how often each path was told of if there were several."""
    entry = pattern.example
    lines = [entry.text, *entry.more[: SHOWN_LINES - 1]]
    if left := len(entry.more) + entry.unread - len(lines) + 1:
        lines.append(f"... {left} more lines")
    if len(pattern.paths) > 1:
        shown = [f"{path} ×{count}" for path, count in pattern.paths.most_common(_SHOWN_PATHS)]
        lines.append(", ".join(shown + ([OTHER_PATHS] if len(pattern.paths) > _SHOWN_PATHS else [])))
    return "\n".join(lines)


def _shifted(at: datetime, by: timedelta) -> datetime:
    """`at` shifted, or as it is where that leaves the years that Python knows."""
    try:
        return at + by
    except OverflowError:
        return at
