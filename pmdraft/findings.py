"""What a reviewer should look at: one record for every check."""

from collections.abc import Iterable

from pmdraft.levels import Level
from pmdraft.records import Record

__all__ = ["Finding", "Level", "Where", "gravest_first"]


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
    nearest: str | None = None
    """Id of the evidence that comes nearest to what was said, where that was looked for."""


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by level; within a level, in the order in which they were made."""
    order = list(Level)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.level)))
