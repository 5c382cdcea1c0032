"""One corruption of one statement."""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from evals.mutations.corpus import Correct
from pmdraft.statement import Statement


class Place(NamedTuple):
    """A statement of a correct draft."""

    draft: Correct
    path: str
    statement: Statement


class Mutant(NamedTuple):
    """A statement with one thing in it made wrong."""

    kind: str
    place: Place
    statement: Statement


Mutator = Callable[[Place, Random], Iterator[Mutant]]
"""Gives the corruptions of one statement, none if it holds nothing of the kind."""


def reworded(kind: str, place: Place, text: str) -> Iterator[Mutant]:
    """The mutant with another text, unless it is the same after all."""
    if text.strip() and text != place.statement.text:
        yield Mutant(kind, place, place.statement.model_copy(update={"text": text}))


def replaced(kind: str, place: Place, span: tuple[int, int], words: str) -> Iterator[Mutant]:
    """The mutant with other words at one place."""
    text = place.statement.text
    yield from reworded(kind, place, text[: span[0]] + words + text[span[1] :])
