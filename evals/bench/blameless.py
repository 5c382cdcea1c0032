"""Megabytes of Markdown a second and one file start to finish, beside other linters of prose; hostile text.

The other linters are no dependencies. Those on the PATH are measured on the same files in the same run:

    python -m venv /tmp/linters && /tmp/linters/bin/pip install proselint
    npm install --prefix /tmp/linters alex textlint textlint-rule-preset-ja-technical-writing
    PATH=/tmp/linters/bin:/tmp/linters/node_modules/.bin:$PATH python -m evals.bench blameless
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.bench.asked import Asked
from evals.bench.timing import COMMAND, RUNS
from pmdraft.blameless import check_markdown
from pmdraft.version import VERSION

_REPORTS = Path(__file__).parents[2] / "tests" / "data" / "blameless" / "postmortems"
_FOLDERS = {"en": ("mybinder", "posthog"), "ja": ("alt", "mulukhiya")}
_MEGABYTE = 1_000_000
_PATIENCE = 40
"""Seconds after which a run is given up on."""
_LONG = 30
"""Seconds after which a file is not checked once more."""
_PATTERNS = {
    "a megabyte without a space": "さとうさんが忘れた",
    "letters without a space": "forgot",
    "nested markup": "[**_`",
    "one particle": "が",
    "one mark": "…",
    "names alone": "@bob ",
    "an open sentence": "and then the on-call engineer and we and they ",
    "needles alone": "should have never forgot because of ",
    "rows of a table": "|a|",
    "quotation marks": '"',
}


class _Linter(NamedTuple):
    name: str
    command: list[str]
    version: str
    languages: tuple[str, ...]


def measure(asked: Asked) -> None:
    """Print the figures."""
    folder = asked.folder
    print(f"CPU seconds (user and system), the median of up to {RUNS} runs, the fastest in brackets\n")
    linters = list(_linters(folder))
    for language in _FOLDERS:
        _compare(language, folder, [each for each in linters if language in each.languages])
    _hostile()


def _compare(language: str, folder: Path, linters: list[_Linter]) -> None:
    whole, distinct = _megabyte(language)
    big = folder / f"reports.{language}.md"
    big.write_bytes(whole)
    small = min((path for path in _paths(language)), key=lambda path: abs(path.stat().st_size - 4_000))
    size = small.stat().st_size
    print(f"{language}: {len(whole):,} bytes, real reports of {distinct:,} bytes over and over; one of {size:,} bytes")
    print(f"{'':48} {'1 MB':>16} {'MB/s':>7} {'one file':>16}")
    for linter in linters:
        name = f"{linter.name} {linter.version}"
        of_big, of_small, size = _cpu(linter.command, big), _cpu(linter.command, small), len(whole)
        if not of_big:
            name, size = f"{name}: not done in {_PATIENCE} s, of a tenth", len(whole) // 10
            tenth = folder / f"tenth.{language}.md"
            tenth.write_bytes(whole[:size])
            of_big = _cpu(linter.command, tenth)
        speed = size / 1e6 / statistics.median(of_big) if of_big else 0.0
        print(f"{name:48} {_shown(of_big)} {speed:7.2f} {_shown(of_small)}")
    print()


def _shown(times: list[float]) -> str:
    return (f"{statistics.median(times):.2f} ({min(times):.2f})" if times else "not done").rjust(16)


def _cpu(command: list[str], path: Path) -> list[float]:
    """CPU seconds of each run over a file; empty when one takes too long.

    The first run fills caches and does not count, unless it takes so long that it must do.
    """
    taken: list[float] = []
    # What is installed has its bytecode, whatever is kept from being written here.
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    while len(taken) <= RUNS:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            # What is found gives a status.
            subprocess.run(  # noqa: S603
                [*command, str(path)], check=False, capture_output=True, timeout=_PATIENCE, env=surroundings
            )
        except subprocess.TimeoutExpired:
            return []
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if sum(taken) > _LONG:
            return taken
    return taken[1:]


def _linters(folder: Path) -> Iterator[_Linter]:
    yield _Linter("pmdraft check", [*COMMAND, "check"], VERSION, ("en", "ja"))
    config = folder / ".textlintrc.json"
    config.write_text(json.dumps({"rules": {"preset-ja-technical-writing": True}}), encoding="utf-8")
    for name, arguments, asked, languages in (
        ("proselint", ["check"], ["version"], ("en",)),
        ("alex", [], ["--version"], ("en",)),
        ("textlint", ["--config", str(config)], ["--version"], ("ja",)),
    ):
        program = shutil.which(name)
        if program is None:
            print(f"{name}: not on the PATH, not measured; how to install it stands in evals/bench/blameless.py")
            continue
        told = subprocess.run([program, *asked], check=False, capture_output=True, text=True)  # noqa: S603 - found above
        yield _Linter(name, [program, *arguments], told.stdout.split()[-1] if told.stdout.split() else "", languages)
    print()


def _paths(language: str) -> list[Path]:
    return [path for folder in _FOLDERS[language] for path in sorted((_REPORTS / folder).glob("*.md"))]


def _megabyte(language: str) -> tuple[bytes, int]:
    """A megabyte of a language's real reports, and how much of it is not said twice."""
    once = b"\n\n".join(path.read_bytes() for path in _paths(language))
    whole = (once * (_MEGABYTE // len(once) + 1))[:_MEGABYTE]
    return whole.decode("utf-8", "ignore").encode(), len(once)


def _hostile() -> None:
    """Seconds for a quarter, a half and a whole megabyte of text that was made to be slow; 4 times is linear."""
    print(f"{'hostile text, CPU seconds':32} {'0.25 MB':>8} {'0.5 MB':>8} {'1 MB':>8}   1 MB to 0.25 MB")
    for name, pattern in _PATTERNS.items():
        text = pattern * (_MEGABYTE // len(pattern.encode()))
        taken = [_fastest(text[: len(text) // part]) for part in (4, 2, 1)]
        print(f"{name:32} {taken[0]:8.2f} {taken[1]:8.2f} {taken[2]:8.2f}   ×{taken[2] / taken[0]:.1f}")


def _fastest(text: str) -> float:
    taken = []
    for _ in range(3):
        begun = time.process_time()
        check_markdown(text)
        taken.append(time.process_time() - begun)
    return min(taken)
