"""`pmdraft take-back`: put what the checks moved to the ledger where it stood."""

from pathlib import Path
from typing import Annotated

import typer

from pmdraft.commands.exits import errors_to_stderr


def take_back(  # noqa: PLR0913, PLR0917 - each is an option of the command
    draft_file: Annotated[Path, typer.Argument(metavar="DRAFT", help="Draft as data, that a run wrote with --json.")],
    entry: Annotated[list[str], typer.Argument(metavar="ID…", help="Entries of its ledger: R1.")],
    json: Annotated[
        Path | None, typer.Option(help="Write the new draft as data here. Default: over DRAFT, with --force.")
    ] = (None),
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write its Markdown here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write its HTML page here.")] = None,
    templates: Annotated[Path | None, typer.Option(help="Folder of your own templates.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Take statements back from a draft's ledger, on your word, and render the draft anew."""
    with errors_to_stderr():
        from pmdraft.running.run import write_draft  # noqa: PLC0415 - --help need not load the pipeline
        from pmdraft.taking_back import read_draft, with_entry  # noqa: PLC0415 - likewise

        draft = read_draft(draft_file)
        for name in entry:
            draft = with_entry(draft, name)
        data = json or draft_file
        write_draft(draft, markdown=out, data=data, html=html, templates=templates, force=force)
        typer.echo(f"took back {', '.join(entry)}; {len(draft.ledger)} left in the ledger")
        for path in (data, out, html):
            if path is not None:
                typer.echo(f"wrote    {path}")
