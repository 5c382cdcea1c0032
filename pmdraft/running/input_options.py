"""The options that every command has which reads an incident's files, told once."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="What the incident left behind: files, folders, zips; what each holds is told by its content."),
]


@dataclass(frozen=True, slots=True)
class InputOptions:
    """What a user said of an incident's files; each field is an option, its help the text beside it."""

    alerts: Annotated[
        list[Path] | None, typer.Option(help="File to read as alert payloads, whatever it looks like. May be repeated.")
    ] = None
    alert_mapping: Annotated[
        Path | None,
        typer.Option(help="TOML file that says how to read the alerts of tools that pmdraft does not know."),
    ] = None
    logs: Annotated[
        list[Path] | None, typer.Option(help="File to read as a log, whatever it looks like. May be repeated.")
    ] = None
    transcript: Annotated[
        list[Path] | None, typer.Option(help="File to read as chat, whatever it looks like. May be repeated.")
    ] = None
    channel: Annotated[
        list[str] | None,
        typer.Option("--channel", help="Channel to take from an export: ops, or ops,dev. May be repeated."),
    ] = None
    workspace: Annotated[
        str | None, typer.Option(help="`acme` of acme.slack.com, for links to messages of an export.")
    ] = None
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", "--tz", help="Zone of the draft and of times that name none: Asia/Tokyo."),
    ] = None
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z"],
            help="Day on which a transcript of mere clock times begins; with a time, when the call began.",
        ),
    ] = None
    since: Annotated[str | None, typer.Option(help="Take evidence from then on: ISO 8601, a date, or 3h, 2d ago.")] = (
        None
    )
    until: Annotated[str | None, typer.Option(help="Take evidence up to then; a date to its end.")] = None
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List what was skipped, item by item, with its place.")
    ] = False


def with_options(kind: type[InputOptions]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command whose last parameter is `options`, of this kind, an option for each of its fields."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command).parameters.values())[:-1]
        hints = get_type_hints(kind, include_extras=True)
        options = [
            inspect.Parameter(
                field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
            )
            for field in fields(kind)
        ]

        @functools.wraps(command)
        def wrapper(**given: object) -> None:
            of_run = {field.name: given.pop(field.name) for field in fields(kind)}
            command(**given, options=kind(**of_run))  # type: ignore[arg-type]  # typer gave them their types

        parameters = [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *options]
        wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
        own_hints = get_type_hints(command, include_extras=True)
        wrapper.__annotations__ = {name: own_hints[name] for name in (parameter.name for parameter in own)} | hints
        return wrapper

    return decorate
