"""The readers, one after another, and what they gave as one incident."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pmdraft.errors import InputError, UsageError
from pmdraft.evidence import Evidence, EvidenceKind, Incident, Skipped, Source, SourceCount, zone
from pmdraft.ingest.alert_mapping import AlertMapping
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.channel_choice import chosen
from pmdraft.ingest.chat import ChatOptions, ChatSource
from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.inputs import Found
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.merge import Part, merged
from pmdraft.ingest.notes import KeptText, noted, read_text
from pmdraft.ingest.recognise import Form
from pmdraft.ingest.saved import read_saved
from pmdraft.ingest.source_clocks import clock_notices
from pmdraft.ingest.tally import Named, Tally
from pmdraft.ingest.window import Window
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice
from pmdraft.progress import Watch

# Trouble often shows in the logs well before anybody speaks of it.
_LOG_MARGIN = timedelta(hours=1)
_BINARY = Bilingual("文章ではない", "it holds no text")
_UNREAD = {Form.EMPTY: Skipped.EMPTY, Form.NOT_TEXT: Skipped.NOT_TEXT}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user said beside the files.

    Attributes:
        slack: the incident's Slack channel.
        timezone: IANA name of the zone to show times in, if they named one.
        zone: the same, as the zone of times that do not name theirs.
        window: the stretch of time to take.
        mapping: how to read alerts of tools that pmdraft does not know.
        chat: which channels to take, and what transcripts leave open.
        watch: told how far a log is read: its name, bytes read, its size.
    """

    slack: ChatSource | None
    timezone: str | None
    zone: ZoneInfo | None
    window: Window
    mapping: AlertMapping
    chat: ChatOptions
    watch: Watch | None = None


def gathered(found: Sequence[Found], asked: Asked) -> Incident:
    """Read each file as what it holds.

    Raises:
        InputError: one cannot be read, or there is no evidence at all.
        SlackError: Slack itself refused, or cannot be reached.
    """
    saved = [read_saved(item.file) for item in found if item.form is Form.INCIDENT]
    if saved and asked.window != Window():
        raise UsageError("--since and --until do not go with a saved incident; give them to `pmdraft ingest`")
    chats, zones = _chats(found, asked)
    alerts, payloads = _alerts(found, asked)
    parts = [chats, *(_of_saved(incident) for incident in saved), alerts]
    moments = [item.at for part in parts for item in part.evidence]
    parts.append(_logs(found, asked, asked.window.around(moments, _LOG_MARGIN), _incident(parts)))
    moments += [item.at for item in parts[-1].evidence]
    texts, counts = _texts(found, payloads)
    parts.append(Part(sources=[*counts, *_unread(found)]))
    if not moments:
        raise _nothing(parts)
    parts.append(Part(noted(texts, min(moments))))
    own_zone = next((incident.timezone for incident in saved), "UTC")
    incident = merged(parts, asked.timezone or _usual(zones) or own_zone)
    return incident.model_copy(update={"notices": tuple(clock_notices(incident))})


def _of_form(found: Sequence[Found], form: Form) -> list[Named]:
    return [item.file for item in found if item.form is form]


def _chats(found: Sequence[Found], asked: Asked) -> tuple[Part, Counter[str]]:
    sources = [asked.slack] if asked.slack else []
    sources += chosen([(item.file.path, item.chat) for item in found if item.chat is not None], asked.chat)
    read = read_chats(sources, asked.window)
    return Part(read.evidence, read.sources, read.people, read.channels, read.pinned), read.zones


def _alerts(found: Sequence[Found], asked: Asked) -> tuple[Part, tuple[KeptText, ...]]:
    read = read_alerts(_of_form(found, Form.ALERTS), asked.zone, asked.window, asked.mapping)
    return Part(read.evidence, read.sources), read.texts


def _of_saved(incident: Incident) -> Part:
    return Part(
        incident.evidence, incident.sources, incident.people, incident.channels, incident.pinned, incident.notices
    )


def _incident(parts: Sequence[Part]) -> Window | None:
    """From the first alert, or the first message where there is none, to the last of either."""
    evidence = [item for part in parts for item in part.evidence]
    fired = [item.at for item in evidence if item.kind is EvidenceKind.ALERT_FIRED]
    moments = [item.at for item in evidence]
    return Window(min(fired or moments), max(moments)) if moments else None


def _logs(found: Sequence[Found], asked: Asked, window: Window, incident: Window | None) -> Part:
    evidence: list[Evidence] = []
    counts: list[SourceCount] = []
    for file in _of_form(found, Form.LOG):
        progress = partial(asked.watch, file.name) if asked.watch else None
        lines, count = read_log(file.path, asked.zone, window, incident=incident, progress=progress)
        evidence += [_from(item, file.name) for item in lines]
        counts.append(count.model_copy(update={"name": file.name}))
    evidence.sort(key=lambda item: item.at)
    return Part([item.model_copy(update={"id": f"L{number}"}) for number, item in enumerate(evidence, 1)], counts)


def _from(item: Evidence, name: str) -> Evidence:
    """A piece of evidence under the name that the user knows its file by."""
    return item.model_copy(update={"author": name, "raw": item.raw.model_copy(update={"file": name})})


def _texts(found: Sequence[Found], payloads: Sequence[KeptText]) -> tuple[list[KeptText], list[SourceCount]]:
    read = [read_text(file) for file in _of_form(found, Form.TEXT)]
    return [*payloads, *(text for text, _ in read)], [count for _, count in read]


def _unread(found: Sequence[Found]) -> Iterator[SourceCount]:
    for item in found:
        if reason := _UNREAD.get(item.form):
            tally = Tally(item.file.name, Source.NOTE)
            tally.skip(reason, "")
            if reason is Skipped.NOT_TEXT:
                tally.notices.append(notice(NoticeKind.NOT_READ, source=item.file.name, why=_BINARY))
            yield tally.count()


def _nothing(parts: Sequence[Part]) -> InputError:
    """What to tell who named nothing that can be used."""
    counts = [count for part in parts for count in part.sources]
    if not counts:
        return InputError("there is no evidence to draft from; name a Slack export, a chat, alerts or logs")
    told = "; ".join(f"{count.name}: {_reasons(count)}" for count in counts[:3])
    items = [item for count in counts for item in count.left_out]
    first = f" (the first: {items[0].place}: {items[0].text!r})" if items and items[0].text else ""
    return InputError(f"there is no evidence to draft from: {told}{first}; name other files")


def _reasons(count: SourceCount) -> str:
    told = ", ".join(f"{number} {reason.value.replace('_', ' ')}" for reason, number in count.skipped.items())
    return told or ("text with no time that pmdraft can read" if count.used else "nothing in it")


def _usual(zones: Counter[str]) -> str | None:
    """The zone in which most messages were written, of those that there are."""
    for name, _ in zones.most_common():
        try:
            zone(name)
        except InputError:
            continue
        return name
    return None
