"""Alert payloads from files: which vendor wrote them is told by their content."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, EvidenceKind, Skipped, Source, SourceCount
from pmdraft.ingest.alert import AlertEvent, NotTold, Told
from pmdraft.ingest.alert_mapping import AlertMapping, MappingError
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.documents import Document, read_documents
from pmdraft.ingest.notes import KeptText
from pmdraft.ingest.tally import Named, Tally
from pmdraft.ingest.vendors import envelopes, unknown, vendor_of
from pmdraft.ingest.vendors.times import Clock, NoTimeError
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice
from pmdraft.records import first_problem

_HINT = "expected what alerting tools send or export, see docs/alerts.md (one payload, a list, or one a line)"
# Envelopes in envelopes; nobody wraps deeper.
_DEEPEST = 8
# One vendor writes the same moment with and without fractions of a second.
_SAME_MOMENT = timedelta(seconds=1)
_NO_TOOL = Bilingual(
    "{source}: pmdraft の知らないツールのもの {count} 件（{places}）を文章として残した",
    "{source}: payloads of no tool that pmdraft knows: {count} ({places}); kept as text",
)


class AlertReading(NamedTuple):
    """What files of alerts gave."""

    evidence: tuple[Evidence, ...]
    """A1, A2, ... in the order of time."""
    sources: tuple[SourceCount, ...]
    texts: tuple[KeptText, ...]
    """Payloads of unknown tools in which there is no time."""


class _Found(NamedTuple):
    """An event, and where it was read."""

    event: AlertEvent
    tally: Tally
    place: str


def read_alerts(
    files: Sequence[Named], zone: ZoneInfo | None, window: Window, mapping: AlertMapping | None = None
) -> AlertReading:
    """Read files of alert payloads; what one alert went through is linked, whichever file tells it.

    Args:
        files: each JSON, a list of it, one after another, or YAML.
        zone: zone of times that do not name theirs.
        window: events outside it are counted and left out.
        mapping: how to read the payloads of tools that pmdraft does not know.

    Raises:
        InputError: a file cannot be read, or a time in it names no zone.
    """
    found: list[_Found] = []
    tallies: list[Tally] = []
    texts: list[KeptText] = []
    for file in files:
        reader = _FileReader(file, zone, mapping or AlertMapping())
        tallies.append(reader.tally)
        found += [item for item in reader.events() if item.event.at in window or _skip(item, Skipped.OUTSIDE_WINDOW)]
        texts += reader.texts
    kept = _each_once(found)
    for item in kept:
        item.tally.use()
    return AlertReading(tuple(_linked(kept)), tuple(tally.count() for tally in tallies), tuple(texts))


class _FileReader:
    """Reads the payloads of one file: by the user's mapping, by their vendor's module, or as text.

    Attributes:
        tally: what was skipped, and is kept as text; events are counted by whoever takes them.
        texts: payloads without a time.
    """

    def __init__(self, file: Named, zone: ZoneInfo | None, mapping: AlertMapping) -> None:
        self._file = file
        self._zone = zone
        self._mapping = mapping
        self.tally = Tally(file.name, Source.ALERT)
        self.texts: list[KeptText] = []
        self._unknown: list[str] = []

    def events(self) -> Iterator[_Found]:
        """What the file tells.

        Raises:
            InputError: it cannot be read, or a time in it names no zone.
        """
        documents = read_documents(self._file.path, _HINT)
        self.tally.notices += documents.notices
        for document in documents.items:
            for told in self._of_document(document):
                if isinstance(told, AlertEvent):
                    yield _Found(told, self.tally, document.place)
                else:
                    self.tally.skip(told.reason, document.place, text=told.text)
        if self._unknown:
            places = ", ".join(self._unknown[:5]) + ("…" if len(self._unknown) > 5 else "")
            self.tally.notices.append(
                notice(
                    NoticeKind.KEPT_AS_TEXT, _NO_TOOL, source=self._file.name, count=len(self._unknown), places=places
                )
            )

    def _of_document(self, document: Document) -> Iterator[Told]:
        place = f"{self._file.path}: {document.place}"
        if isinstance(document.value, Skipped):
            yield NotTold(document.value, document.text)
            return
        if not isinstance(document.value, dict):
            yield NotTold(Skipped.UNREADABLE, str(document.value)[:200])
            return
        try:
            yield from self._told(document.value, document.place, Clock(self._zone), 0)
        except ValidationError as error:
            yield NotTold(Skipped.UNREADABLE, first_problem(error))
        except NoZoneError as error:
            raise InputError(f"{place}: time {str(error)!r} has no zone; say which with --timezone") from error
        except MappingError as error:
            raise InputError(f"{place}: {error}; correct the mapping (docs/alerts.md)") from error
        except ValueError as error:
            yield NotTold(Skipped.UNREADABLE, str(error))

    def _told(self, body: dict[str, object], place: str, clock: Clock, depth: int) -> Iterator[Told]:
        reader = self._mapping.rule_for(body) or vendor_of(body)
        if reader is not None:
            yield from reader.events(body, clock)
            return
        wrapped = list(envelopes.contents(body, clock)) if depth < _DEEPEST else []
        for inner, its_clock in wrapped:
            yield from self._told(inner, place, its_clock, depth + 1)
        if not wrapped:
            yield from self._of_unknown_tool(body, place, clock)

    def _of_unknown_tool(self, body: dict[str, object], place: str, clock: Clock) -> Iterator[Told]:
        text = unknown.text_in(body)
        if not text:
            yield NotTold(Skipped.NO_TEXT)
            return
        self._unknown.append(place)
        try:
            yield from unknown.events(body, clock)
        except NoTimeError:
            self.texts.append(KeptText(self._file.name, text))
            self.tally.use()


def _skip(item: _Found, reason: Skipped) -> bool:
    item.tally.skip(reason, item.place, text=item.event.head)
    return False


def _each_once(found: Sequence[_Found]) -> list[_Found]:
    """Each event once, in the order of time: a resolved alert tells again when it fired, and calls are sent again."""
    last: dict[tuple[object, ...], datetime] = {}
    kept: list[_Found] = []
    for item in sorted(found, key=lambda item: item.event.at):
        before = last.get(item.event.happening)
        if before is not None and item.event.at - before < _SAME_MOMENT:
            _skip(item, Skipped.REPEATED)
        else:
            last[item.event.happening] = item.event.at
            kept.append(item)
    return kept


def _linked(kept: Sequence[_Found]) -> Iterator[Evidence]:
    """The events as evidence; what comes after an alert's firing points to it, and knows what it watches."""
    fired: dict[tuple[str | None, ...], tuple[str, AlertEvent]] = {}
    for number, item in enumerate(kept, 1):
        event, name, alert = item.event, f"A{number}", None
        if event.kind is EvidenceKind.ALERT_FIRED:
            fired[event.alert] = name, event
        elif event.alert in fired:
            alert, first = fired[event.alert]
            event = replace(event, service=event.service or first.service, link=event.link or first.link)
        yield event.evidence(name, item.tally.name, alert)
