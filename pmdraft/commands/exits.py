"""How every command ends: exit status and the one line of an error."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pmdraft.errors import PmdraftError, UsageError

ERROR, USAGE, FINDINGS = 1, 2, 3
"""Exit status: an error; options that make no sense; findings, or parts that a model could not give."""


@contextmanager
def errors_to_stderr() -> Iterator[None]:
    """One `error:` line and a status instead of a traceback; a traceback means a bug."""
    try:
        yield
    except PmdraftError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(USAGE if isinstance(error, UsageError) else ERROR) from error
