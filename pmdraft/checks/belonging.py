"""Parts of a whole that cite something else: an owner whom the action's messages do not give, a row of another time."""

from collections.abc import Iterator
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading


def find_belonging(cited: Cited) -> Iterator[Fault]:
    """A fault if a part of a row or of an action cites nothing of what the whole rests on."""
    whole, own = cited.whole, {reading.item.id for reading in cited.own}
    if whole is None or not own or own & set(whole.evidence):
        return
    if whole.clock is None or not any(whole.clock in reading.held.clocks for reading in cited.own):
        by = ", ".join(whole.evidence)
        yield Fault("part", (0, len(cited.statement.text)), partial(_is_of, whole.evidence), {"whole": by})


def _is_of(evidence: tuple[str, ...], reading: Reading) -> bool:
    return reading.item.id in evidence
