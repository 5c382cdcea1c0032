"""How long each command takes from its start to its end, where it has little to do."""

import subprocess
import sys
from pathlib import Path

from evals.bench.asked import Asked
from evals.bench.timing import process, row

_DEMO = Path(__file__).parents[2] / "pmdraft" / "demo" / "incident"
_HELP = ("from-slack", "draft", "ingest", "check", "replay", "verify", "demo", "schema")


def measure(asked: Asked) -> None:
    """Print the figures."""
    print("the demo's incident; wall seconds of a process, median (fastest to slowest)\n")
    row("python -c pass", lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    row("pmdraft --version", process("--version"))
    row("pmdraft --help", process("--help"))
    for command in _HELP:
        row(f"pmdraft {command} --help", process(command, "--help"))
    row("pmdraft schema", process("schema"))
    row("pmdraft slack manifest", process("slack", "manifest"))
    page = asked.folder / "page.md"
    page.write_text("# Postmortem\n\nThe pool ran out of connections at 14:23.\n", encoding="utf-8")
    row("pmdraft check, a page of two lines", process("check", str(page)))
    row("pmdraft ingest, the demo's files", process("ingest", str(_DEMO)))
    row("pmdraft draft, the demo's files, as an outline", process("draft", str(_DEMO)))
    row("pmdraft demo", process("demo", "--out", str(asked.folder / "demo"), "--force"))
