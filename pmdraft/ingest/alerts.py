"""Alert payloads from files: which vendor wrote them is told by their content."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, Skipped, Source, SourceCount
from pmdraft.ingest.alert import AlertEvent
from pmdraft.ingest.alert_mapping import AlertMapping, MappingError
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.payloads import payloads
from pmdraft.ingest.vendors import VENDORS, envelopes, unknown
from pmdraft.ingest.vendors.times import Clock, NoTimeError
from pmdraft.ingest.window import Window
from pmdraft.records import first_problem

_HINT = (
    "expected Alertmanager v4 or PagerDuty v3 webhook bodies, or what docs/alerts.md lists beside them "
    "(one, a list, or one a line)"
)
_MAP = "say with --alert-mapping FILE how to read it (docs/alerts.md)"
# Envelopes in envelopes; nobody wraps deeper.
_DEEPEST = 8


def read_alerts(
    path: Path, zone: ZoneInfo | None, window: Window, first: int, mapping: AlertMapping | None = None
) -> tuple[list[Evidence], SourceCount]:
    """Read one file of alert payloads.

    Args:
        path: a JSON object, a list of them, or one a line.
        zone: zone of times that do not name theirs.
        window: events outside it are counted and left out.
        first: number of the first piece of evidence.
        mapping: how to read the payloads of tools that pmdraft does not know.

    Raises:
        InputError: the file cannot be read, or holds what neither pmdraft nor `mapping` knows and no time is in.
    """
    # A resolved alert repeats when it fired, and retries repeat whole calls; each counts once.
    seen: dict[tuple[object, ...], AlertEvent] = {}
    skipped: Counter[Skipped] = Counter()
    reader = _Reader(mapping or AlertMapping())
    read = 0
    for number, body in enumerate(payloads(path, _HINT), 1):
        for event in reader.events(body, f"{path}: payload {number}", Clock(zone)):
            read += 1
            if isinstance(event, Skipped):
                skipped[event] += 1
            elif event.at not in window:
                skipped[Skipped.OUTSIDE_WINDOW] += 1
            elif seen.setdefault(event.identity, event) is not event:
                skipped[Skipped.REPEATED] += 1
    events = sorted(seen.values(), key=lambda event: event.at)
    evidence = [event.evidence(number, path.name) for number, event in enumerate(events, first)]
    counted = {reason: skipped[reason] for reason in Skipped if skipped[reason]}
    return evidence, SourceCount(name=path.name, source=Source.ALERT, read=read, used=len(events), skipped=counted)


class _Reader:
    """Finds who can read a payload: the user's mapping, a vendor, what is in it, or nobody."""

    def __init__(self, mapping: AlertMapping) -> None:
        self._mapping = mapping

    def events(self, body: object, name: str, clock: Clock) -> Iterator[AlertEvent | Skipped]:
        """What a payload tells, and why something in it is not told.

        Raises:
            InputError: nobody can.
        """
        if isinstance(body, Skipped):
            yield body
            return
        if not isinstance(body, dict):
            raise InputError(f"{name} is not a JSON object; {_HINT}")
        try:
            yield from self._told(body, name, clock, 0)
        except ValidationError as error:
            raise InputError(f"{name}: {first_problem(error)}; {_HINT}") from error
        except NoZoneError as error:
            raise InputError(f"{name}: time {str(error)!r} has no zone; say which with --timezone") from error
        except MappingError as error:
            raise InputError(f"{name}: {error}; correct the mapping (docs/alerts.md)") from error
        except ValueError as error:
            raise InputError(f"{name}: unreadable time ({error}); {_HINT}") from error

    def _told(self, body: dict[str, object], name: str, clock: Clock, depth: int) -> Iterator[AlertEvent | Skipped]:
        reader = self._mapping.rule_for(body) or next((vendor for vendor in VENDORS if vendor.recognises(body)), None)
        if reader is not None:
            try:
                yield from reader.events(body, clock)
            except NoTimeError:
                yield Skipped.NO_TIME
            return
        wrapped = list(envelopes.contents(body, clock)) if depth < _DEEPEST else []
        for inner, its_clock in wrapped:
            yield from self._told(inner, name, its_clock, depth + 1)
        if not wrapped:
            try:
                yield from unknown.events(body, clock)
            except NoTimeError:
                raise InputError(
                    f"{name} is from no vendor that pmdraft knows; {_HINT}; no time is in it either: {_MAP}"
                ) from None
