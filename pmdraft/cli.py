"""The command `pmdraft`: parse, call one function, print."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pmdraft.commands.check import check
from pmdraft.commands.exits import errors_to_stderr, stop_in_order, tell, told, write_whatever_comes
from pmdraft.commands.replay import replay
from pmdraft.commands.take_back import take_back
from pmdraft.language import Language
from pmdraft.running.input_options import Files, InputOptions, with_options
from pmdraft.running.run_options import RunOptions
from pmdraft.version import VERSION

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold what people wrote in the channel
    help="Draft an incident's postmortem from its Slack channel, alerts and logs, with evidence for every sentence.",
)
slack = typer.Typer(no_args_is_help=True, help="Set up reading from Slack.")
app.add_typer(slack, name="slack")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def pmdraft(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Draft an incident's postmortem from its Slack channel, alerts and logs, with evidence for every sentence."""


@app.command("from-slack")
@with_options(RunOptions)
def from_slack(
    channel_name: Annotated[
        str, typer.Argument(metavar="CHANNEL", help="The incident's channel: its name, its id, or a link into it.")
    ],
    files: Files = None,
    export: Annotated[
        Path | None, typer.Option(help="Slack export, zip or folder. Default: Slack itself, with SLACK_BOT_TOKEN.")
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Read all of Slack again, whatever was kept.")] = False,
    slack_api_url: Annotated[
        str | None, typer.Option(envvar="SLACK_API_URL", help="Web API of another Slack, such as GovSlack.")
    ] = None,
    *,
    options: RunOptions,
) -> None:
    """Draft a postmortem from a Slack incident channel."""
    with errors_to_stderr():
        from pmdraft.commands.drafting import draft_and_show  # noqa: PLC0415 - likewise
        from pmdraft.running.inputs import NamedChannel, slack_channel  # noqa: PLC0415 - --help need not load the pipeline

        named = NamedChannel(channel_name, export, slack_api_url, refresh=refresh)
        source, options = slack_channel(named, files or (), options, tell)
        draft_and_show(source, files or (), options)


@app.command("draft")
@with_options(RunOptions)
def draft(files: Files = None, *, options: RunOptions) -> None:
    """Draft a postmortem from the incident's files: chats, alerts, logs, whatever there is."""
    with errors_to_stderr():
        from pmdraft.commands.drafting import draft_and_show  # noqa: PLC0415 - --help need not load the pipeline

        draft_and_show(None, files or (), options)


@app.command("ingest")
@with_options(InputOptions)
def ingest(
    files: Files = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of it as data, which other commands read.")
    ] = False,
    language: Annotated[
        Language | None, typer.Option("--language", "-l", help="Language of what is printed. Default: the evidence's.")
    ] = None,
    *,
    options: InputOptions,
) -> None:
    """Show what is understood of an incident's files: sources, people, time, and what is odd about them."""
    with errors_to_stderr():
        from pmdraft.commands.ingest import show_incident  # noqa: PLC0415 - --help need not load the readers

        show_incident(files or (), options, language, as_json=as_json)


@app.command("demo")
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the three files.")] = Path("pmdraft-demo"),
    language: Annotated[Language, typer.Option("--language", "-l", help="Language of the draft.")] = Language.JA,
    force: Annotated[bool, typer.Option("--force", help="Replace the files of an earlier demo.")] = False,
) -> None:
    """Draft the bundled incident, offline, from recorded model responses."""
    with errors_to_stderr():
        from pmdraft.demo import write_demo  # noqa: PLC0415 - --help need not load the pipeline
        from pmdraft.running.summary import told as told_draft  # noqa: PLC0415 - likewise

        made, files = write_demo(out, language, force=force)
        for line in told_draft(made):
            typer.echo(line)
        for file in files:
            typer.echo(f"wrote    {file}")


class Format(StrEnum):
    """A format of pmdraft's own."""

    DRAFT = "draft"
    INCIDENT = "incident"


@app.command("schema")
def schema(
    of: Annotated[Format, typer.Argument(help="What `--json` writes: of a draft, or of ingest.")] = Format.DRAFT,
) -> None:
    """Print the JSON Schema of the draft as data, or of the incident."""
    from pmdraft.draft import Draft  # noqa: PLC0415 - --help need not load the pipeline
    from pmdraft.evidence import Incident  # noqa: PLC0415 - likewise

    kind = Draft if of is Format.DRAFT else Incident
    typer.echo(json.dumps(kind.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


app.command("check")(check)
app.command("replay")(replay)
app.command("take-back")(take_back)


@app.command("verify")
@with_options(InputOptions)
def verify(
    draft_file: Annotated[Path, typer.Argument(metavar="FILE", help="Bundle, or draft as data, that a run wrote.")],
    files: Files = None,
    export: Annotated[Path | None, typer.Option(help="Slack export of now, to see what changed since.")] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Read the channel from Slack itself again, with SLACK_BOT_TOKEN.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as data.")] = False,
    *,
    options: InputOptions,
) -> None:
    """Check a draft's hashes and citations offline and, with the sources of now, what changed since."""
    with errors_to_stderr():
        from pmdraft.commands.verify import verify as check_draft  # noqa: PLC0415 - --help need not load the pipeline

        check_draft(draft_file, files or (), options, export=export, live=live, as_json=as_json)


@app.command("language-server")
def language_server() -> None:
    """Underline wording that blames people while one writes: for editors, on standard input and output."""
    with errors_to_stderr():
        from pmdraft.language_server import serve  # noqa: PLC0415 - needs an extra that few have

        serve()


@slack.command("manifest")
def slack_manifest(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of YAML.")] = False,
) -> None:
    """Print the manifest of an app of your own workspace, with just the scopes that pmdraft uses."""
    from pmdraft.ingest.slack_manifest import manifest_json, manifest_yaml  # noqa: PLC0415 - seldom used

    typer.echo(manifest_json() if as_json else manifest_yaml(), nl=False)


def main() -> None:
    """Run the command."""
    write_whatever_comes()
    stop_in_order()
    try:
        app()
    except OSError as error:  # the help itself cannot be written
        sys.exit(told(error))
