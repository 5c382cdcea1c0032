"""What a statement stands against: the evidence that it cites, and what belongs to that evidence."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.figures import Held, held
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.statement import Statement


class Reading:
    """What one piece of evidence says, read when first asked for: most of a long channel never is.

    Attributes:
        item: the evidence.
    """

    def __init__(self, item: Evidence, incident: Incident) -> None:
        self.item = item
        self._incident = incident

    @cached_property
    def text(self) -> str:
        """Everything that it shows a reader: its author and the names that its source gives it too."""
        item = self.item
        counted = [str(item.count)] if item.count > 1 else []
        trend = [item.trend.to(language) for language in Language] if item.trend else []
        named = [name for name in (item.author, item.title, item.service, item.channel) if name]
        channels = [channel.name for channel in self._incident.channels]
        return "\n".join([item.text, *named, *counted, *trend, *channels])

    @cached_property
    def moments(self) -> list[datetime]:
        """When it was written and, for log lines of one form, until when."""
        return [self.item.at, *([self.item.until] if self.item.until else [])]

    @property
    def zone(self) -> ZoneInfo:
        """The zone that drafts of this incident show times in."""
        return self._incident.zone

    @property
    def first_day(self) -> date:
        """The day on which the incident's evidence begins, in that zone."""
        return self._incident.evidence[0].at.astimezone(self.zone).date()

    @cached_property
    def held(self) -> Held:
        """Its figures."""
        return held(self.text, self.moments, self._incident.zone)


class Library:
    """The readings of one incident's evidence.

    Attributes:
        incident: the redacted incident.
    """

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self._items = incident.by_id()
        self._read: dict[str, Reading] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __getitem__(self, name: str) -> Reading:
        if name not in self._read:
            self._read[name] = Reading(self._items[name], self.incident)
        return self._read[name]

    def __iter__(self) -> Iterator[Reading]:
        return (self[name] for name in self._items)


class Cited(NamedTuple):
    """A statement with what it cites."""

    path: str
    statement: Statement
    own: tuple[Reading, ...]
    """The evidence that it names, as far as there is such."""
    computed: frozenset[int]
    """The lengths of time that the draft computes itself, in seconds."""
    library: Library


class Fault(NamedTuple):
    """Something in a statement that what it cites does not bear out."""

    rule: str
    """The rule's name without its family."""
    span: tuple[int, int]
    """Where it stands in the statement, in code points."""
    holds: Callable[[Reading], bool]
    """Whether other evidence bears it out."""
    more: Mapping[str, object] = {}
    """What the rule's texts tell besides the words and the ids."""


Finder = Callable[[Cited], Iterator[Fault]]
