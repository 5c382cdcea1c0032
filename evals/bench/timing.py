"""How long calls take."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

RUNS = 5
COMMAND = (sys.executable, "-c", "from pmdraft.cli import main; main()")


def row(name: str, call: Callable[[], object]) -> None:
    """Print the median time of a call, with the fastest and the slowest."""
    call()  # warm caches of files and imports
    taken = sorted(seconds(call) for _ in range(RUNS))
    print(f"{name:<48} {statistics.median(taken):6.2f}  ({taken[0]:.2f} to {taken[-1]:.2f})")


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def process(*arguments: str) -> Callable[[], object]:
    """A run of the command in a process of its own."""
    return lambda: subprocess.run([*COMMAND, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command
