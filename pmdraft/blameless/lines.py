"""Labelled or loose sentences, one JSON object a line in and one a line out."""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from pmdraft.blameless.checking import Blame, check_markdown
from pmdraft.blameless.rules import Rule
from pmdraft.errors import InputError
from pmdraft.records import first_problem


class Line(BaseModel):
    """One text to check; whatever else the line holds is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: str | int
    text: str
    lang: str | None = None
    context: str | None = None
    """The section that the text stands in."""
    people: list[str] | None = None
    """The roster of its incident."""


def check_lines(
    lines: Iterable[str], *, origin: str, people: Iterable[str], rules: tuple[Rule, ...]
) -> Iterator[tuple[str, tuple[Blame, ...]]]:
    """Each line's answer as JSON, with its findings.

    Raises:
        InputError: a line is no JSON object with an id and a text.
    """
    names = tuple(people)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        asked = _read(line, f"{origin}:{number}")
        found = check_markdown(asked.text, people=(*names, *(asked.people or ())), context=asked.context, rules=rules)
        answer = {"id": asked.id, "findings": [blame.as_data() for blame in found]}
        yield json.dumps(answer, ensure_ascii=False) + "\n", found


def _read(line: str, where: str) -> Line:
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f'{where}: {first_problem(error)}; write one {{"id", "text"}} object a line') from error
