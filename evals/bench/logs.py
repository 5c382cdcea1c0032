"""Lines of logs a second beside drain3, and memory for a gigabyte.

drain3 pins packages of 2021, so it is no dependency; where it can be imported it is measured too:

    pip install --target /tmp/drain3 --no-deps drain3 jsonpickle cachetools
    PYTHONPATH=/tmp/drain3 python -m evals.bench logs
"""

import importlib
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from evals.bench.timing import RUNS, seconds
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

_APP_LOG = Path(__file__).parents[2] / "pmdraft" / "demo" / "incident" / "app.log"
_LINES = 100_000
_BIG = 1_000_000_000
_ZONE = ZoneInfo("Asia/Tokyo")
_MEASURED = "from evals.bench.logs import peak_of; import sys; print(peak_of(sys.argv[1]))"


def measure(folder: Path, own: Path | None, *, big: bool) -> None:
    """Print the figures.

    Args:
        folder: to write logs to.
        own: a log to measure besides.
        big: measure the memory for a gigabyte too; it takes minutes.
    """
    print(f"logs: lines a second, by the median of {RUNS} runs in turns, all steps from the file on\n")
    if find_spec("drain3") is None:
        print("drain3 is not installed; how to measure it too stands in evals/bench/logs.py\n")
    files = [_written(folder / "datanode.log", _datanode(_LINES)), _written(folder / "app.log", _app(_LINES))]
    for path in files + ([own] if own else []):
        _compare(path)
    if big:
        path = _written(folder / "big.log", _app(None), size=_BIG)
        run = [sys.executable, "-c", _MEASURED, str(path)]
        peak = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own
        print(f"{path.name:<16} peak memory {peak:,} kB for {path.stat().st_size:,} bytes")


def peak_of(path: str) -> int:
    """Read a log and give the most memory that this process had, in kB."""
    read_log(Path(path), _ZONE, Window())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _compare(path: Path) -> None:
    lines = path.read_bytes().count(b"\n")
    readers: dict[str, Callable[[Path], object]] = {"pmdraft": lambda path: read_log(path, _ZONE, Window())}
    if find_spec("drain3") is not None:
        readers["drain3"] = _drain3
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(RUNS):
        for name, read in readers.items():
            taken[name].append(seconds(lambda read=read: read(path)))  # type: ignore[misc]  # mypy has no type for a lambda's default
    speeds = {name: lines / statistics.median(times) for name, times in taken.items()}
    told = ", ".join(f"{name} {speed:,.0f}" for name, speed in speeds.items())
    factor = f" (×{speeds['pmdraft'] / speeds['drain3']:.2f})" if "drain3" in speeds else ""
    print(f"{path.name:<16} {lines:,} lines: {told}{factor}")


def _drain3(path: Path) -> None:
    """drain3 with its defaults, which mask nothing and are its fastest; it reads no times."""
    config = importlib.import_module("drain3.template_miner_config").TemplateMinerConfig()
    miner = importlib.import_module("drain3").TemplateMiner(config=config)
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            miner.add_log_message(line.rstrip())


def _written(path: Path, lines: Iterator[str], size: int | None = None) -> Path:
    left = size
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line)
            if left is not None and (left := left - len(line)) <= 0:
                break
    return path


def _datanode(count: int) -> Iterator[str]:
    """Lines of the shape that Hadoop's HDFS writes, a second apart."""
    random = Random(1)  # noqa: S311 - figures want the same log each time
    forms = (
        "dfs.DataNode$PacketResponder: PacketResponder {small} for block blk_{block} terminating",
        "dfs.DataNode$PacketResponder: Received block blk_-{block} of size 67108864 from /{host}",
        "dfs.DataNode$DataXceiver: Receiving block blk_{block} src: /{host}:{port} dest: /{host}:50010",
        "dfs.FSNamesystem: BLOCK* NameSystem.addStoredBlock: blockMap updated: {host}:50010 is added to blk_{block}",
    )
    for number in range(count):
        clock = f"2510{27 + number // 86_400:02} {number // 3600 % 24:02}{number // 60 % 60:02}{number % 60:02}"
        text = random.choice(forms).format(
            small=random.randrange(3),
            block=random.getrandbits(63),
            host=f"10.251.{random.randrange(256)}.{random.randrange(256)}",
            port=random.randrange(60_000),
        )
        yield f"{clock} {random.randrange(30_000)} INFO {text}\n"


def _app(count: int | None) -> Iterator[str]:
    """The demo's log over and over, each request with an id of its own; without end if `count` is None."""
    random = Random(1)  # noqa: S311 - likewise
    lines = _APP_LOG.read_text(encoding="utf-8").splitlines(keepends=True)
    number = 0
    while count is None or number < count:
        line = lines[number % len(lines)]
        head, mark, tail = line.partition("rid=")
        yield f"{head}{mark}{random.getrandbits(32):08x}{tail[8:]}" if mark else line
        number += 1
