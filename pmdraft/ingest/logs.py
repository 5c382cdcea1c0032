"""Evidence from logs: thousands of lines told by the few forms that they have."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.evidence import Evidence, EvidenceKind, Origin, Skipped, Source, SourceCount
from pmdraft.ingest.log_entry import INFO, WARNING, LogEntry, read_entries
from pmdraft.ingest.window import Window

# What varies between lines of one form: addresses, ids, quoted values, numbers.
_VARIABLE = re.compile(
    r"(?<==)[^\s&,;)]{1,64}|0x[0-9a-fA-F]{1,32}|\b[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}\b|\b[0-9a-f]{16,64}\b|\"[^\"\n]{0,200}\"|[^\s=:,()\[\]]{0,64}\d[^\s=:,()\[\]]{0,64}"
)
_MOST_PATTERNS = 40
# Below a warning, a line that is written all the time tells nothing; a rare one may be a restart or a reload.
_RARE = 3
_SHOWN_LINES = 12


@dataclass(slots=True)
class _Pattern:
    """Lines of one form: the first of them as the example."""

    example: LogEntry
    count: int
    last: datetime


def read_log(path: Path, zone: ZoneInfo | None, window: Window) -> tuple[list[Evidence], SourceCount]:
    """Read one log, grouped by the form of its lines; ids are given by the caller.

    Args:
        path: a text file, plain or JSON lines.
        zone: zone of times that do not name theirs.
        window: entries outside it are counted and left out.

    Raises:
        InputError: it cannot be read as a log.
    """
    patterns: dict[tuple[int, str], _Pattern] = {}
    skipped: Counter[Skipped] = Counter()
    read = 0
    for entry in read_entries(path, zone):
        read += 1
        if entry.at not in window:
            skipped[Skipped.OUTSIDE_WINDOW] += 1
            continue
        key = (entry.level, _VARIABLE.sub("#", entry.text))
        if pattern := patterns.get(key):
            pattern.count += 1
            pattern.last = max(pattern.last, entry.at)
        else:
            patterns[key] = _Pattern(entry, 1, entry.at)

    telling = [p for p in patterns.values() if _tells(p)]
    chosen = sorted(telling, key=_weight)[:_MOST_PATTERNS]
    kept = sum(pattern.count for pattern in chosen)
    rest = sum(pattern.count for pattern in telling) - kept
    skipped[Skipped.ROUTINE] = read - kept - rest - skipped.total()
    skipped[Skipped.BEYOND_LIMIT] = rest
    chosen.sort(key=lambda pattern: pattern.example.at)
    count = SourceCount(
        name=path.name, source=Source.LOG, read=read, used=kept, skipped={why: n for why, n in skipped.items() if n}
    )
    return [_evidence(pattern, path.name) for pattern in chosen], count


def _tells(pattern: _Pattern) -> bool:
    level = pattern.example.level
    return level >= WARNING or (level == INFO and pattern.count <= _RARE)


def _weight(pattern: _Pattern) -> tuple[int, int]:
    """Errors first; among equals the rare ones below a warning, the frequent ones above it."""
    level = pattern.example.level
    return -level, -pattern.count if level >= WARNING else pattern.count


def _evidence(pattern: _Pattern, file: str) -> Evidence:
    entry = pattern.example
    more = entry.more[: _SHOWN_LINES - 1]
    if left := len(entry.more) + entry.unread - len(more):
        more.append(f"... {left} more lines")
    return Evidence(
        id="L0",
        source=Source.LOG,
        kind=EvidenceKind.LOG_PATTERN,
        at=entry.at,
        author=file,
        text="\n".join([entry.text, *more]),
        raw=Origin(file=file, line=entry.line),
        count=pattern.count,
        until=pattern.last if pattern.count > 1 else None,
    )
