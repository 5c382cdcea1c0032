"""`pmdraft verify`: whether a draft stands on what it cites, and on the channel as it is now."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pmdraft.bundle.told import told_report
from pmdraft.bundle.verify import Subject
from pmdraft.commands.exits import FINDINGS
from pmdraft.running.input_options import InputOptions
from pmdraft.running.inputs import read_inputs

if TYPE_CHECKING:
    from pmdraft.evidence import Incident
    from pmdraft.ingest.chat import ChatSource


def verify(
    path: Path, files: Sequence[Path], options: InputOptions, *, export: Path | None, live: bool, as_json: bool
) -> None:
    """Verify a bundle or a draft and print what was found.

    Raises:
        PmdraftError: it cannot be read, or the sources cannot be read again.
    """
    subject = Subject(path)
    report = subject.verify(_again(subject, files, options, export=export, live=live), files)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        for line in told_report(report):
            typer.echo(line)
    if not report.is_clean:
        raise typer.Exit(FINDINGS)


def _again(
    subject: Subject, files: Sequence[Path], options: InputOptions, *, export: Path | None, live: bool
) -> "Incident | None":
    """The sources as they are now, read as the run read them; None if none were named."""
    if not (files or export or live or options.alerts or options.logs or options.transcript):
        return None
    channels = dict.fromkeys(item.raw.channel for item in subject.evidence if item.raw.channel)
    reading = subject.bundle.manifest.reading if subject.bundle else None
    since, until = (reading.since, reading.until) if reading else (None, None)
    now = replace(
        options,
        timezone=options.timezone or subject.draft.run.timezone,
        channel=options.channel or list(channels),
        since=options.since or (since.isoformat() if since else None),
        until=options.until or (until.isoformat() if until else None),
    )
    return read_inputs(_chat(next(iter(channels), ""), export, now, live=live), files, now)


def _chat(channel: str, export: Path | None, options: InputOptions, *, live: bool) -> "ChatSource | None":
    if export is not None:
        from pmdraft.ingest.slack import SlackExport  # noqa: PLC0415 - not every verification reads Slack

        return SlackExport(export, channel, options.workspace)
    if not live:
        return None
    from pmdraft.ingest.slack_live import SlackLive  # noqa: PLC0415 - likewise

    return SlackLive(channel, refresh=True)
