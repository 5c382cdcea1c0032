"""What a reviewer should look at: one record for every check."""

from collections.abc import Iterable
from enum import StrEnum

from pmdraft.records import Record


class Level(StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, other: "Level") -> bool:
        """Whether this level is as grave as `other`, or graver."""
        order = list(Level)
        return order.index(self) <= order.index(other)


class Where(Record):
    """The place that a finding speaks of."""

    path: str
    """Field of the draft, such as `timeline[3].event`, or a file."""
    span: tuple[int, int] | None = None
    """Start and end in that text, in code points."""


class Finding(Record):
    """One thing to look at, with the reason and a way out."""

    rule: str
    """Id of the rule, such as `grounding.number`."""
    level: Level
    message: str
    """What is the matter, in one line."""
    why: str
    """Why that matters."""
    where: Where
    evidence: tuple[str, ...] = ()
    suggestion: str | None = None
    """What to do about it."""


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by level; within a level, in the order in which they were made."""
    order = list(Level)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.level)))
