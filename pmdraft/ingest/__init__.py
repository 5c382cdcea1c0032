"""Everything that an incident left behind, gathered into one `Incident`."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from pmdraft.errors import UsageError
from pmdraft.evidence import Incident, zone
from pmdraft.ingest.alert_mapping import AlertMapping, read_mapping
from pmdraft.ingest.chat import ChatOptions, ChatSource
from pmdraft.ingest.garbage import collector_at_rest
from pmdraft.ingest.gathering import Asked, gathered
from pmdraft.ingest.inputs import opened, told_apart
from pmdraft.ingest.recognise import Form
from pmdraft.ingest.window import Window
from pmdraft.progress import Watch


def gather(  # noqa: PLR0913 - what a user may say of an incident's files, each by its name
    slack: ChatSource | None = None,
    *,
    files: Sequence[str | Path] = (),
    alerts: Sequence[str | Path] = (),
    alert_mapping: str | Path | None = None,
    logs: Sequence[str | Path] = (),
    transcripts: Sequence[str | Path] = (),
    channels: Sequence[str] = (),
    workspace: str | None = None,
    timezone: str | None = None,
    begins: date | datetime | None = None,
    window: Window | None = None,
    watch: Watch | None = None,
) -> Incident:
    """Read an incident's sources into evidence, in the order of time.

    Args:
        slack: the incident's Slack channel: a `SlackExport`, or `SlackLive` for Slack itself.
        files: whatever else the incident left behind: files, folders, zips; what each holds is told by its content.
        alerts: files to read as alert payloads, of the vendors in docs/alerts.md, whatever they look like.
        alert_mapping: TOML file that says how to read the payloads of other tools.
        logs: files to read as logs, whatever they look like.
        transcripts: files to read as chat, whatever they look like.
        channels: names or ids of the channels to take from exports among `files`, the main one first.
        workspace: `acme` of acme.slack.com, for links to messages of exports among `files`.
        timezone: IANA name of the zone that times are shown in, and of times that do not
            name theirs. Default: where most of the channel's people are, else UTC.
        begins: the day on which transcripts of mere clock times begin; with a time, when a call began
            that a transcript's times count from.
        window: the stretch of time to take; logs are always kept to the time around the
            rest of the evidence.
        watch: told how far a log is read, for those who wait: its name, bytes read, its size (0 if not known).

    Raises:
        InputError: a source cannot be read, or there is no evidence at all.
        SlackError: Slack itself refused, or cannot be reached.
    """
    named = {"files": files, "alerts": alerts, "logs": logs, "transcripts": transcripts, "channels": channels}
    for name, paths in named.items():
        if isinstance(paths, str | Path):
            raise UsageError(f"{name} takes a list; write {name}=[{str(paths)!r}]")
    stated = zone(timezone) if timezone else None
    mapping = read_mapping(Path(alert_mapping)) if alert_mapping is not None else AlertMapping()
    options = ChatOptions(channels=tuple(channels), workspace=workspace, begins=begins, zone=stated)
    asked = Asked(slack, timezone, stated, window or Window(), mapping, options, watch)
    forced = {
        form: [Path(path) for path in paths]
        for form, paths in ((Form.ALERTS, alerts), (Form.LOG, logs), (Form.CHAT, transcripts))
    }
    with collector_at_rest(), opened([Path(path) for path in files], forced, mapping) as found, collector_at_rest():
        return gathered(told_apart(found), asked)
