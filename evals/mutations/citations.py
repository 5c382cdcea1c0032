"""Citations of nothing, and of the wrong thing."""

from collections.abc import Iterator
from random import Random

from evals.mutations.mutant import Mutant, Place
from pmdraft.statement import Basis


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

    Not of proposals: what nobody said may be moved by any evidence.
    """
    others = [item.id for item in place.draft.incident.evidence if item.id not in place.statement.evidence]
    if place.statement.evidence and others and place.statement.basis is not Basis.PROPOSED:
        changed = {"evidence": (random.choice(others),), "quotes": ()}
        yield Mutant("citation moved", place, place.statement.model_copy(update=changed))
