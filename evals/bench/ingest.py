"""How much of each kind of source is gathered in a second."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from evals.bench.asked import Asked
from evals.bench.logs import app_log, datanode_log, records_log
from evals.bench.made import make_export
from evals.bench.timing import rate
from pmdraft import gather

_NAMES = ("Alice", "Bob", "Carol", "Dave")
_MESSAGES, _ALERTS, _LINES = 20_000, 10_000, 100_000


def measure(asked: Asked) -> None:
    """Print the figures."""
    print("made-up sources; all steps from the files to the incident\n")
    folder = asked.folder / "ingest"
    export = make_export(folder / "export", _MESSAGES)
    packed = Path(shutil.make_archive(str(folder / "packed"), "zip", export))
    size = sum(path.stat().st_size for path in export.rglob("*.json"))
    rate("Slack export, folder", _gathered(export), _MESSAGES, "messages", size)
    rate("Slack export, zip", _gathered(packed), _MESSAGES, "messages", size)
    lines = _written(folder / "lines.txt", "".join(map(_line, range(_MESSAGES))))
    rate("lines of time, name and text", _gathered(lines), _MESSAGES, "messages", lines.stat().st_size)
    alert = _written(folder / "alert.json", json.dumps({"version": "4", "alerts": [_alert(0)]}))
    alerts = _written(folder / "alerts.json", json.dumps({"version": "4", "alerts": list(map(_alert, range(_ALERTS)))}))
    rate("alerts of Alertmanager", _gathered(alerts), _ALERTS, "alerts", alerts.stat().st_size)
    for name, path in (
        ("log, plain lines", datanode_log(folder / "datanode.log", _LINES)),
        ("log, lines and traces", app_log(folder / "app.log", _LINES)),
        ("log, JSON lines", records_log(folder / "records.log", _LINES)),
    ):
        # A log of routine lines alone is no evidence, so it is gathered with an alert.
        rate(name, _gathered(path, alert), _LINES, "lines", path.stat().st_size)


def _gathered(*paths: Path) -> Callable[[], object]:
    return lambda: gather(files=paths, timezone="Asia/Tokyo")


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _clock(number: int) -> str:
    return f"2025-10-27T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"


def _line(number: int) -> str:
    name = _NAMES[number % len(_NAMES)]
    return f"{_clock(number)[:16].replace('T', ' ')} {name}: {number % 101} % of the connections are in use\n"


def _alert(number: int) -> object:
    labels = {"alertname": f"PoolExhausted{number}", "service": f"api-{number % 9}", "severity": "critical"}
    times = {"startsAt": f"{_clock(number)}Z", "endsAt": "0001-01-01T00:00:00Z"}
    return {"status": "firing", "labels": labels, "annotations": {"summary": "no connection left"}, **times}
