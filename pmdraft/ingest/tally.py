"""What became of everything that was read from one source; the counts add up."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pmdraft.evidence import LeftOut, Skipped, Source, SourceCount
from pmdraft.notices import Notice
from pmdraft.shown import one_line

_MOST_LISTED = 1_000
"""More skipped items than anybody reads one by one; beyond them they are only counted."""


class Named(NamedTuple):
    """A file, and the name that evidence and counts give it."""

    path: Path
    name: str

    @classmethod
    def of(cls, path: Path, name: str) -> "Named":
        """A file under a name that may hold anything."""
        return cls(path, one_line(name, 200) or "?")


class Tally:
    """Counts what is used and skipped of one source.

    Args:
        name: what people call the source.
        source: what its evidence goes by.

    Attributes:
        notices: what a reader should know about it.
    """

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self._source = source
        self._used = 0
        self._skipped: Counter[Skipped] = Counter()
        self._left_out: list[LeftOut] = []
        self.notices: list[Notice] = []

    def use(self, count: int = 1) -> None:
        """So many more are in the evidence."""
        self._used += count

    def skip(self, reason: Skipped, place: str, *, count: int = 1, text: str = "") -> None:
        """So many more are not.

        Args:
            reason: why.
            place: where in the source they stand.
            count: how many this is.
            text: how the first begins.
        """
        self._skipped[reason] += count
        if len(self._left_out) < _MOST_LISTED:
            self._left_out.append(LeftOut(reason=reason, place=f"{self.name}: {place}", count=count, text=text[:120]))

    def count(self) -> SourceCount:
        """What was counted so far."""
        return SourceCount(
            name=self.name,
            source=self._source,
            read=self._used + self._skipped.total(),
            used=self._used,
            skipped={reason: self._skipped[reason] for reason in Skipped if self._skipped[reason]},
            left_out=tuple(self._left_out),
            notices=tuple(self.notices),
        )
