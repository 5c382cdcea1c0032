"""A predicate of a sentence, in either language."""

from typing import NamedTuple


class Predicate(NamedTuple):
    """What a part of a sentence says, and whether it denies it."""

    stem: str
    """What stays in all its forms: of a verb, of what something is, or of what there is."""
    denied: bool
    beside: frozenset[str]
    """The content words of its part of the sentence."""
    span: tuple[int, int]
    part: tuple[int, int]
    """Where the part of the sentence stands that it belongs to."""
