"""Citations of nothing, and of the wrong thing."""

import re
from collections.abc import Iterator
from random import Random

from evals.mutations.mutant import Mutant, Place
from pmdraft.checks.amounts import holds
from pmdraft.checks.cited import Library
from pmdraft.checks.figures import figures
from pmdraft.evidence import Evidence
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_PART = re.compile(r"timeline\[\d+\]\.\w+|action_items\[\d+\]\.(?:owner|due|issue)")


def invented(place: Place, random: Random) -> Iterator[Mutant]:
    """One of the ids made one that does not exist."""
    cited = list(place.statement.evidence)
    if cited:
        known = place.draft.incident.by_id()
        at = random.randrange(len(cited))
        letter = cited[at][0]
        cited[at] = next(name for name in iter(lambda: f"{letter}{random.randint(1, 9999)}", "") if name not in known)
        yield Mutant("citation invented", place, place.statement.model_copy(update={"evidence": tuple(cited)}))


def moved(place: Place, random: Random) -> Iterator[Mutant]:
    """All of them made one piece of other evidence; the quotations go, as a model would quote what it cites.

    Not of proposals: what nobody said may be moved by any evidence. And not to evidence that says the same.
    """
    others = [item for item in place.draft.incident.evidence if item.id not in place.statement.evidence]
    if place.statement.evidence and others and place.statement.basis is not Basis.PROPOSED:
        other = random.choice(others)
        if not says_the_same(other, place):
            changed = {"evidence": (other.id,), "quotes": ()}
            yield Mutant("citation moved", place, place.statement.model_copy(update=changed))


def says_the_same(item: Evidence, place: Place) -> bool:
    """Whether one piece of evidence holds all that a statement says, so that it may be cited as well.

    That is every figure, every name and every content word of the statement, in that item by itself: an alert that was
    acknowledged repeats what it was fired for. An owner, a date, an issue and a row of the timeline belong to one
    action or one moment, whatever else says the same.
    """
    if _PART.fullmatch(place.path):
        return False
    text = place.statement.text
    reading = Library(place.draft.incident)[item.id]
    words = {word for word in terms_of(text) if not word[0].isdigit()}
    has_figures = all(holds(figure, reading) for figure in figures(text))
    return bool(words) and has_figures and words <= terms_of(reading.text)
