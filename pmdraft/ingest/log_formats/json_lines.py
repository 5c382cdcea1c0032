"""JSON lines, as bunyan, pino, zap, logrus, systemd's journal and most cloud services write them."""

import json

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_records import RecordReader

_decode = json.JSONDecoder().decode


class JsonLines:
    """Lines that are a JSON object each.

    Args:
        records: reads what a line holds.
    """

    least_share = 0.0

    def __init__(self, records: RecordReader) -> None:
        self._records = records

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        if not line.startswith("{"):
            return None
        try:
            record = _decode(line)
        except (ValueError, RecursionError):
            return None
        return self._records.entry(record) if isinstance(record, dict) else None
