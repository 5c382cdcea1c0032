"""One file, read by one reader."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.evidence import Evidence, SourceCount
from pmdraft.ingest.alert_mapping import AlertMapping
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.tally import Named
from pmdraft.ingest.window import Window


def alerts_in(
    path: Path, zone: ZoneInfo | None = None, window: Window | None = None, mapping: AlertMapping | None = None
) -> tuple[list[Evidence], SourceCount]:
    """The alerts of a file, and what became of all that was in it."""
    read = read_alerts([Named(path, path.name)], zone, window or Window(), mapping)
    return list(read.evidence), read.sources[0]
