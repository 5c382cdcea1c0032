"""How every command ends: exit status and the one line of an error."""

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pmdraft.errors import Interrupted, PmdraftError, UsageError
from pmdraft.shown import visible

ERROR, USAGE, FINDINGS, INTERRUPTED = 1, 2, 3, 130
"""Exit status: an error; options that make no sense; findings, or parts that a model could not give; Ctrl-C."""


def tell(line: str) -> None:
    """A line to stderr, with nothing in it that a terminal would act on; a closed stderr is no error."""
    with suppress(OSError, ValueError):
        sys.stderr.write(visible(line).replace("\n", " ")[:1000] + "\n")
        sys.stderr.flush()


class _Closed(io.TextIOBase):
    """Stands for a stdout that was closed: nobody must think that the result went there."""

    def write(self, text: str) -> int:
        """Fail as a write to a closed file does."""
        del text
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def stop_in_order() -> None:
    """Be stopped by SIGTERM as by Ctrl-C, so that nothing that was unpacked stays behind."""
    with suppress(ValueError, OSError):  # not in the main thread
        signal.signal(signal.SIGTERM, _stop)


def write_whatever_comes() -> None:
    """Never fail for a letter: a draft in Japanese on a terminal of Latin letters is unreadable, but no run lost."""
    if sys.stderr is None:  # `2>&-`
        sys.stderr = io.StringIO()  # nobody reads it
    if sys.stdout is None:
        sys.stdout = _Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def nobody_reads_on() -> int:
    """The exit status of a run whose output nobody reads to its end, as with `| head`."""
    # Python would tell of it once more when it closes the stream.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ERROR


@contextmanager
def errors_to_stderr() -> Iterator[None]:
    """One `error:` line and a status instead of a traceback; a traceback means a bug."""
    import typer  # noqa: PLC0415 - a plain check need not load it

    try:
        yield
    except BrokenPipeError:
        raise  # `| head` is no error, and typer knows it
    except (KeyboardInterrupt, PmdraftError, OSError) as error:
        raise typer.Exit(told(error)) from error


def told(error: KeyboardInterrupt | PmdraftError | OSError) -> int:
    """The exit status of an error, which is told in one line."""
    if isinstance(error, Interrupted | KeyboardInterrupt):
        tell(str(error) or "stopped")
        return INTERRUPTED
    if isinstance(error, PmdraftError):
        tell(f"error: {error}")
        return USAGE if isinstance(error, UsageError) else ERROR
    tell(f"error: cannot write the output ({error.strerror or error}); free some space, or name a file with --out")
    return ERROR
