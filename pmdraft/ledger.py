"""What did not make it into the draft as it was given, and why: nothing is dropped in silence."""

from pmdraft.records import Line, Record


class Rejected(Record):
    """Something that a model said and the draft does not, or not so."""

    part: str
    """Part of the draft that it was meant for."""
    text: Line
    reason: str
    evidence: tuple[str, ...] = ()
    """What it cited."""
