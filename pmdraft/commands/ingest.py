"""`pmdraft ingest`: what is understood of an incident's files."""

from collections.abc import Sequence
from pathlib import Path

import typer

from pmdraft.language import Language
from pmdraft.running.input_options import InputOptions
from pmdraft.running.inputs import read_inputs
from pmdraft.running.overview import overview
from pmdraft.settings import language_of


def show_incident(files: Sequence[Path], options: InputOptions, language: Language | None, *, as_json: bool) -> None:
    """Read the files and print the incident.

    Raises:
        PmdraftError: a file cannot be read, or there is no evidence at all.
    """
    incident = read_inputs(None, files, options)
    if as_json:
        typer.echo(incident.model_dump_json(indent=2))
        return
    for line in overview(incident, language or language_of(incident), verbose=options.verbose):
        typer.echo(line)
