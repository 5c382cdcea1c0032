"""Measure everything, or some topics, and print tables."""

import importlib
import os
import platform
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evals.bench.asked import parsed
from pmdraft.version import VERSION

_LIBRARIES = ("pydantic", "typer", "openai", "langchain-core", "tiktoken", "jinja2")


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="pmdraft-bench-") as folder:
        asked = parsed(None, Path(folder))
        print(machine())
        for topic in asked.topics:
            print(f"\n{topic}\n{'-' * len(topic)}", flush=True)
            importlib.import_module(f"evals.bench.{topic}").measure(asked)


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
    main()
