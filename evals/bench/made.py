"""Made-up exports of any length: messages as Slack writes them today, with blocks, threads, reactions and edits."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

CHANNEL = "incident"


def make_export(folder: Path, count: int) -> Path:
    """Write an export with one channel of so many messages, a day of them in each file."""
    people = [{"id": f"U{number:08}", "name": f"user{number}", "tz": "Asia/Tokyo"} for number in range(300)]
    _write(folder / "users.json", people)
    _write(folder / "channels.json", [{"id": "C00000001", "name": CHANNEL}])
    days: dict[str, list[dict[str, object]]] = {}
    for at, message in _messages(count):
        days.setdefault(f"{at:%Y-%m-%d}", []).append(message)
    for day, messages in days.items():
        _write(folder / CHANNEL / f"{day}.json", messages)
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
    source = Path(__file__).parents[2] / "pmdraft" / "demo" / "incident" / "slack_export"
    return [
        message["text"]
        for day in sorted(source.glob("incident-*/*.json"))
        for message in json.loads(day.read_text(encoding="utf-8"))
        if message.get("text") and "subtype" not in message
    ]


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")  # as Slack writes it, all in ASCII
