"""Everything that an incident left behind, gathered into one `Incident`."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from pmdraft.errors import InputError, UsageError
from pmdraft.evidence import Evidence, Incident, SourceCount, in_order, zone
from pmdraft.ingest.alert_mapping import read_mapping
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.chat import ChatReading, ChatSource, read_chats
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

# Trouble often shows in the logs well before anybody speaks of it.
_LOG_MARGIN = timedelta(hours=1)


def gather(
    slack: ChatSource | None = None,
    *,
    alerts: Sequence[str | Path] = (),
    alert_mapping: str | Path | None = None,
    logs: Sequence[str | Path] = (),
    timezone: str | None = None,
    window: Window | None = None,
) -> Incident:
    """Read an incident's sources into evidence, in the order of time.

    Args:
        slack: the incident's Slack channel: a `SlackExport`, or `SlackLive` for Slack itself.
        alerts: files of alert payloads, of the vendors in docs/alerts.md.
        alert_mapping: TOML file that says how to read the payloads of other tools.
        logs: log files, plain text or JSON lines.
        timezone: IANA name of the zone that times are shown in, and of times that do not
            name theirs. Default: where most of the channel's people are, else UTC.
        window: the stretch of time to take; logs are always kept to the time around the
            rest of the evidence.

    Raises:
        InputError: a source cannot be read, or there is no evidence at all.
        SlackError: Slack itself refused, or cannot be reached.
    """
    for name, paths in (("alerts", alerts), ("logs", logs)):
        if isinstance(paths, str | Path):
            raise UsageError(f"{name} takes a list of files; write {name}=[{str(paths)!r}]")
    window = window or Window()
    stated = zone(timezone) if timezone else None
    reading = read_chats([slack] if slack else [], window)
    evidence: list[Evidence] = list(reading.evidence)
    counts: list[SourceCount] = list(reading.sources)
    mapping = read_mapping(Path(alert_mapping)) if alert_mapping is not None else None
    found_alerts: list[Evidence] = []
    for path in alerts:
        found, count = read_alerts(Path(path), stated, window, len(found_alerts) + 1, mapping)
        found_alerts += found
        counts.append(count)
    evidence += _numbered(found_alerts, "A")
    around = window.around([item.at for item in evidence], _LOG_MARGIN)
    found_lines: list[Evidence] = []
    for path in logs:
        found, count = read_log(Path(path), stated, around)
        found_lines += found
        counts.append(count)
    evidence += _numbered(found_lines, "L")
    if not evidence:
        raise InputError("there is no evidence to draft from; name a Slack export, alerts or logs")
    return Incident(
        evidence=in_order(evidence),
        people=reading.people,
        timezone=timezone or _usual_zone(reading),
        channel=next(iter(reading.channels), None),
        other_channels=reading.channels[1:],
        pinned=reading.pinned,
        sources=tuple(counts),
    )


def _numbered(evidence: list[Evidence], letter: str) -> list[Evidence]:
    """The evidence of one kind from all files, numbered in the order of time."""
    ordered = sorted(evidence, key=lambda item: item.at)
    return [item.model_copy(update={"id": f"{letter}{number}"}) for number, item in enumerate(ordered, 1)]


def _usual_zone(reading: ChatReading) -> str:
    for name, _ in reading.zones.most_common():
        try:
            zone(name)
        except InputError:
            continue
        return name
    return "UTC"
