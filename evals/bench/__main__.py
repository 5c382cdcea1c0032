"""Measure everything, or one topic, and print tables."""

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from evals.bench import logs, messages

_TOPICS = ("messages", "logs")


def main() -> None:
    """Parse the command line, and measure."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Figures of speed and memory.")
    parser.add_argument("topic", nargs="*", choices=_TOPICS, default=list(_TOPICS), help="what to measure")
    parser.add_argument("--big", action="store_true", help="memory for a log of a gigabyte too; takes minutes")
    parser.add_argument("--log", type=Path, help="a log to measure besides")
    asked = parser.parse_args()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pydantic", "typer", "openai", "langchain-core"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {libraries}")
    with tempfile.TemporaryDirectory() as folder:
        if "messages" in asked.topic:
            messages.measure(Path(folder))
        if "logs" in asked.topic:
            logs.measure(Path(folder), asked.log, big=asked.big)


if __name__ == "__main__":
    main()
