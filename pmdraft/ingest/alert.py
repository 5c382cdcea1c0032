"""One thing that an alerting tool said, in the same shape for every vendor."""

from dataclasses import dataclass
from datetime import datetime

from pmdraft.evidence import Evidence, EvidenceKind, Origin, Source
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
        key: what its vendor tells alerts of one name apart by, if more than the service.
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
    def identity(self) -> tuple[object, ...]:
        """What makes two events the same; figures in their text go on changing while an alert fires."""
        varying = self.detail if self.kind is EvidenceKind.ALERT_NOTE else None
        return self.vendor, self.kind, self.at, self.what, self.service, self.key, varying

    def evidence(self, number: int, file: str) -> Evidence:
        """The event as the `number`-th alert evidence, read from `file`."""
        state = self.kind.value.removeprefix("alert_")
        facts = [
            f"{label}: {value}"
            for label, value in (("service", self.service), ("severity", self.severity), ("by", self.by))
            if value
        ]
        head = f"{self.vendor} {state}: {self.what}"
        lines = [f"{head} ({', '.join(facts)})" if facts else head, *([self.detail] if self.detail else [])]
        return Evidence(
            id=f"A{number}",
            source=Source.ALERT,
            kind=self.kind,
            at=self.at,
            author=self.vendor,
            text="\n".join(lines),
            permalink=self.link and visible(self.link),
            service=self.service and visible(self.service),
            raw=Origin(file=file),
        )
