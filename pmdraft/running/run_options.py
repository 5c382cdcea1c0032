"""The options that every drafting command has, told once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pmdraft.language import Language
from pmdraft.levels import Level
from pmdraft.policy import Unsupported
from pmdraft.running.input_options import InputOptions


@dataclass(frozen=True, slots=True)
class RunOptions(InputOptions):
    """What a user said of a run; each field is an option, its help the text beside it."""

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
    stage_model: Annotated[
        list[str] | None,
        typer.Option(metavar="STAGE=MODEL", help="Another model for one stage: causes=MODEL. May be repeated."),
    ] = None
    verify: Annotated[
        bool,
        typer.Option("--verify/--no-verify", help="Have the model read each statement again with only what it cites."),
    ] = True
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible endpoint. Default: OPENAI_BASE_URL, else OpenAI's own.")
    ] = None
    record: Annotated[
        Path | None, typer.Option(help="Keep the model's responses here. A run that broke off goes on from them.")
    ] = None
    plan: Annotated[
        bool, typer.Option("--plan", help="Say what would be sent, to where, for how much; and send nothing.")
    ] = False
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Most US dollars for the model; the outline drafts the rest.")
    ] = None
    max_tokens: Annotated[
        int | None, typer.Option(min=0, help="Most tokens in and out together; the outline drafts the rest.")
    ] = None
    prices: Annotated[
        Path | None,
        typer.Option(envvar="PMDRAFT_PRICES", help="TOML file of prices of your own."),
    ] = None
    bundle: Annotated[
        Path | None, typer.Option(help="Keep the whole run in this zip file, for pmdraft replay and verify.")
    ] = None
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Take up answers of an earlier run, and keep those of this one.")
    ] = True
    replay: Annotated[Path | None, typer.Option(help="Draft again from kept responses, with no network.")] = None
    severity: Annotated[str | None, typer.Option(help="SEV-1 to SEV-4, if not the one in the evidence.")] = None
    author: Annotated[list[str] | None, typer.Option(help="Author to name in the draft. May be repeated.")] = None
    templates: Annotated[Path | None, typer.Option(help="Folder of your own templates.")] = None
    human_only: Annotated[
        list[str] | None,
        typer.Option(help="Section that people write: it gets questions and evidence, no text. May be repeated."),
    ] = None
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
    unsupported: Annotated[
        Unsupported,
        typer.Option(help="Statements that the checks flag: stay marked, move to the ledger, or what each rule says."),
    ] = Unsupported.RULE
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Show the model person_1 and so on for the people of the roster.")
    ] = False
    redact_addresses: Annotated[
        bool, typer.Option("--redact-addresses", help="Replace IP addresses too, as secrets always are.")
    ] = False
    force: Annotated[bool, typer.Option("--force", help="Replace output files that are there already.")] = False
