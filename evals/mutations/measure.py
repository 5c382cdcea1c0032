"""What the checks make of each mutant, and of the statements as they were."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from evals.mutations import citations, figures, names, wording
from evals.mutations.corpus import Correct
from evals.mutations.mutant import Mutant, Mutator, Place
from pmdraft.checks.citations import find_citations
from pmdraft.checks.grounding import Grounding
from pmdraft.findings import Finding, Level
from pmdraft.statement import Statement

MUTATORS: tuple[Mutator, ...] = (
    figures.numbers,
    figures.units,
    figures.times,
    figures.dates,
    figures.durations,
    names.people,
    names.hosts,
    names.services,
    names.versions,
    names.identifiers,
    citations.invented,
    citations.moved,
    wording.negation,
    wording.certainty,
    wording.invented,
    wording.causes,
    wording.contraries,
)


class Outcome(NamedTuple):
    """A mutant, and whether anything was found in it that was not in the statement as it was."""

    mutant: Mutant
    found: tuple[str, ...]
    """Rules of the new findings."""


class Alarm(NamedTuple):
    """A statement of a correct draft with something found in it."""

    place: Place
    findings: tuple[Finding, ...]


class Measured(NamedTuple):
    """All that was measured."""

    outcomes: list[Outcome]
    alarms: list[Alarm]
    clean: dict[tuple[str, str], int]
    """How many statements of correct drafts were checked, by draft and language."""


def measure(drafts: Iterable[Correct], *, seed: int, most: int | None = None) -> Measured:
    """Corrupt each draft and check the result.

    Args:
        drafts: the correct drafts.
        seed: of the choice of corruptions; the same seed gives the same mutants.
        most: how many mutants of each kind to take of one draft; None for all.
    """
    measured = Measured([], [], {})
    for draft in drafts:
        checker = _Checker(draft)
        places = [Place(draft, path, statement) for path, statement in draft.checked()]
        measured.clean[draft.name, draft.language.value] = len(places)
        measured.alarms.extend(
            Alarm(place, tuple(found)) for place in places if (found := checker.findings(place.path, place.statement))
        )
        random = Random(f"{seed} {draft.name} {draft.language}")  # noqa: S311 - of examples, not of secrets
        citing = [place for place in places if place.statement.evidence]
        for mutant in _mutants(citing, random, most):
            before = {(f.rule, f.message) for f in checker.findings(mutant.place.path, mutant.place.statement)}
            after = checker.findings(mutant.place.path, mutant.statement)
            new = tuple(f.rule for f in after if (f.rule, f.message) not in before)
            measured.outcomes.append(Outcome(mutant, new))
    return measured


def _mutants(places: Sequence[Place], random: Random, most: int | None) -> Iterator[Mutant]:
    for mutate in MUTATORS:
        seen: set[tuple[str, Statement]] = set()
        made = []
        for mutant in (mutant for place in places for mutant in mutate(place, random)):
            # The same sentence stands in several places of a draft; it counts once.
            key = (mutant.kind, mutant.statement)
            if key not in seen:
                seen.add(key)
                made.append(mutant)
        yield from made if most is None or len(made) <= most else random.sample(made, most)


class _Checker:
    """The checks of one draft's statements, one at a time."""

    def __init__(self, draft: Correct) -> None:
        self._draft = draft
        self._known = draft.incident.by_id()
        self._grounding = Grounding(draft.postmortem, draft.incident, draft.language)

    def findings(self, path: str, statement: Statement) -> list[Finding]:
        """What is worse than a note."""
        found = [
            *find_citations(path, statement, self._known, self._draft.language),
            *self._grounding.findings(path, statement),
        ]
        return [finding for finding in found if finding.level is not Level.INFO]
