"""Claims that are surer or wider than what is cited: a guess told as a fact, some told as all."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading, nowhere
from pmdraft.checks.clauses import sentences, sources_of
from pmdraft.checks.lexicon import pattern, tables
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

# Views that people held are told as such, and what is to be done is no claim.
_VIEWS = re.compile(
    r"(?:action_items|alternatives|disagreements|open_questions|review|title)\b.*|lessons\.\w+\[\d+\]\.lesson"
)
_HEADINGS = re.compile(r"timeline\[\d+\]\.event|impact\.services|detection\..*")
# "It seems to get worse - it had recovered" guesses in one part alone.
_PARTS = re.compile(
    r"\s[-–—]+\s|, (?:and|but|or) |, (?=maybe|perhaps|possibly)|[:：]\s?"
    r"|, (?=(?:i|we|they|it|he|she)\b(?!\W?(?:think|guess|suspect|believe|suppose|seem)))",
    re.IGNORECASE,
)
_CLOSE = 0.5
"""Share of a statement's words that a clause must have to be what it was made from."""


class _Scope(NamedTuple):
    claim: re.Pattern[str]
    allowed: re.Pattern[str]
    is_of_causes: bool


def find_certainty(cited: Cited) -> Iterator[Fault]:
    """A fault for what is stated where its source guesses, and for each claim wider than its evidence."""
    basis, text = cited.statement.basis, cited.statement.text
    if not cited.own or basis not in (Basis.STATED, Basis.HYPOTHESIS):
        return
    is_view = basis is Basis.HYPOTHESIS or _VIEWS.fullmatch(cited.path) is not None
    if (
        not is_view
        and not pattern("hedge").search(text)
        and not pattern("attributed").search(text)
        and not _HEADINGS.fullmatch(cited.path)
    ):
        yield from _told_as_fact(cited)
    for scope in _scopes():
        # A view may be one of the root cause.
        if not (is_view and scope.is_of_causes):
            yield from _too_wide(cited, scope)
    yield from _rounded_up(cited)


def _too_wide(cited: Cited, scope: _Scope) -> Iterator[Fault]:
    text = cited.statement.text
    match = scope.claim.search(text)
    if match is None:
        return
    sentence = next(text[start:end] for start, end in sentences(text) if end >= match.end())
    # "This was the root cause" points to what was said before it.
    words = terms_of(scope.claim.sub(" ", sentence)) or terms_of(text)
    if not any(_allows(scope, words, reading) for reading in cited.around):
        yield Fault("scope", match.span(), partial(_allows, scope, words))


def _told_as_fact(cited: Cited) -> Iterator[Fault]:
    sources = sources_of(cited)
    if not sources or sources[0].alike < _CLOSE:
        return
    best = [clause for clause in sources if clause.alike >= sources[0].alike - 0.1]
    words = terms_of(cited.statement.text)
    hedges = [pattern("hedge").search(_part_meant(clause.text, words)) for clause in best]
    if all(hedges):
        hedge = next(match[0].strip() for match in hedges if match)
        yield Fault("certainty", (0, len(cited.statement.text)), nowhere, {"hedge": hedge})


def _part_meant(clause: str, words: frozenset[str]) -> str:
    """The part of a clause that has most of the words."""
    return max(_PARTS.split(clause), key=lambda part: len(words & terms_of(part)))


def _rounded_up(cited: Cited) -> Iterator[Fault]:
    """A fault for "all" where the clause that it was made from has "almost all"."""
    text = cited.statement.text
    match = pattern("whole").search(text)
    if match is None or pattern("nearly").search(text):
        return
    sources = sources_of(cited)
    nearest = [clause for clause in sources if clause.alike >= max(_CLOSE, sources[0].alike - 0.1)]
    if nearest and all(pattern("nearly").search(clause.text) for clause in nearest):
        yield Fault("scope", match.span(), nowhere)


def _allows(scope: _Scope, words: frozenset[str], reading: Reading) -> bool:
    """Whether a piece of evidence makes as wide a claim of the same thing; in the other language, of anything."""
    if not scope.allowed.search(reading.normal):
        return False
    if not words or not words & terms_of(reading.normal):
        return True
    parts = (reading.normal[start:end] for start, end in sentences(reading.normal))
    return any(scope.allowed.search(part) and words & terms_of(part) for part in parts)


@cache
def _scopes() -> tuple[_Scope, ...]:
    return tuple(
        _Scope(
            re.compile(table["claim"], re.IGNORECASE), re.compile(table["allowed"], re.IGNORECASE), "of_causes" in table
        )
        for table in tables("scope")
    )
