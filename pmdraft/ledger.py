"""What did not make it into the draft as it was given, and why: nothing is dropped in silence."""

from pydantic import JsonValue

from pmdraft.records import Line, Record


class Rejected(Record):
    """Something that a model said and the draft does not, or not so."""

    part: str
    """Part of the draft that it was meant for."""
    text: Line
    reason: str
    evidence: tuple[str, ...] = ()
    """What it cited."""
    nearest: str | None = None
    """Id of the evidence that comes nearest to what was said, where that was looked for."""
    id: str | None = None
    """Id by which it can be taken back, such as `R1`; None if it cannot."""
    path: str | None = None
    """Where it stood in the draft, such as `went_well[2]`."""
    piece: JsonValue = None
    """What stood there, whole."""
