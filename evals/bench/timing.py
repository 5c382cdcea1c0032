"""How long calls take, and how much memory a process does."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5
COMMAND = (sys.executable, "-c", "from pmdraft.entry import main; main()")
_STATUS = Path("/proc/self/status")


def row(name: str, call: Callable[[], object], *, runs: int = RUNS) -> float:
    """Print the median time of a call, with the fastest and the slowest; give the median, in seconds."""
    call()  # warm caches of files and imports
    taken = sorted(seconds(call) for _ in range(runs))
    median = statistics.median(taken)
    print(f"{name:<52} {median:7.3f}  ({taken[0]:.3f} to {taken[-1]:.3f})", flush=True)
    return median


def rate(name: str, call: Callable[[], object], count: int, unit: str, size: int) -> None:
    """Print how many of something a call takes in a second, and how many megabytes."""
    call()
    median = statistics.median(seconds(call) for _ in range(RUNS))
    print(f"{name:<40} {count:>8,} {unit:<11} {count / median:>10,.0f} /s {size / median / 1e6:>8.1f} MB/s", flush=True)


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def process(*arguments: str) -> Callable[[], object]:
    """A run of the command in a process of its own."""
    return lambda: subprocess.run([*COMMAND, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command


def peak(code: str, *arguments: str) -> int:
    """The most memory, in kB, that a process takes which runs this code with these arguments."""
    told = "from evals.bench.timing import peak_so_far; print(peak_so_far())"
    run = [sys.executable, "-c", f"import sys; {code}; {told}", *arguments]
    done = subprocess.run(run, check=True, capture_output=True, text=True)  # noqa: S603 - our own code
    return int(done.stdout.split()[-1])


def peak_so_far() -> int:
    """The most memory that this process took, in kB."""
    # What getrusage gives on Linux begins with what the process had that started this one.
    for line in _STATUS.read_text(encoding="ascii").splitlines() if _STATUS.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    import resource  # noqa: PLC0415 - not on every system

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most
