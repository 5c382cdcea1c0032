"""An alert as its vendor knows it, from which its events are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmdraft.evidence import EvidenceKind, Skipped
from pmdraft.ingest.alert import AlertEvent, NotTold, Told
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.vendors.times import Clock, NoTimeError

FIRED = EvidenceKind.ALERT_FIRED
ACKNOWLEDGED = EvidenceKind.ALERT_ACKNOWLEDGED
RESOLVED = EvidenceKind.ALERT_RESOLVED
NOTE = EvidenceKind.ALERT_NOTE

_WORDS = {
    FIRED: "fired firing trigger triggered alarm alerting alert open opened active activated create created start "
    "started down problem critical error warning warn unhealthy reopen reopened",
    ACKNOWLEDGED: "ack acked acknowledge acknowledged acknowledgement",
    RESOLVED: "resolve resolved ok okay close closed recover recovered recovery up deactivated end ended completed "
    "success normal healthy",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def kind_of(state: str | None) -> EvidenceKind:
    """What a vendor's word for the state of an alert means; a note if it is none of the usual ones."""
    return _KINDS.get((state or "").strip().lower(), NOTE)


class Moment(NamedTuple):
    """Something that happened to an alert, and when, as the vendor writes it."""

    kind: EvidenceKind
    at: str | int | float | None
    by: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What stays the same while an alert fires, is acknowledged and resolves."""

    vendor: str
    what: str
    service: str | None = None
    severity: str | None = None
    link: str | None = None
    key: str | None = None

    def events(self, clock: Clock, *moments: Moment) -> Iterator[Told]:
        """An event for each moment that has a time; if none has, the last one, when the payload came in.

        Raises:
            NoZoneError: a time names no zone, and none was given.
        """
        timed = [moment for moment in moments if moment.at is not None] or moments[-1:]
        for moment in timed:
            try:
                at = clock.read(moment.at)
            except NoZoneError:
                raise
            except NoTimeError:
                yield NotTold(Skipped.NO_TIME, self.what)
            except ValueError as error:
                yield NotTold(Skipped.UNREADABLE, f"{self.what}: {error}")
            else:
                yield self._event(moment, at)

    def _event(self, moment: Moment, at: datetime) -> AlertEvent:
        return AlertEvent(
            vendor=self.vendor,
            kind=moment.kind,
            at=at,
            what=self.what,
            service=self.service,
            severity=self.severity,
            by=moment.by,
            detail=moment.detail,
            link=self.link,
            key=self.key,
        )
