"""Seconds for a channel of ten thousand messages, and for the commands."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from evals.bench.timing import RUNS, process, row
from pmdraft import Language, Settings, SlackExport, draft_postmortem, gather
from pmdraft.redact import redact

_MESSAGES = 10_000


def measure(folder: Path) -> None:
    """Print the figures.

    Args:
        folder: to write files to.
    """
    print(f"messages: median (fastest to slowest) of {RUNS} runs, seconds\n")
    export = _export(folder / "export")
    day = next((export / "incident").iterdir())
    incident = gather(SlackExport(export, "incident"))
    row("pmdraft --help", process("--help"))
    row("pmdraft demo", process("demo", "--out", str(folder / "demo"), "--force"))
    row(f"json.loads of {_MESSAGES:,} messages", lambda: json.loads(day.read_bytes()))
    row(f"gather {_MESSAGES:,} messages", lambda: gather(SlackExport(export, "incident")))
    row(f"redact {_MESSAGES:,} messages", lambda: redact(incident))
    row(
        f"outline draft of {_MESSAGES:,} messages, all steps",
        lambda: draft_postmortem(incident, settings=Settings(language=Language.JA)),
    )


def _export(folder: Path) -> Path:
    """A made-up export: the demo's messages over and over, a second apart."""
    source = Path(__file__).parents[2] / "pmdraft" / "demo" / "incident" / "slack_export"
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
