"""Whom an incident knows: names from an option, a file or a document's front matter."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmdraft.errors import InputError
from pmdraft.reading import read_text

if TYPE_CHECKING:
    from pmdraft.evidence import Person

_FRONT_MATTER = re.compile(r"\ufeff?---\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_PEOPLE = re.compile(
    r"^(?:people|roster|participants):[ \t]*(\[[^\]\n]*\]|[^\n]*)((?:\n[ \t]*-[ \t]+[^\n]+)*)", re.MULTILINE
)


def names_of(people: "Iterable[Person]") -> tuple[str, ...]:
    """Every way in which people are written, bots left out."""
    return tuple(name for person in people if not person.is_bot for name in (person.handle, *person.names) if name)


def names_from_option(value: str) -> tuple[str, ...]:
    """Names of one `--people` value: a file (JSON, or one name a line) or names with commas between.

    Raises:
        InputError: the file cannot be read, or its JSON names nobody.
    """
    path = Path(value)
    if path.suffix in {".json", ".txt"} or path.is_file():
        return _names_from_file(path)
    return tuple(name.strip() for name in value.split(",") if name.strip())


def names_from_front_matter(text: str) -> tuple[str, ...]:
    """Names under `people:` in a document's front matter."""
    front = _FRONT_MATTER.match(text)
    listed = _PEOPLE.search(front[1]) if front else None
    if not listed:
        return ()
    items = [*listed[1].strip("[]").split(","), *re.findall(r"-[ \t]+([^\n]+)", listed[2])]
    return tuple(name for item in items if (name := item.strip().strip("\"'")))


def names_beside(document: Path) -> tuple[str, ...]:
    """The people in the evidence of a draft, from the data that was written beside its Markdown.

    Whatever else has that name says nothing.
    """
    data = document.with_suffix(".json")
    if document.suffix != ".md" or not data.is_file():
        return ()
    try:
        draft = json.loads(read_text(data))
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(draft, dict) or not str(draft.get("format")).startswith("pmdraft-draft/"):
        return ()
    return tuple(_names_in(draft.get("people")))


def _names_from_file(path: Path) -> tuple[str, ...]:
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give a file of names or names with commas") from error
    if path.suffix != ".json":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    try:
        names = tuple(_names_in(json.loads(text)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error}); give a list of names or a Slack users.json") from error
    if not names:
        raise InputError(f"{path}: names nobody; give a list of names or a Slack users.json")
    return names


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, dict):
        if value.get("is_bot"):
            return
        for key in ("people", "handle", "name", "names", "real_name", "display_name", "profile"):
            yield from _names_in(value.get(key))
