"""Tables of an SQLite file that came from somewhere: read only, in bounds, and as far as it is not damaged."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pmdraft.errors import InputError

_MAGIC = b"SQLite format 3\0"
_LARGEST_VALUE = 64 << 20
# The virtual machine's steps for one statement; a million rows take some ten million.
_STEPS_AT_A_TIME = 1_000_000
_MOST_STEPS = 20_000 * _STEPS_AT_A_TIME
_MOST_JUMPS = 64


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as SQLite's do."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


class SqliteFile:
    """An opened file.

    Attributes:
        damaged: whether something could not be read so far.
        there: bytes of the file.
        whole: bytes that it should have, as its header says.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.damaged = False
        header = _header(path)
        self.there = path.stat().st_size
        page = int.from_bytes(header[16:18]) or 512
        self.whole = max(self.there, (65_536 if page == 1 else page) * int.from_bytes(header[28:32]))

    def tables(self) -> frozenset[str]:
        """The names of its tables; what only looks like one, such as a view, can run anything."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        try:
            return frozenset(_text(name) for (name,) in self._execute(query))
        except sqlite3.Error:
            self.damaged = True
            return frozenset()

    def rows(
        self, table: str, columns: Sequence[str], where: str = "1", *parameters: str
    ) -> Iterator[tuple[object, ...]]:
        """The rows of a table in the order in which they were written, those on damaged pages left out.

        Args:
            table: its name, which is ours and not the file's.
            columns: what to take of each row; text comes as bytes.
            where: which rows, in SQL of ours.
            parameters: for the question marks in it.
        """
        query = (
            f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED WHERE rowid > ? AND ({where}) ORDER BY rowid"  # noqa: S608 - no word of it is the file's
        )
        last, step = -(2**63), 0
        for _ in range(_MOST_JUMPS):
            found = False
            try:
                for row in self._execute(query, last + step, *parameters):
                    last, found = _number(row[0]), True
                    yield row[1:]
                return
            except sqlite3.Error:
                self.damaged = True
            except OverflowError:
                return
            # Beyond a page that cannot be read others may be whole; which rows they begin with, nobody knows.
            last = max(last, 0)
            step = 0 if found else max(1, 2 * step)

    def _execute(self, query: str, *parameters: object) -> Iterator[tuple[object, ...]]:
        left = iter(range(_MOST_STEPS // _STEPS_AT_A_TIME))
        self._connection.set_progress_handler(lambda: next(left, None) is None, _STEPS_AT_A_TIME)
        return self._connection.execute(query, parameters)


@contextmanager
def opened(path: Path) -> Iterator[SqliteFile]:
    """Open a file so that nothing in it can be written, run, or take for ever.

    Raises:
        InputError: it cannot be opened, or is no SQLite file.
    """
    if not is_sqlite(path):
        raise InputError(f"{path}: no SQLite file, or it cannot be read; check the path")
    # What a program wrote last may stand in a file beside it; without one, SQLite need not look for locks.
    beside = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if beside.exists() and beside.stat().st_size else "mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be opened ({error}); check the file") from error
    try:
        connection.text_factory = bytes
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        # Without it SQLite refuses a file that is shorter than its header says; nothing is written for all that.
        connection.execute("PRAGMA writable_schema = ON")
        yield SqliteFile(path, connection)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be read as SQLite ({error}); check the file") from error
    finally:
        connection.close()


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100).ljust(100, b"\0")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
