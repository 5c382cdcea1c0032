"""`pmdraft check`: the linter for wording that blames people."""

from pathlib import Path
from typing import Annotated

import typer

from pmdraft.commands.check_options import CheckOptions, FailOn, Format, InputFormat
from pmdraft.commands.exits import errors_to_stderr
from pmdraft.language import Language

Files = Annotated[list[str] | None, typer.Argument(help="Markdown files or folders; - is standard input.")]
People = Annotated[
    list[str] | None, typer.Option("--people", help="The incident's people: names with commas, or a file of them.")
]


def check(  # noqa: PLR0913  a command's options are its arguments
    files: Files = None,
    *,
    people: People = None,
    output: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    input_format: Annotated[InputFormat, typer.Option(help="What the files hold.")] = InputFormat.MARKDOWN,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit 3 from this level on (warning).")] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A TOML file of your own rules.")] = None,
    disable: Annotated[list[str] | None, typer.Option(help="A rule or category to leave out.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Findings accepted before.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Accept today's findings in this file.")] = None,
    explain: Annotated[str | None, typer.Option(help="Tell what a rule looks for; `list` names all.")] = None,
    suggest: Annotated[bool, typer.Option("--suggest", help="Show the question to ask with each finding.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Take out verdicts where the fact stays; safe ones only.")] = False,
    language: Annotated[Language | None, typer.Option(help="Language of the reasons (the text's own).")] = None,
    model: Annotated[
        str | None, typer.Option(help="Have a model read each file again: it points, the rules decide. Sends the text.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible endpoint. Default: OPENAI_BASE_URL, else OpenAI's own.")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Keep the model's responses here.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Take the model's responses from here, with no network.")] = None,
) -> None:
    """Find wording that blames people, say why, and ask the question that leads on."""
    with errors_to_stderr():
        from pmdraft.commands.check_run import run_check  # noqa: PLC0415 - --help need not load the rules

        if not files and explain is None:
            raise typer.BadParameter("no file; give Markdown files, or - for standard input")
        status = run_check(
            CheckOptions(
                files=tuple(files or ()),
                people=tuple(people or ()),
                output=output,
                input_format=input_format,
                fail_on=fail_on,
                rules=tuple(rules or ()),
                disable=tuple(disable or ()),
                baseline=baseline,
                write_baseline=write_baseline,
                explain=explain,
                suggest=suggest,
                fix=fix,
                language=language,
                model=model,
                base_url=base_url,
                record=record,
                replay=replay,
            )
        )
        if status:
            raise typer.Exit(status)
