"""People of the roster whom a statement names: what it cites is by them, or names them."""

from collections.abc import Iterator
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.roster import Known


def find_people(cited: Cited) -> Iterator[Fault]:
    """A fault for each person of the roster whom nothing of what is cited is by or names."""
    if not cited.own:
        return
    for known in cited.library.people:
        match = known.named.search(cited.statement.text)
        if match and not any(is_in(known, reading) for reading in cited.around):
            yield Fault("person", match.span(), partial(is_in, known))


def is_in(known: Known, reading: Reading) -> bool:
    """Whether somebody wrote a piece of evidence, or it names them."""
    return known.wrote(reading.item.author) or known.anywhere.search(reading.text) is not None
