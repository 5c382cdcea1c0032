"""Alert payloads from files: which vendor wrote them is told by their content."""

import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, Skipped, Source, SourceCount
from pmdraft.ingest import alertmanager, pagerduty
from pmdraft.ingest.alert import AlertEvent
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.jsonfile import decode, first_problem, read_bytes
from pmdraft.ingest.window import Window

VENDORS = (alertmanager, pagerduty)
_HINT = "expected Alertmanager v4 or PagerDuty v3 webhook bodies (one, a list, or one a line)"


def read_alerts(path: Path, zone: ZoneInfo | None, window: Window, first: int) -> tuple[list[Evidence], SourceCount]:
    """Read one file of webhook bodies.

    Args:
        path: a JSON object, a list of them, or one a line.
        zone: zone of times that do not name theirs.
        window: events outside it are counted and left out.
        first: number of the first piece of evidence.

    Raises:
        InputError: the file cannot be read, or is from no vendor that pmdraft knows.
    """
    # A resolved alert repeats when it fired, and retries repeat whole calls; each counts once.
    seen: dict[tuple[object, ...], AlertEvent] = {}
    read = outside = 0
    for number, body in enumerate(_bodies(path), 1):
        for event in _events(body, f"{path}: payload {number}", zone):
            read += 1
            if event.at in window:
                seen.setdefault(event.identity, event)
            else:
                outside += 1
    events = sorted(seen.values(), key=lambda event: event.at)
    evidence = [event.evidence(number, path.name) for number, event in enumerate(events, first)]
    skipped = {Skipped.OUTSIDE_WINDOW: outside, Skipped.REPEATED: read - outside - len(events)}
    count = SourceCount(
        name=path.name,
        source=Source.ALERT,
        read=read,
        used=len(events),
        skipped={reason: n for reason, n in skipped.items() if n},
    )
    return evidence, count


def _bodies(path: Path) -> Iterator[object]:
    data = read_bytes(path)
    if not data.strip():
        raise InputError(f"{path}: empty file; {_HINT}")
    try:
        value = decode(data, str(path), _HINT)
    except InputError:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not _is_object(lines[0][1]):
            raise
        yield from (decode(line, f"{path}: line {number}", _HINT) for number, line in lines)
        return
    yield from value if isinstance(value, list) else [value]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _events(body: object, name: str, zone: ZoneInfo | None) -> list[AlertEvent]:
    if not isinstance(body, dict):
        raise InputError(f"{name} is not a JSON object; {_HINT}")
    for vendor in VENDORS:
        if vendor.recognises(body):
            try:
                return list(vendor.events(body, zone))
            except ValidationError as error:
                raise InputError(f"{name}: {first_problem(error)}; {_HINT}") from error
            except NoZoneError as error:
                raise InputError(f"{name}: time {str(error)!r} has no zone; say which with --timezone") from error
            except ValueError as error:
                raise InputError(f"{name}: unreadable time ({error}); {_HINT}") from error
    raise InputError(f"{name} is from no vendor that pmdraft knows; {_HINT}")
