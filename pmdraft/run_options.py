"""The options that every drafting command has, told once."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

from pmdraft.language import Language
from pmdraft.levels import Level


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a user said on the command line; each field is an option, its help the text beside it."""

    alerts: Annotated[
        list[Path] | None, typer.Option(help="File of alert payloads (Alertmanager, PagerDuty, ...). May be repeated.")
    ] = None
    alert_mapping: Annotated[
        Path | None,
        typer.Option(help="TOML file that says how to read the alerts of tools that pmdraft does not know."),
    ] = None
    logs: Annotated[list[Path] | None, typer.Option(help="Log, plain text or JSON lines. May be repeated.")] = None
    language: Annotated[
        Language | None, typer.Option("--language", "-l", help="Language of the draft. Default: the evidence's.")
    ] = None
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the Markdown here instead of to stdout.")] = (
        None
    )
    json: Annotated[Path | None, typer.Option(help="Write the draft as data here.")] = None
    html: Annotated[Path | None, typer.Option(help="Write an HTML page, with the evidence beside it, here.")] = None
    model: Annotated[
        str | None,
        typer.Option(envvar="PMDRAFT_MODEL", help="Model at the endpoint. Without one, rules draft an outline."),
    ] = None
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible endpoint. Default: OPENAI_BASE_URL, else OpenAI's own.")
    ] = None
    record: Annotated[
        Path | None, typer.Option(help="Keep the model's responses here. A run that broke off goes on from them.")
    ] = None
    replay: Annotated[Path | None, typer.Option(help="Draft again from kept responses, with no network.")] = None
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", "--tz", help="Zone of the draft and of times that name none: Asia/Tokyo."),
    ] = None
    since: Annotated[str | None, typer.Option(help="Take evidence from then on: ISO 8601, a date, or 3h, 2d ago.")] = (
        None
    )
    until: Annotated[str | None, typer.Option(help="Take evidence up to then; a date to its end.")] = None
    severity: Annotated[str | None, typer.Option(help="SEV-1 to SEV-4, if not the one in the evidence.")] = None
    author: Annotated[list[str] | None, typer.Option(help="Author to name in the draft. May be repeated.")] = None
    templates: Annotated[Path | None, typer.Option(help="Folder of your own templates.")] = None
    token_budget: Annotated[int, typer.Option(min=1000, help="Most tokens of evidence in one request.")] = 60_000
    timeout: Annotated[
        float, typer.Option(min=1, max=86400, help="Most seconds for one request, retries included.")
    ] = 600.0
    deadline: Annotated[
        float | None, typer.Option(min=1, help="Most seconds for all requests together; the outline fills the rest.")
    ] = None
    fail_on: Annotated[Level | None, typer.Option(help="Exit 3 at a finding of this level or a graver one.")] = None
    ignore: Annotated[
        list[str] | None, typer.Option(help="Check rule or family to leave out: grounding.number. May be repeated.")
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace output files that are there already.")] = False


def with_run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command whose last parameter is `options: RunOptions` an option for each of its fields."""
    own = list(inspect.signature(command).parameters.values())[:-1]
    hints = get_type_hints(RunOptions, include_extras=True)
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(RunOptions)
    ]

    @functools.wraps(command)
    def wrapper(**given: object) -> None:
        of_run = {field.name: given.pop(field.name) for field in fields(RunOptions)}
        command(**given, options=RunOptions(**of_run))  # type: ignore[arg-type]  # typer gave them their types

    parameters = [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *options]
    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
    own_hints = get_type_hints(command, include_extras=True)
    wrapper.__annotations__ = {name: own_hints[name] for name in (parameter.name for parameter in own)} | hints
    return wrapper
