"""Measure everything, or one topic, and print tables."""

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from evals.bench import logs, messages

_TOPICS = ("messages", "logs")


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What a command line asks for; without a topic it is all of them."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Figures of speed and memory.")
    # argparse would hold the empty list of `nargs="*"` against `choices`, so the names are checked below.
    parser.add_argument("topic", nargs="*", metavar=f"{{{','.join(_TOPICS)}}}", help="what to measure; default: all")
    parser.add_argument("--big", action="store_true", help="memory for a log of a gigabyte too; takes minutes")
    parser.add_argument("--log", type=Path, help="a log to measure besides")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.topic if name not in _TOPICS]:
        parser.error(f"no topic {unknown[0]!r}; there are {', '.join(_TOPICS)}")
    options.topic = options.topic or list(_TOPICS)
    return options


def main() -> None:
    """Measure, and print."""
    options = asked()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pydantic", "typer", "openai", "langchain-core"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {libraries}")
    with tempfile.TemporaryDirectory() as folder:
        if "messages" in options.topic:
            messages.measure(Path(folder))
        if "logs" in options.topic:
            logs.measure(Path(folder), options.log, big=options.big)


if __name__ == "__main__":
    main()
