"""`pmdraft replay`: draft again from a bundle."""

from pathlib import Path
from typing import Annotated

import typer

from pmdraft.commands.exits import FINDINGS, errors_to_stderr, tell


def replay(
    bundle: Annotated[Path, typer.Argument(help="File that a run wrote with --bundle.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the Markdown here instead of to stdout.")] = (
        None
    ),
    json: Annotated[Path | None, typer.Option(help="Write the draft as data here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write an HTML page, with the evidence beside it, here.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace output files that are there already.")] = False,
) -> None:
    """Draft again from a bundle, with no network and no key: the same bytes."""
    with errors_to_stderr():
        from pmdraft.bundle import Bundle  # noqa: PLC0415 - --help need not load the pipeline
        from pmdraft.render import render_markdown  # noqa: PLC0415 - likewise
        from pmdraft.running.run import write_draft  # noqa: PLC0415 - likewise

        held = Bundle(bundle)
        draft = held.replay()
        with held.templates() as templates:
            if out is None and json is None and html is None:
                typer.echo(render_markdown(draft, templates=templates), nl=False)
            write_draft(draft, markdown=out, data=json, html=html, templates=templates, force=force)
        if draft != held.draft:
            tell(f"warning: {bundle} holds another draft than its responses give; look at it with pmdraft verify")
            raise typer.Exit(FINDINGS)
