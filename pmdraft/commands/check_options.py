"""What one can say to `pmdraft check`, and the plain lines of it that are read without loading typer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pmdraft.language import Language


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    RDJSON = "rdjson"


class InputFormat(StrEnum):
    """What the files hold."""

    MARKDOWN = "markdown"
    JSONL = "jsonl"


class FailOn(StrEnum):
    """From which level on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a user said on the command line; see `check` for each."""

    files: tuple[str, ...]
    people: tuple[str, ...] = ()
    output: Format = Format.TEXT
    input_format: InputFormat = InputFormat.MARKDOWN
    fail_on: FailOn | None = None
    rules: tuple[Path, ...] = ()
    disable: tuple[str, ...] = ()
    baseline: Path | None = None
    write_baseline: Path | None = None
    explain: str | None = None
    suggest: bool = False
    fix: bool = False
    language: Language | None = None
    model: str | None = None
    base_url: str | None = None
    record: Path | None = None
    replay: Path | None = None


def plain_options(arguments: Sequence[str]) -> CheckOptions | None:
    """The options of a plain `check FILE… --format json`, as hooks and editors write it; None for any other line.

    typer takes longer to load than one file to check. Whatever is not plain, and whatever is wrong, is left to it.
    """
    if not arguments or arguments[0] != "check":
        return None
    files: list[str] = []
    given: dict[str, Any] = {}
    left = list(reversed(arguments[1:]))
    while left:
        argument = left.pop()
        if argument == "--suggest":
            given["suggest"] = True
        elif argument == "--people" and left:
            given["people"] = (*given.get("people", ()), left.pop())
        elif argument in _PLAIN and left:
            name, kind = _PLAIN[argument]
            value = left.pop()
            if name in given or value not in set(kind):
                return None
            given[name] = kind(value)
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            files.append(argument)
    return CheckOptions(files=tuple(files), **given) if files else None


_PLAIN: dict[str, tuple[str, type[StrEnum]]] = {
    "--format": ("output", Format),
    "--input-format": ("input_format", InputFormat),
    "--fail-on": ("fail_on", FailOn),
    "--language": ("language", Language),
}
