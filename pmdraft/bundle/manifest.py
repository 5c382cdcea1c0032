"""What a bundle says of the run that it holds."""

from typing import Literal

from pydantic import AwareDatetime

from pmdraft.records import Line, Record
from pmdraft.settings import Settings


class Input(Record):
    """A file that the run read."""

    name: Line
    """Its name, without the folders that it lay in."""
    sha256: str
    size: int
    """Bytes."""


class Reading(Record):
    """The stretch of time that was read, to read the same one again."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class Manifest(Record):
    """`bundle.json`."""

    format: Literal["pmdraft-bundle/1"] = "pmdraft-bundle/1"
    pmdraft: Line
    """Version of pmdraft that made it."""
    versions: dict[str, Line]
    """Versions of Python and of the libraries that have a say in a draft's bytes."""
    model: Line | None
    """What answered; None for the outline drafter."""
    address: Line | None
    """Where it answered."""
    inputs: tuple[Input, ...]
    reading: Reading
    settings: Settings
    """The settings of the run, with what was decided in it: language and date."""
