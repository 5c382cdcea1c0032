"""logfmt: `time=2025-10-27T14:23:05Z level=error msg="pool empty" pool=main`."""

import re

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_records import RecordReader

_BEGINS = re.compile(r"[A-Za-z_@][\w.@-]*=\S")
_PAIR = re.compile(r'(?:^|(?<=\s))([A-Za-z_@][\w.@-]*)=("(?:[^"\\]|\\.)*"|\S*)')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": ""}


class Logfmt:
    """Lines of pairs, one of which is the time.

    Args:
        records: reads what a line holds.
    """

    least_share = 0.0

    def __init__(self, records: RecordReader) -> None:
        self._records = records

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        if not _BEGINS.match(line):
            return None
        record: dict[str, object] = {name: _unquoted(value) for name, value in _PAIR.findall(line)}
        return self._records.entry(record) if len(record) > 1 else None


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), value[1:-1])
