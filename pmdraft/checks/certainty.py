"""Claims that are surer or wider than what is cited: a guess told as a fact, some told as all."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.clauses import sources_of
from pmdraft.checks.lexicon import pattern, tables
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

# Views that people held are told as such, and what is to be done is no claim.
_VIEWS = re.compile(
    r"(?:action_items|alternatives|disagreements|open_questions|review|title)\b.*|lessons\.\w+\[\d+\]\.lesson"
)
_HEADINGS = re.compile(r"timeline\[\d+\]\.event|impact\.services|detection\..*")
# "It seems to get worse - it had recovered" guesses in one part alone.
_PARTS = re.compile(r"\s[-–—]+\s|, (?:and|but|or) |[:：]\s?")
_CLOSE = 0.5
"""Share of a statement's words that a clause must have to be what it was made from."""


class _Scope(NamedTuple):
    claim: re.Pattern[str]
    allowed: re.Pattern[str]


def find_certainty(cited: Cited) -> Iterator[Fault]:
    """A fault for what is stated where its source guesses, and for each claim wider than its evidence."""
    if not cited.own or cited.statement.basis is not Basis.STATED or _VIEWS.fullmatch(cited.path):
        return
    text = cited.statement.text
    if (
        not pattern("hedge").search(text)
        and not pattern("attributed").search(text)
        and not _HEADINGS.fullmatch(cited.path)
    ):
        yield from _told_as_fact(cited)
    for scope in _scopes():
        match = scope.claim.search(text)
        if match and not any(_allows(scope, reading) for reading in cited.around):
            yield Fault("scope", match.span(), partial(_allows, scope))


def _told_as_fact(cited: Cited) -> Iterator[Fault]:
    sources = sources_of(cited)
    if not sources or sources[0].alike < _CLOSE:
        return
    best = [clause for clause in sources if clause.alike >= sources[0].alike - 0.1]
    words = terms_of(cited.statement.text)
    hedges = [pattern("hedge").search(_part_meant(clause.text, words)) for clause in best]
    if all(hedges):
        hedge = next(match[0].strip() for match in hedges if match)
        yield Fault("certainty", (0, len(cited.statement.text)), _nowhere, {"hedge": hedge})


def _part_meant(clause: str, words: frozenset[str]) -> str:
    """The part of a clause that has most of the words."""
    return max(_PARTS.split(clause), key=lambda part: len(words & terms_of(part)))


def _allows(scope: _Scope, reading: Reading) -> bool:
    return scope.allowed.search(reading.normal) is not None


def _nowhere(_: Reading) -> bool:
    return False


@cache
def _scopes() -> tuple[_Scope, ...]:
    compiled = ({name: re.compile(text, re.IGNORECASE) for name, text in table.items()} for table in tables("scope"))
    return tuple(_Scope(table["claim"], table["allowed"]) for table in compiled)
