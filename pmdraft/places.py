"""Places in a draft's data, by the paths that findings name: `lessons.technical[0].points[1]`."""

import re
from typing import Any

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")

Parts = tuple[str | int, ...]


def parts_of(path: str) -> Parts:
    """The names and numbers of a path."""
    return tuple(name or int(number) for name, number in _PART.findall(path))


def path_of(parts: Parts) -> str:
    """The path of names and numbers."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).removeprefix(".")


def value_at(data: Any, parts: Parts) -> Any:
    """What stands there.

    Raises:
        LookupError: there is no such place.
    """
    for part in parts:
        data = data[part]
    return data


def take_out(data: Any, parts: Parts) -> None:
    """Take out what stands there: from a list altogether; a field is left empty."""
    holder, last = value_at(data, parts[:-1]), parts[-1]
    if isinstance(last, int):
        del holder[last]
    else:
        holder[last] = None


def put_in(data: Any, parts: Parts, value: Any) -> Parts:
    """Put something where it stood: into a list as another item, at its end if that is shorter now.

    Returns:
        The place where it stands now.

    Raises:
        LookupError: what held it is gone, or the field has been filled since.
    """
    holder, last = value_at(data, parts[:-1]), parts[-1]
    if isinstance(last, int):
        at = min(last, len(holder))
        holder.insert(at, value)
        return (*parts[:-1], at)
    if holder[last] is not None:
        raise LookupError(path_of(parts))
    holder[last] = value
    return parts


def shifted(parts: Parts, changed: Parts, by: int) -> Parts:
    """A place after an item of a list was taken out (-1) or put in (1) at another."""
    *holder, last = changed
    depth = len(holder)
    if isinstance(last, int) and len(parts) > depth and parts[:depth] == tuple(holder):
        here = parts[depth]
        if isinstance(here, int) and here >= last:
            return (*parts[:depth], here + by, *parts[depth + 1 :])
    return parts
