"""The measured shares as a table for a terminal and as data."""

from collections.abc import Iterator
from typing import Any

from evals.mutations.measure import Measured
from evals.score import wilson

_OWED = ("number", "time", "name", "host", "service", "version", "id", "citation invented", "citation moved")
FLOORS = dict.fromkeys(_OWED, 0.99)
"""The share of each kind that must be found in each language; the other kinds are reported as they are."""
MOST_ALARMS = 0.02
"""The share of statements of correct drafts that may be flagged, in each language."""
_ALL = "all"

Shares = dict[str, dict[str, tuple[int, int]]]


def detection(measured: Measured) -> Shares:
    """How many mutants were found of how many, by kind and language."""
    counted: Shares = {}
    for mutant, found in measured.outcomes:
        for language in (mutant.place.draft.language.value, _ALL):
            hits, of = counted.setdefault(mutant.kind, {}).get(language, (0, 0))
            counted[mutant.kind][language] = (hits + bool(found), of + 1)
    return counted


def false_alarms(measured: Measured) -> Shares:
    """How many statements of correct drafts were flagged of how many, by draft and language."""
    counted: Shares = {_ALL: {}}
    for (name, language), of in measured.clean.items():
        hits = sum(place.draft.name == name and place.draft.language == language for place, _ in measured.alarms)
        for row, column in ((name, language), (_ALL, language), (_ALL, _ALL)):
            before = counted.setdefault(row, {}).get(column, (0, 0))
            counted[row][column] = (before[0] + hits, before[1] + of)
    return counted


def table(measured: Measured) -> Iterator[str]:
    """The report's lines."""
    yield f"{len(measured.outcomes)} mutants of {len(measured.clean)} drafts; found, with the 95 % interval"
    yield from _rows(detection(measured))
    yield ""
    yield "statements of correct drafts that were flagged"
    yield from _rows(false_alarms(measured))


def below(measured: Measured) -> list[str]:
    """What is owed and not reached."""
    found, flagged = detection(measured), false_alarms(measured)[_ALL]
    lines = [
        f"{kind}, {language}: {hits} of {of}, owed {floor:.0%}"
        for kind, floor in FLOORS.items()
        for language, (hits, of) in found.get(kind, {}).items()
        if hits < floor * of
    ]
    lines += [
        f"false alarms, {language}: {hits} of {of}, at most {MOST_ALARMS:.0%}"
        for language, (hits, of) in flagged.items()
        if hits > MOST_ALARMS * of
    ]
    return lines


def alarms(measured: Measured) -> Iterator[str]:
    """The flagged statements of correct drafts, each with what was found."""
    for place, findings in measured.alarms:
        told = "; ".join(f"{finding.rule}: {finding.message}" for finding in findings)
        yield f"{place.draft.name} {place.path} {place.statement.text} — {told}"


def missed(measured: Measured, kind: str) -> Iterator[str]:
    """The mutants of a kind that nothing was found in, each with the statement as it was."""
    for mutant, found in measured.outcomes:
        if mutant.kind == kind and not found:
            place = mutant.place
            cited = ", ".join(mutant.statement.evidence)
            yield f"{place.draft.name} {place.path} {place.statement.text} → {mutant.statement.text} [{cited}]"


def as_data(measured: Measured) -> dict[str, Any]:
    """The same as data."""
    return {
        "mutants": len(measured.outcomes),
        "detection": _as_data(detection(measured)),
        "false_alarms": _as_data(false_alarms(measured)),
        "rules_of_false_alarms": sorted({finding.rule for _, findings in measured.alarms for finding in findings}),
    }


def _as_data(shares: Shares) -> dict[str, dict[str, dict[str, int]]]:
    return {
        row: {column: {"hits": hits, "of": of} for column, (hits, of) in columns.items()}
        for row, columns in shares.items()
    }


def _rows(shares: Shares) -> Iterator[str]:
    columns = sorted({column for row in shares.values() for column in row})
    yield f"  {'':<26}" + "".join(f"{column:<30}" for column in columns)
    for name, row in sorted(shares.items()):
        yield f"  {name:<26}" + "".join(f"{_told(row.get(column)):<30}" for column in columns).rstrip()


def _told(share: tuple[int, int] | None) -> str:
    if share is None or not share[1]:
        return "–"
    low, high = wilson(*share)
    return f"{share[0]}/{share[1]} {share[0] / share[1]:.1%} ({low:.0%}–{high:.0%})"
