"""The most memory that a process takes, by what it reads."""

from pathlib import Path

from evals.bench.asked import Asked
from evals.bench.logs import app_log
from evals.bench.made import make_export
from evals.bench.timing import peak

_GATHERED = "import pmdraft; pmdraft.gather(files=[sys.argv[1]], timezone='Asia/Tokyo')"
_DRAFTED = "import pmdraft; pmdraft.draft_postmortem(pmdraft.gather(files=[sys.argv[1]], timezone='Asia/Tokyo'))"
_SIZES = (100, 10_000, 100_000)
_LOGS = (10_000_000, 100_000_000)
_BIG = 1_000_000_000


def measure(asked: Asked) -> None:
    """Print the figures."""
    print("peak of the resident memory of a process, Python and all libraries included\n")
    _row("Python alone", peak("pass"))
    _row("import pmdraft", peak("import pmdraft"))
    for size in _SIZES:
        export = make_export(asked.folder / f"memory{size}", size)
        what = f"{size:,} messages, {_size(export)}"
        _row(f"gather {what}", peak(_GATHERED, str(export)))
        if size < _SIZES[-1] or asked.big:
            _row(f"outline draft of {what}", peak(_DRAFTED, str(export)))
    for bytes_ in (*_LOGS, *([_BIG] if asked.big else [])):
        log = app_log(asked.folder / "memory.log", None, size=bytes_)
        _row(f"gather a log of {_size(log)}", peak(_GATHERED, str(log)))


def _row(name: str, kilobytes: int) -> None:
    print(f"{name:<52} {kilobytes / 1000:8.1f} MB", flush=True)


def _size(path: Path) -> str:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 1e6:,.1f} MB"
