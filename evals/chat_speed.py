"""How long a long channel takes, beside `json.loads` of the same bytes: `python -m evals.chat_speed` prints both.

The export is made up: 100,000 messages as Slack writes them today, with blocks, profiles, threads, reactions and edits.
"""

import json
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pmdraft import SlackExport, gather
from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.window import Window

_MESSAGES = 100_000
_RUNS = 5
_CHANNEL = "incident"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        export = make_export(Path(folder) / "export", _MESSAGES)
        days = [path.read_bytes() for path in sorted((export / _CHANNEL).iterdir())]
        size = sum(map(len, days)) / 1e6
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        print(f"{_MESSAGES:,} messages, {size:.0f} MB; CPU seconds, median (fastest to slowest) of {_RUNS} runs\n")
        source = SlackExport(export, _CHANNEL)
        base = _row("json.loads", lambda: [json.loads(day) for day in days])
        for name, call in (
            ("read_chats", lambda: read_chats([source], Window())),
            ("gather", lambda: gather(source)),
        ):
            taken = _row(name, call)
            print(f"{'':<12} {taken / base:.1f} times json.loads")


def make_export(folder: Path, count: int) -> Path:
    """Write an export with one channel of so many messages, a day of them in each file."""
    people = [{"id": f"U{number:08}", "name": f"user{number}", "tz": "Asia/Tokyo"} for number in range(300)]
    _write(folder / "users.json", people)
    _write(folder / "channels.json", [{"id": "C00000001", "name": _CHANNEL}])
    days: dict[str, list[dict[str, object]]] = {}
    for at, message in _messages(count):
        days.setdefault(f"{at:%Y-%m-%d}", []).append(message)
    for day, messages in days.items():
        _write(folder / _CHANNEL / f"{day}.json", messages)
    return folder


def _messages(count: int) -> Iterator[tuple[datetime, dict[str, object]]]:
    chance = random.Random(1)  # noqa: S311 - the same export each time
    texts = _texts()
    start = datetime(2025, 10, 27, 5, tzinfo=UTC)
    for number in range(count):
        at = start + timedelta(seconds=5 * number)
        text = texts[number % len(texts)]
        ts = f"{int(at.timestamp())}.{chance.randrange(10**6):06}"
        user = f"U{chance.randrange(300):08}"
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        message: dict[str, object] = {
            "client_msg_id": f"{chance.getrandbits(32):08x}-0000-4000-8000-{chance.getrandbits(48):012x}",
            "type": "message",
            "text": text,
            "user": user,
            "ts": ts,
            "team": "T0000001",
            "user_profile": {
                "avatar_hash": "abc",
                "real_name": f"User {number % 300}",
                "name": user,
                "team": "T0000001",
            },
            "blocks": [{"type": "rich_text", "block_id": "abcde", "elements": [section]}],
        }
        if number % 7 == 0:
            message |= {"thread_ts": ts, "reply_count": 2, "latest_reply": ts}
        if number % 9 == 0:
            message["reactions"] = [{"name": "eyes", "users": [user], "count": 1}]
        if number % 11 == 0:
            message["edited"] = {"user": user, "ts": ts}
        yield at, message


def _texts() -> list[str]:
    """What people say in the demo's incident, in Japanese."""
    source = Path(__file__).parent.parent / "pmdraft" / "demo" / "incident" / "slack_export"
    return [
        message["text"]
        for day in sorted(source.glob("incident-*/*.json"))
        for message in json.loads(day.read_text(encoding="utf-8"))
        if message.get("text") and "subtype" not in message
    ]


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")  # as Slack writes it, all in ASCII


def _row(name: str, call: Callable[[], object]) -> float:
    call()  # warm caches of files and imports
    taken = []
    for _ in range(_RUNS):
        begun = time.process_time()
        call()
        taken.append(time.process_time() - begun)
    median = statistics.median(taken)
    print(f"{name:<12} {median:6.2f}  ({min(taken):.2f} to {max(taken):.2f})")
    return median


if __name__ == "__main__":
    main()
