"""JSON lines, as bunyan, pino, zap, logrus, systemd's journal and most cloud services write them."""

import json
import re

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_layouts import Layouts, Notation
from pmdraft.ingest.log_records import RecordReader, by_name

_decode = json.JSONDecoder().decode
# Text without escapes, which reads as it is written.
_TEXT = r'"[^"\\\x00-\x1f]*+"'
_CONSTANT = "true|false|null"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?"
_SIMPLE = f"(?:{_TEXT}|{_NUMBER}|{_CONSTANT})"
_NOTATION = Notation(
    value=rf"(?:{_SIMPLE}|\[(?:{_SIMPLE}(?:, ?{_SIMPLE})*+)?\])",
    words=_TEXT,
    empty=f'(?:""|{_NUMBER}|{_CONSTANT})',
    times=('"%s"',),
)
_DEEPEST = 4


class JsonLines:
    """Lines that are a JSON object each.

    Args:
        records: reads what a line holds.
    """

    least_share = 0.0

    def __init__(self, records: RecordReader) -> None:
        self._records = records
        self._layouts = Layouts(_NOTATION, records, self.taken_apart, '"')
        self._by_layout = self._layouts.entry

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        return self._by_layout(line) or self.taken_apart(line)

    def taken_apart(self, line: str) -> LogEntry | None:
        """The entry of this line, whatever its layout."""
        if not line.startswith("{"):
            return None
        try:
            record = _decode(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(record, dict):
            return None
        if self._layouts.is_due(line, tuple(record)):
            self._learn(line, record)
        return self._records.entry(record)

    def _learn(self, line: str, record: dict[str, object]) -> None:
        texts: list[str] = []
        parts: list[str | int] = []
        numbers = by_name(_numbered(record, texts, parts, 0))
        values = {name: number for name, number in numbers.items() if isinstance(number, int)}
        self._layouts.learn(line, parts, values, texts)


def _numbered(record: dict[str, object], texts: list[str], parts: list[str | int], depth: int) -> dict[str, object]:
    """A record with the numbers of its values in their place, as `Layouts.learn` wants them; fills in its lists."""
    numbered: dict[str, object] = {}
    before = r"\{"
    for name, value in record.items():
        parts += [before, re.escape(json.dumps(name, ensure_ascii=False)), ": ?"]
        before = ", ?"
        if isinstance(value, dict) and value and depth < _DEEPEST:
            numbered[name] = _numbered(value, texts, parts, depth + 1)
        else:
            numbered[name] = len(texts)
            parts.append(len(texts))
            texts.append(json.dumps(value, ensure_ascii=False))
    parts.append(r"\}")
    return numbered
