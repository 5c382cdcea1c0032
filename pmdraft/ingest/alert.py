"""One thing that an alerting tool said, in the same shape for every vendor."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from pmdraft.evidence import Evidence, EvidenceKind, Origin, Skipped, Source
from pmdraft.ingest.zones import assumed_of, written_zone
from pmdraft.shown import visible


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """An alert that fired, was acknowledged, annotated or resolved.

    Attributes:
        vendor: the tool, such as `Alertmanager`.
        kind: what happened to the alert.
        at: when, aware.
        what: its title.
        service: what it watches.
        severity: as the vendor writes it.
        by: who did it.
        detail: the rest that a person should read.
        link: where it can be looked at.
        key: the vendor's own id of the alert or of what it watches; without one, title and service tell alerts apart.
    """

    vendor: str
    kind: EvidenceKind
    at: datetime
    what: str
    service: str | None = None
    severity: str | None = None
    by: str | None = None
    detail: str | None = None
    link: str | None = None
    key: str | None = None

    @property
    def alert(self) -> tuple[str | None, ...]:
        """What makes two events be of the same alert."""
        return (self.vendor, self.key) if self.key else (self.vendor, None, self.what, self.service)

    @property
    def happening(self) -> tuple[object, ...]:
        """What, beside the time, makes two events the same; figures in their text change while an alert fires."""
        varying = self.detail if self.kind is EvidenceKind.ALERT_NOTE else None
        return *self.alert, self.kind, varying

    @property
    def head(self) -> str:
        """The event in one line."""
        state = self.kind.value.removeprefix("alert_")
        facts = [
            f"{label}: {value}"
            for label, value in (("service", self.service), ("severity", self.severity), ("by", self.by))
            if value
        ]
        head = f"{self.vendor} {state}: {self.what}"
        return f"{head} ({', '.join(facts)})" if facts else head

    def evidence(self, id: str, file: str, alert: str | None) -> Evidence:  # noqa: A002 - the name of the field
        """The event as evidence, read from `file`; `alert` is the id of the evidence that tells when it fired."""
        return Evidence(
            id=id,
            source=Source.ALERT,
            kind=self.kind,
            at=self.at,
            author=self.vendor,
            text="\n".join([self.head, *([self.detail] if self.detail else [])]),
            title=self.what,
            permalink=self.link and visible(self.link),
            service=self.service and visible(self.service),
            alert=alert,
            raw=Origin(file=file, zone=written_zone(self.at), assumed=assumed_of(self.at)),
        )


class NotTold(NamedTuple):
    """A part of a payload that gives no event, why, and how it begins."""

    reason: Skipped
    text: str = ""


Told: TypeAlias = AlertEvent | NotTold
"""What a payload gives, one by one."""
