"""logfmt: `time=2025-10-27T14:23:05Z level=error msg="pool empty" pool=main`."""

import re

from pmdraft.ingest.log_entry import LogEntry
from pmdraft.ingest.log_layouts import Layouts, Notation
from pmdraft.ingest.log_records import RecordReader, by_name

_BEGINS = re.compile(r"[A-Za-z_@][\w.@-]*=\S")
_PAIR = re.compile(r'(?:^|(?<=\s))([A-Za-z_@][\w.@-]*)=("(?:[^"\\]|\\.)*"|\S*)')
_ESCAPED = re.compile(r"\\(.)")
# Values without escapes, which read as they are written; a value may be left out.
_VALUE = r'(?:"[^"\\]*+"|[^\s"]\S*+|(?= |$))'
_NOTATION = Notation(
    value=_VALUE,
    words=r'(?:"[^"\\]*+"|[^\s"]\S*+)',
    empty='(?:""|(?= |$))',
    # Without quotes a time ends where the next pair begins, though what follows may look like its zone.
    times=('"%s"', r"(?=\S++(?: [A-Za-z_@][^\s=]*=|$))%s"),
)
_ESCAPES = {"n": "\n", "t": "\t", "r": ""}


class Logfmt:
    """Lines of pairs, one of which is the time.

    Args:
        records: reads what a line holds.
    """

    least_share = 0.0

    def __init__(self, records: RecordReader) -> None:
        self._records = records
        self._layouts = Layouts(_NOTATION, records, self.taken_apart, "=")
        self._by_layout = self._layouts.entry

    def parse(self, line: str) -> LogEntry | None:
        """The entry of this line."""
        return self._by_layout(line) or self.taken_apart(line)

    def taken_apart(self, line: str) -> LogEntry | None:
        """The entry of this line, whatever its layout."""
        if not _BEGINS.match(line):
            return None
        pairs = _PAIR.findall(line)
        record: dict[str, object] = {name: _unquoted(value) for name, value in pairs}
        if len(record) < 2:
            return None
        if self._layouts.is_due(line, tuple(record)) and len(record) == len(pairs):
            self._learn(line, pairs)
        return self._records.entry(record)

    def _learn(self, line: str, pairs: list[tuple[str, str]]) -> None:
        parts: list[str | int] = [r"(?=[^=]+=\S)"]
        for number, (name, _) in enumerate(pairs):
            parts += [f"{' ' if number else ''}{re.escape(name)}=", number]
        names = by_name({name: number for number, (name, _) in enumerate(pairs)})
        values = {name: number for name, number in names.items() if isinstance(number, int)}
        self._layouts.learn(line, parts, values, [value for _, value in pairs])


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), value[1:-1])
