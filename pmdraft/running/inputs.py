"""From what a user named on the command line to the incident."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from pmdraft.errors import UsageError
from pmdraft.evidence import Incident, zone
from pmdraft.ingest import gather
from pmdraft.ingest.chat import ChatSource
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window, moment
from pmdraft.progress import shown_progress
from pmdraft.running.input_options import InputOptions

Options = TypeVar("Options", bound=InputOptions)


@dataclass(frozen=True, slots=True)
class NamedChannel:
    """The incident's Slack channel, as a user names it.

    Attributes:
        name: its name, its id, or a link into it.
        export: the export that it is in.
        api_url: address of the Web API, if not Slack's own.
        refresh: read everything again, whatever was kept.
    """

    name: str
    export: Path | None = None
    api_url: str | None = None
    refresh: bool = False


def slack_channel(
    named: NamedChannel, files: Sequence[Path], options: Options, tell: Callable[[str], None]
) -> tuple[ChatSource | None, Options]:
    """Where a channel is read: in the export, in an archive among the files, or in Slack itself.

    Args:
        named: the channel.
        files: what else the user named.
        options: what they said of it.
        tell: takes a line of progress.

    Returns:
        The source, and the options; where one of the files holds the channel, they ask for it.
    """
    if named.export is not None:
        if options.channel:
            raise UsageError("--channel goes with exports among FILES; name this one there instead of with --export")
        return SlackExport(named.export, named.name, options.workspace), options
    if any(chat_form(path, "") for path in files):
        return None, replace(options, channel=[named.name, *(options.channel or [])])
    from pmdraft.ingest.slack_live import SlackLive  # noqa: PLC0415 - the SDK takes 75 ms that a file does not need

    return SlackLive(named.name, api_url=named.api_url, refresh=named.refresh, tell=tell), options


def read_inputs(slack: ChatSource | None, files: Sequence[Path], options: InputOptions) -> Incident:
    """Gather the evidence.

    Args:
        slack: the incident's channel, if it is named apart from the files.
        files: what the incident left behind.
        options: what the user said of them.

    Raises:
        PmdraftError: a source cannot be read, or there is no evidence at all.
    """
    with shown_progress() as watch:
        return gather(
            slack,
            files=files,
            alerts=options.alerts or (),
            alert_mapping=options.alert_mapping,
            logs=options.logs or (),
            transcripts=options.transcript or (),
            channels=[name for given in options.channel or () for name in _split(given)],
            workspace=options.workspace,
            timezone=options.timezone,
            begins=_begins(options.date),
            window=window_of(options),
            watch=watch,
        )


def window_of(options: InputOptions) -> Window:
    """The stretch of time that the options name.

    Raises:
        UsageError: one of them is no time, or they are the wrong way round.
    """
    now = datetime.now(UTC)
    since, until = _instant(options.since, "--since", options, now), _instant(options.until, "--until", options, now)
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {options.since!r} is later than --until {options.until!r}; swap them")
    return Window(since, until)


def _instant(text: str | None, name: str, options: InputOptions, now: datetime) -> datetime | None:
    if text is None:
        return None
    try:
        stated = zone(options.timezone) if options.timezone else None
        return moment(text, stated, now, ends_day=name == "--until")
    except NoZoneError as error:
        raise UsageError(f"{name} {text!r} names no zone; add one (+09:00) or give --timezone") from error
    except ValueError as error:
        raise UsageError(
            f"{name} {text!r} is not a time; write it as 2025-10-27T14:00+09:00, 2025-10-27 or 3h"
        ) from error


def _split(names: str) -> list[str]:
    """`ops,dev` is two channels: no channel's name has a comma."""
    return [name.strip() for name in names.split(",") if name.strip()]


def _begins(given: datetime | None) -> date | datetime | None:
    """The day that the user named, or the moment if they named a time too."""
    return given.date() if given is not None and given.time() == time() and given.tzinfo is None else given
