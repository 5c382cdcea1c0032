"""How every command ends: exit status and the one line of an error."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer

from pmdraft.errors import Interrupted, PmdraftError, UsageError
from pmdraft.shown import visible

ERROR, USAGE, FINDINGS, INTERRUPTED = 1, 2, 3, 130
"""Exit status: an error; options that make no sense; findings, or parts that a model could not give; Ctrl-C."""


def tell(line: str) -> None:
    """A line to stderr, with nothing in it that a terminal would act on; a closed stderr is no error."""
    with suppress(OSError):
        typer.echo(visible(line).replace("\n", " ")[:1000], err=True)


@contextmanager
def errors_to_stderr() -> Iterator[None]:
    """One `error:` line and a status instead of a traceback; a traceback means a bug."""
    try:
        yield
    except (Interrupted, KeyboardInterrupt) as stop:
        tell(str(stop) or "stopped")
        raise typer.Exit(INTERRUPTED) from stop
    except PmdraftError as error:
        tell(f"error: {error}")
        raise typer.Exit(USAGE if isinstance(error, UsageError) else ERROR) from error
    except BrokenPipeError:
        raise  # `| head` is no error, and typer knows it
    except OSError as error:
        tell(f"error: cannot write the output ({error.strerror or error}); free some space, or name a file with --out")
        raise typer.Exit(ERROR) from error
