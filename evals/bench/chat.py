"""How long a long channel takes, beside `json.loads` of the same bytes."""

import json
import statistics
import time
from collections.abc import Callable

from evals.bench.asked import Asked
from evals.bench.made import CHANNEL, make_export
from evals.bench.timing import RUNS
from pmdraft import SlackExport, gather
from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.window import Window

_MESSAGES = 100_000


def measure(asked: Asked) -> None:
    """Print the figures."""
    export = make_export(asked.folder / "chat", _MESSAGES)
    days = [path.read_bytes() for path in sorted((export / CHANNEL).iterdir())]
    size = sum(map(len, days)) / 1e6
    print(f"{_MESSAGES:,} made-up messages, {size:.0f} MB; CPU seconds, median (fastest to slowest) of {RUNS} runs\n")
    source = SlackExport(export, CHANNEL)
    base = _row("json.loads", lambda: [json.loads(day) for day in days])
    for name, call in (
        ("read_chats", lambda: read_chats([source], Window())),
        ("gather", lambda: gather(source)),
    ):
        taken = _row(name, call)
        print(f"{'':<12} {taken / base:.1f} times json.loads")


def _row(name: str, call: Callable[[], object]) -> float:
    call()  # warm caches of files and imports
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        call()
        taken.append(time.process_time() - begun)
    median = statistics.median(taken)
    print(f"{name:<12} {median:6.2f}  ({min(taken):.2f} to {max(taken):.2f})", flush=True)
    return median
