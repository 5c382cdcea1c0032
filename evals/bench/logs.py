"""Lines of logs a second beside drain3, and memory for a gigabyte.

drain3 pins packages of 2021, so it is no dependency; where it can be imported it is measured too:

    pip install --target /tmp/drain3 --no-deps drain3 jsonpickle cachetools
    PYTHONPATH=/tmp/drain3 python -m evals.bench logs
"""

import importlib
import json
import statistics
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from evals.bench.asked import Asked
from evals.bench.timing import RUNS, peak, seconds
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

_APP_LOG = Path(__file__).parents[2] / "pmdraft" / "demo" / "incident" / "app.log"
_LINES = 100_000
_BIG = 1_000_000_000
_ZONE = ZoneInfo("Asia/Tokyo")


def measure(asked: Asked) -> None:
    """Print the figures; the memory for a gigabyte takes minutes, and is measured if `big` is asked for."""
    print(f"lines a second, by the median of {RUNS} runs in turns, all steps from the file on\n")
    if find_spec("drain3") is None:
        print("drain3 is not installed; how to measure it too stands in evals/bench/logs.py\n")
    files = [
        datanode_log(asked.folder / "datanode.log", _LINES),
        app_log(asked.folder / "app.log", _LINES),
        records_log(asked.folder / "records.log", _LINES),
        _written(asked.folder / "logfmt.log", map(_logfmt, range(_LINES))),
        _written(asked.folder / "access.log", map(_access, range(_LINES))),
    ]
    for path in files + ([asked.log] if asked.log else []):
        _compare(path)
    if asked.big:
        path = app_log(asked.folder / "big.log", None, size=_BIG)
        most = peak("from evals.bench.logs import read; read(sys.argv[1])", str(path))
        print(f"{path.name:<16} peak memory {most:,} kB for {path.stat().st_size:,} bytes")


def read(path: str) -> None:
    """Read a log, for those who measure what that takes."""
    read_log(Path(path), _ZONE, Window())


def datanode_log(path: Path, lines: int) -> Path:
    """Write a log of the shape that Hadoop's HDFS writes, a line a second."""
    return _written(path, _datanode(lines))


def app_log(path: Path, lines: int | None, size: int | None = None) -> Path:
    """Write the demo's log over and over, each request with an id of its own: so many lines, or bytes."""
    return _written(path, _app(lines), size)


def records_log(path: Path, lines: int) -> Path:
    """Write a log of JSON lines, a line a second."""
    return _written(path, map(_record, range(lines)))


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


def _record(number: int) -> str:
    at = f"2025-10-27T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}+09:00"
    fields = {"time": at, "level": "info", "logger": "api", "msg": f"request {number} took 3 ms"}
    return f"{json.dumps(fields)}\n"


def _logfmt(number: int) -> str:
    at = f"2025-10-27T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}+09:00"
    return (
        f'time={at} level=info msg="request {number} took 3 ms" logger=api trace={number * 2_654_435_761 % 2**32:08x}\n'
    )


def _access(number: int) -> str:
    at = f"{27 + number // 86_400:02}/Oct/2025:{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} +0900"
    request = f"GET /v1/items/{number % 9_973} HTTP/1.1"
    return f'10.0.0.{number % 256} - - [{at}] "{request}" 200 {number % 7_919} "-" "curl/8.4.0"\n'
