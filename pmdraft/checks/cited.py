"""What a statement stands against: the evidence that it cites, and what belongs to that evidence."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.held import Held, held
from pmdraft.checks.roster import roster
from pmdraft.checks.vocabulary import Vocabulary
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.likeness import terms_of
from pmdraft.statement import Statement

_JUST_BEFORE = 30
"""Pieces of evidence within which a name that was said is still what is talked of."""
_HYPHENED = re.compile(r"(?<![\w/.-])[A-Za-z]+(?:-[A-Za-z]+)+(?![\w/-])", re.ASCII)


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
        counted = [f"{item.count} 件, {item.count} 回"] if item.count > 1 else []
        trend = [item.trend.to(language) for language in Language] if item.trend else []
        named = [name for name in (item.author, item.title, item.service) if name]
        return "\n".join([item.text, *named, *counted, *trend])

    @cached_property
    def normal(self) -> str:
        """Its text with full-width forms made half-width."""
        return unicodedata.normalize("NFKC", self.text)

    @cached_property
    def plain(self) -> str:
        """The same, with its channels, as names are looked up in it: without case, spaces, hyphens and underscores."""
        channels = " ".join(channel.name for channel in self._incident.channels)
        whole = unicodedata.normalize("NFKC", f"{self.text}\n{channels}").casefold()
        return re.sub(r"[\s_-]", "", whole)

    @cached_property
    def scrambled(self) -> frozenset[tuple[str, str]]:
        """Each Latin word of its text by its first letter and all of them in order: letters get swapped in typing."""
        words = re.findall(r"[a-z]{5,20}", self.item.text.casefold())
        return frozenset((word[0], "".join(sorted(word))) for word in words)

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
        channels = "\n".join(channel.name for channel in self._incident.channels)
        return held(self.text, self.moments, self._incident.zone, channels)


class Library:
    """The readings of one incident's evidence.

    Attributes:
        incident: the redacted incident.
        people: its roster.
        vocabulary: the words of its evidence.
    """

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.people = roster(incident.people)
        self.vocabulary = Vocabulary(incident)
        self._items = incident.by_id()
        self._read: dict[str, Reading] = {}

    @cached_property
    def hyphened(self) -> dict[str, list[str]]:
        """Every name with hyphens in the evidence, and its parts."""
        texts = (f"{item.text} {item.author or ''} {item.service or ''}" for item in self.incident.evidence)
        names = {match[0].casefold() for text in texts for match in _HYPHENED.finditer(text)}
        return {name: name.split("-") for name in names}

    @property
    def size(self) -> int:
        """How many pieces of evidence there are."""
        return len(self._items)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {item.id: number for number, item in enumerate(self.incident.evidence)}

    def before(self, reading: Reading) -> Iterator[Reading]:
        """What was said in the same channel just before, the latest first."""
        stop = self._order[reading.item.id]
        for item in reversed(self.incident.evidence[max(0, stop - _JUST_BEFORE) : stop]):
            if item.source is reading.item.source and item.channel == reading.item.channel:
                yield self[item.id]

    @cached_property
    def named(self) -> frozenset[str]:
        """The content words that are names of its people."""
        people = (known.person for known in self.people)
        return frozenset(term for who in people for name in (who.handle, *who.names) for term in terms_of(name))

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __getitem__(self, name: str) -> Reading:
        if name not in self._read:
            self._read[name] = Reading(self._items[name], self.incident)
        return self._read[name]

    def __iter__(self) -> Iterator[Reading]:
        return (self[name] for name in self._items)


class RuledOut(NamedTuple):
    """An explanation that people dropped."""

    text: str
    evidence: tuple[str, ...]
    by: tuple[str, ...]
    """Ids of what spoke against it."""


class Whole(NamedTuple):
    """What a statement is a part of: a row of the timeline, or an action with its owner, date and issue."""

    evidence: tuple[str, ...]
    """Of a row, what gives its time; of an action, all that it cites."""
    clock: str | None = None
    """The time of a row, as HH:MM."""
    issues: frozenset[str] = frozenset()
    """Of an action, the issues of the other ones."""


@dataclass(frozen=True)
class Cited:
    """A statement with what it cites."""

    path: str
    statement: Statement
    own: tuple[Reading, ...]
    """The evidence that it names, as far as there is such."""
    computed: frozenset[float]
    """The lengths of time that the draft computes itself, in seconds."""
    library: Library
    beside: str = ""
    """What the draft says with it: the action of the same row, the facts of the same lesson."""

    ruled_out: tuple[RuledOut, ...] = ()
    """The explanations that the draft tells as ruled out."""

    whole: Whole | None = None
    """What it is a part of, where that cites evidence by itself."""

    @cached_property
    def around(self) -> tuple[Reading, ...]:
        """What it cites, and the messages and alerts that this answers."""
        names = [name for reading in self.own for name in (reading.item.thread, reading.item.alert) if name]
        further = (name for name in dict.fromkeys(names) if name in self.library)
        return (*self.own, *(self.library[name] for name in further))

    @cached_property
    def before(self) -> tuple[Reading, ...]:
        """What was said just before what it cites."""
        return tuple(reading for own in self.own for reading in self.library.before(own))

    @cached_property
    def threads(self) -> tuple[Reading, ...]:
        """All that was said in the threads of what it cites before it: people name a thing once."""
        last = {reading.item.thread: reading.item.at for reading in self.own if reading.item.thread}
        if not last:
            return ()
        return tuple(r for r in self.library if r.item.thread in last and r.item.at <= last[r.item.thread])


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


def nowhere(_: Reading) -> bool:
    """What a fault holds that no other evidence could bear out."""
    return False
