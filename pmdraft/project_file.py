"""The settings of a project: `.pmdraft.toml`, or `[tool.pmdraft]` of `pyproject.toml`."""

from pathlib import Path
from typing import Any, NamedTuple

from pmdraft.errors import InputError
from pmdraft.reading import parse_toml, read_text


class Table(NamedTuple):
    """A table of settings and the file that it stands in."""

    values: dict[str, Any]
    path: Path


def project_table(folder: Path, *keys: str) -> Table | None:
    """The table of these keys in a folder's settings or the nearest ones above that have it.

    Raises:
        InputError: a settings file is not TOML.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        for name, root in ((".pmdraft.toml", ()), ("pyproject.toml", ("tool", "pmdraft"))):
            path = place / name
            if path.is_file() and (values := _values(path, (*root, *keys))) is not None:
                return Table(values, path)
    return None


def strings(table: Table, key: str) -> tuple[str, ...]:
    """A list of strings in a table; empty if the key is not there.

    Raises:
        InputError: the value is no list of strings.
    """
    value = table.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f'{table.path}: {key!r} is no list of strings; write {key} = ["…"]')
    return tuple(value)


def _values(path: Path, keys: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        table: Any = parse_toml(read_text(path))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be used ({error}); mend the TOML") from error
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else None
