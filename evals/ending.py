"""How the commands of the evals end: nobody who reads on is no error, as for pmdraft's own commands."""

import os
import sys
from collections.abc import Callable

ERROR = 1
"""Exit status of a run that nobody read to its end."""


def ended(main: Callable[[], int | None]) -> int:
    """Run a command and give its exit status; of `| head` it ends without a word."""
    try:
        status = main() or 0
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would tell of it once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    return status
