"""How the commands of the evals end: nobody who reads on is no error, as for pmdraft's own commands."""

import sys
from collections.abc import Callable

from pmdraft.commands.exits import nobody_reads_on


def ended(main: Callable[[], int | None]) -> int:
    """Run a command and give its exit status; of `| head` it ends without a word."""
    try:
        status = main() or 0
        sys.stdout.flush()
    except BrokenPipeError:
        return nobody_reads_on()
    return status
