"""Where the command starts: a plain check is run at once, anything else by typer, which takes longer to load."""

import sys

from pmdraft.commands.check_options import CheckOptions, plain_options
from pmdraft.commands.exits import nobody_reads_on, told, write_whatever_comes
from pmdraft.errors import PmdraftError


def main() -> None:
    """Run the command."""
    options = plain_options(sys.argv[1:])
    if options is not None:
        write_whatever_comes()
        sys.exit(_checked(options))
    from pmdraft import cli  # noqa: PLC0415 - what a plain check need not load

    cli.main()


def _checked(options: CheckOptions) -> int:
    from pmdraft.commands.check_run import run_check  # noqa: PLC0415 - other commands need not load the rules

    try:
        return run_check(options)
    except BrokenPipeError:
        return nobody_reads_on()
    except (KeyboardInterrupt, PmdraftError, OSError) as error:
        return told(error)
