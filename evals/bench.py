"""Figures of speed: `python -m evals.bench` prints them with the machine and versions they were taken on."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft import Language, Settings, SlackExport, draft_postmortem, gather
from pmdraft.redact import redact

_RUNS = 5
_MESSAGES = 10_000
_COMMAND = (sys.executable, "-c", "from pmdraft.cli import main; main()")


def main() -> None:
    """Measure everything and print a table."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pydantic", "typer", "openai", "langchain-core"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {libraries}")
    print(f"median (fastest to slowest) of {_RUNS} runs, seconds\n")
    with tempfile.TemporaryDirectory() as folder:
        export = _export(Path(folder) / "export")
        day = next((export / "incident").iterdir())
        incident = gather(SlackExport(export, "incident"))
        _row("pmdraft --help", _process("--help"))
        _row("pmdraft demo", _process("demo", "--out", str(Path(folder) / "demo"), "--force"))
        _row(f"json.loads of {_MESSAGES:,} messages", lambda: json.loads(day.read_bytes()))
        _row(f"gather {_MESSAGES:,} messages", lambda: gather(SlackExport(export, "incident")))
        _row(f"redact {_MESSAGES:,} messages", lambda: redact(incident))
        _row(
            f"outline draft of {_MESSAGES:,} messages, all steps",
            lambda: draft_postmortem(incident, settings=Settings(language=Language.JA)),
        )


def _row(name: str, call: Callable[[], object]) -> None:
    call()  # warm caches of files and imports
    taken = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    print(f"{name:<48} {statistics.median(taken):6.2f}  ({min(taken):.2f} to {max(taken):.2f})")


def _process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([*_COMMAND, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command


def _export(folder: Path) -> Path:
    """A made-up export: the demo's messages over and over, a second apart."""
    source = Path(__file__).parent.parent / "pmdraft" / "demo" / "incident" / "slack_export"
    texts = [
        message["text"]
        for day in sorted(source.glob("incident-*/*.json"))
        for message in json.loads(day.read_text(encoding="utf-8"))
        if message.get("text") and "subtype" not in message
    ]
    start = datetime(2025, 10, 27, 14, tzinfo=ZoneInfo("Asia/Tokyo"))
    messages = [
        {
            "type": "message",
            "user": "U1",
            "text": texts[number % len(texts)],
            "ts": f"{(start + timedelta(seconds=number)).timestamp():.6f}",
        }
        for number in range(_MESSAGES)
    ]
    for name, value in {
        "users.json": [{"id": "U1", "name": "alice", "tz": "Asia/Tokyo"}],
        "channels.json": [{"id": "C1", "name": "incident"}],
        "incident/2025-10-27.json": messages,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
