"""The layouts that the records of a log have, by which most of its lines are read in one match.

A program writes its records with the same fields in the same order. Taking each line apart, to look for the time, the
level and the message under all names that they may have, takes several times as long as matching it against the
layout of a line before. A line that differs in any way from the layouts that are known is taken apart as ever, so a
layout only ever gives what `RecordReader` gives.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from pmdraft.ingest.log_clock import LogClock
from pmdraft.ingest.log_entry import LONGEST_TEXT, LogEntry
from pmdraft.ingest.log_level import LogLevel
from pmdraft.ingest.log_records import RecordReader, Roles, counted
from pmdraft.ingest.time_forms import DAY_FIRST, ISO
from pmdraft.shown import visible

# A layout pays once dozens of lines have it. Of records with the same names there may be several layouts.
_TRIES = (16, 256, 4_096)
_MOST_LAYOUTS, _MOST_AT_ONCE, _MOST_MET, _MOST_HEADS = 64, 4, 1_000, 1_000
_MOST_VALUES = 60
_EPOCH = r"(?P<epoch>[1-9][0-9]{9,18}(?:\.[0-9]{1,9})?)"
# No other form of time is read where these are: the first is looked for first, and nothing has both.
_FORMS = (ISO.pattern, DAY_FIRST.pattern)

Values = dict[str, int]
"""Which value of a record, counted from 0, stands under each of the names that are looked up."""


class Notation(NamedTuple):
    """How a format writes values, as regular expressions.

    Attributes:
        value: any value.
        words: a text that needs no decoding, quoted or not.
        empty: a value that is no text.
        times: what may stand round a time that is written out, with `%s` for it.
    """

    value: str
    words: str
    empty: str
    times: tuple[str, ...]


class Layout:
    """The fields of some records, in their order.

    Args:
        pattern: matches all of a line; has the groups of a time form or `epoch`, `words` for the message, and `k0`,
            `k1`, … for what tells the level and what wrote the line.
        keys: how many of those there are.
        clock: reads the times.
        entry: the entry of a line that is taken apart.
    """

    def __init__(self, pattern: str, keys: int, clock: LogClock, entry: Callable[[str], LogEntry | None]) -> None:
        self._match = re.compile(f"{pattern}(?P<none>)").fullmatch
        # Two groups at least, so that a match gives a tuple.
        self._key = ("none", "none", *(f"k{number}" for number in range(keys)))
        self._is_counted = "(?P<epoch>" in pattern
        self._told = clock.told
        self._entry = entry
        self._heads: dict[tuple[str, ...], tuple[LogLevel | None, str]] = {}

    def entry(self, line: str) -> LogEntry | None:
        """The entry of a line; None if it has another layout, or something in it needs a closer look."""
        match = self._match(line)
        if match is None:
            return None
        words = match["words"]
        if words[0] == '"':
            words = words[1:-1]
        words = words.rstrip() if words.isprintable() else visible(words).rstrip()
        if not words or words[0] == "{":  # a record in the record
            return None
        key = match.group(*self._key)
        head = self._heads.get(key)
        if head is None:
            return self._first(line, key, words)
        found = counted(_number(match["epoch"])) if self._is_counted else self._told(match)
        return LogEntry(found[0], found[1], head[1] + words, head[0]) if found else None

    def _first(self, line: str, key: tuple[str, ...], words: str) -> LogEntry | None:
        """The entry of the first line with these values, of which the others have the level and the words before."""
        entry = self._entry(line)
        if entry is not None and entry.text.endswith(words) and not entry.more:
            if len(self._heads) >= _MOST_HEADS:
                self._heads.clear()
            self._heads[key] = (entry.level, entry.text.removesuffix(words))
        return entry


class Layouts:
    """The layouts of one log in one format, learned from its lines.

    Args:
        notation: how the format writes values.
        records: reads the records of lines that are taken apart.
        entry: the entry of a line that is taken apart.
        mark: what to count in a line to tell by which layouts to try.
    """

    def __init__(
        self, notation: Notation, records: RecordReader, entry: Callable[[str], LogEntry | None], mark: str
    ) -> None:
        self._notation = notation
        self._records = records
        self._entry = entry
        self._mark = mark
        self._known: dict[int, list[Layout]] = {}
        self._layouts: dict[str, Layout] = {}
        self._met: Counter[tuple[int, tuple[str, ...]]] = Counter()

    def entry(self, line: str) -> LogEntry | None:
        """The entry of a line that has a known layout, else None."""
        known = self._known.get(line.count(self._mark))
        if known is not None and len(line) <= LONGEST_TEXT:
            for layout in known:
                if (entry := layout.entry(line)) is not None:
                    return entry
        return None

    def is_due(self, line: str, names: tuple[str, ...]) -> bool:
        """Whether so many lines with these names were taken apart that their layout should be learned."""
        if len(self._layouts) >= _MOST_LAYOUTS:
            return False
        if len(self._met) >= _MOST_MET:
            self._met.clear()
        key = (line.count(self._mark), names)
        self._met[key] += 1
        return self._met[key] in _TRIES

    def learn(self, line: str, parts: list[str | int], values: Values, texts: list[str]) -> None:
        """Learn the layout of a line.

        Args:
            line: the line.
            parts: regular expressions for what stands between the values, and each value by its number.
            values: the numbers of the values under their names.
            texts: the values as they are written.
        """
        roles = self._records.roles_in(values)
        told = _told(roles, values)
        if told is None or len(texts) > _MOST_VALUES:
            return
        time, words, keys, silent = told
        written = self._time(texts[time])
        if written is None:
            return
        notation = self._notation
        special = {time: written, words: f"(?P<words>{notation.words})"}
        special |= {number: f"(?P<k{index}>{notation.value})" for index, number in enumerate(keys)}
        special |= dict.fromkeys(silent, notation.empty)
        pattern = "".join(part if isinstance(part, str) else special.get(part, notation.value) for part in parts)
        layout = self._layouts.get(pattern)
        if layout is None:
            layout = self._layouts[pattern] = Layout(pattern, len(keys), self._records.clock, self._entry)
        known = self._known.setdefault(line.count(self._mark), [])
        if layout not in known and len(known) < _MOST_AT_ONCE:
            known.append(layout)

    def _time(self, text: str) -> str | None:
        """What matches times that are written like this one."""
        for around in self._notation.times:
            for form in _FORMS:
                if re.fullmatch(around % form, text):
                    return around % form
        return _EPOCH if re.fullmatch(_EPOCH, text) else None


def _told(roles: Roles, values: Values) -> tuple[int, int, list[int], set[int]] | None:
    """Which values are the time, the message, what tells level and sender, and a trace; None for odd records."""
    if not roles.times or not roles.texts or roles.insights or roles.journal or (roles.methods and roles.paths):
        return None
    time, words = values[roles.times[0]], values[roles.texts[0]]
    keys = sorted({values[name] for name in (*roles.levels, *roles.loggers, *roles.statuses)})
    silent = {values[name] for name in roles.stacks}
    apart = len({time, words, *keys, *silent}) == 2 + len(keys) + len(silent)
    return (time, words, keys, silent) if apart else None


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)
