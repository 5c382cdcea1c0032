"""The scores of all systems on all cases, as a table for a terminal and as data."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evals.score import Score, total, wilson

THRESHOLDS = Path(__file__).parent / "thresholds.toml"
BRIEF = (
    "event recall",
    "fact recall",
    "cause recall",
    "wrong things told",
    "judged beyond the evidence",
    "invented figures or names",
    "owners and dates",
)
"""Measures that are told of each draft in one line."""
_NEITHER = {"facts judged", "statements told as fact"}
"""Measures of which neither more nor less is better."""
SYSTEMS = ("pmdraft", "one prompt", "outline")


class Row(NamedTuple):
    """The scores of one system on one case."""

    case: str
    language: str
    system: str
    scores: tuple[Score, ...]


class Floor(NamedTuple):
    """A floor that was not held."""

    language: str
    measure: str
    value: float
    wanted: float


def totals(rows: Iterable[Row]) -> dict[str, dict[str, Score]]:
    """Every measure over several drafts, by system."""
    gathered: dict[str, dict[str, list[Score]]] = {}
    for row in rows:
        for score in row.scores:
            gathered.setdefault(row.system, {}).setdefault(score.measure, []).append(score)
    return {
        system: {measure: total(scores) for measure, scores in measures.items()}
        for system, measures in gathered.items()
    }


def below(rows: list[Row], path: Path = THRESHOLDS) -> list[Floor]:
    """The floors that pmdraft's drafts do not hold."""
    floors: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    missed = []
    for language, wanted in floors.items():
        measures = totals(row for row in rows if row.language == language).get("pmdraft", {})
        for measure, floor in wanted.items():
            score = measures.get(measure)
            value = score.value if score else None
            if score is None or value is None or (value < floor if score.good else value > floor):
                missed.append(Floor(language, measure, float("nan") if value is None else value, floor))
    return missed


def table(rows: list[Row]) -> Iterator[str]:
    """The report's lines: totals by language and over all, then each case's reasons."""
    for title, chosen in _parts(rows):
        found = totals(chosen)
        systems = [system for system in SYSTEMS if system in found]
        yield f"== {title}: {len({row.case for row in chosen})} cases"
        yield f"  {'measure':<34}" + "".join(f"{system:<30}" for system in systems)
        for measure in dict.fromkeys(measure for system in systems for measure in found[system]):
            cells = [_cell(found[system].get(measure)) for system in systems]
            yield f"  {measure:<34}" + "".join(f"{cell:<30}" for cell in cells)
        yield ""
    yield from _each(rows)
    yield "== reasons"
    for row in rows:
        for score in row.scores:
            if score.reason:
                yield f"  {row.case} / {row.system} / {score.measure} {_short(score)}: {score.reason}"


def _each(rows: list[Row]) -> Iterator[str]:
    """A line a draft, with the measures that tell most."""
    yield "== each draft: " + ", ".join(BRIEF)
    for row in rows:
        yield f"  {row.case:<30}{row.system:<12}" + "".join(f"{cell:>8}" for cell in brief(row))
    yield ""


def brief(row: Row) -> list[str]:
    """Its scores of the measures in `BRIEF`, so many of so many."""
    found = {score.measure: score for score in row.scores}
    return [_short(found[name]) if name in found and found[name].of else "–" for name in BRIEF]


def losses(rows: list[Row]) -> Iterator[str]:
    """Where a baseline does better than pmdraft, over all cases."""
    found = totals(rows)
    ours = found.get("pmdraft", {})
    for system in SYSTEMS[1:]:
        for measure, score in found.get(system, {}).items():
            mine = ours.get(measure)
            if mine is None or mine.value is None or score.value is None or score.plain or measure in _NEITHER:
                continue
            if (score.value > mine.value) if score.good else (score.value < mine.value):
                yield f"  {system} does better in {measure}: {score.value:.3f} against {mine.value:.3f}"


def as_data(rows: list[Row]) -> dict[str, Any]:
    """The whole report as plain data."""
    return {
        "totals": {
            title: {
                system: {measure: _data(score) for measure, score in measures.items()}
                for system, measures in totals(chosen).items()
            }
            for title, chosen in _parts(rows)
        },
        "cases": [
            {
                "case": row.case,
                "language": row.language,
                "system": row.system,
                "scores": {score.measure: _data(score) for score in row.scores},
            }
            for row in rows
        ],
    }


def _parts(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    yield "all", rows
    for language in sorted({row.language for row in rows}):
        yield language, [row for row in rows if row.language == language]


def _data(score: Score) -> dict[str, Any]:
    low, high = (None, None) if score.plain else wilson(score.hits, score.of)
    return {"value": score.value, "hits": score.hits, "of": score.of, "low": low, "high": high, "reason": score.reason}


def _cell(score: Score | None) -> str:
    if score is None or score.value is None:
        return "–"
    if score.plain:
        return f"{score.value:,.1f} each"
    low, high = wilson(score.hits, score.of)
    return f"{score.value:.3f} [{low:.2f}, {high:.2f}] {score.hits:.0f}/{score.of:.0f}"


def _short(score: Score) -> str:
    return f"{score.hits:g}" if score.plain else f"{score.hits:g}/{score.of:g}"
