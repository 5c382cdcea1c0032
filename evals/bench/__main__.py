"""Measure everything, or some topics, and print tables."""

import importlib
import io
import os
import platform
import sys
import tempfile
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

from evals.bench.asked import Asked, parsed
from evals.bench.shown import shown
from evals.ending import ended
from evals.readme import READMES, write_blocks
from pmdraft.version import VERSION

_LIBRARIES = ("pydantic", "typer", "openai", "langchain-core", "tiktoken", "jinja2")


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="pmdraft-bench-") as folder:
        asked = parsed(None, Path(folder))
        print(machine())
        printed = {topic: _measured(topic, asked) for topic in asked.topics}
    if asked.readme:
        lines = shown(machine(), printed)
        write_blocks("speed", dict.fromkeys(READMES, lines))


def _measured(topic: str, asked: Asked) -> str:
    """Measure a topic, let it print, and give what it printed."""
    print(f"\n{topic}\n{'-' * len(topic)}", flush=True)
    heard = _Heard(sys.stdout)
    with redirect_stdout(heard):
        importlib.import_module(f"evals.bench.{topic}").measure(asked)
    return "".join(heard.parts)


class _Heard(io.TextIOBase):
    """Passes text on as it comes, and keeps it."""

    def __init__(self, to: TextIO) -> None:
        self._to = to
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        self.parts.append(text)
        return self._to.write(text)

    def flush(self) -> None:
        self._to.flush()


def machine() -> str:
    """What it is measured on, and with which versions."""
    python = f"Python {platform.python_version()}"
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {python}; pmdraft {VERSION}, {libraries}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    sys.exit(ended(main))
