"""Guesses that were refuted, kept as a cause all the same."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice, pairwise

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.clauses import clauses
from pmdraft.checks.lexicon import pattern
from pmdraft.evidence import Evidence
from pmdraft.likeness import terms_of

CAUSES = re.compile(r"five_whys\.(?:whys\[\d+\]\.answer|root_cause)|contributing_factors\[\d+\]|summary\.root_cause")
_ALIKE = 0.7
_SHARED = 2
_NOT_IT = re.compile(
    r"(?:原因|要因|せい)(?:では|じゃ)な(?!いか)|(?:では|じゃ)な(?:い|かった)。?$"
    r"|(?:\bnot|n['’]t)\s+(?:\w+\s+){0,3}(?:causes?|culprit|reason|to blame)\b",
    re.IGNORECASE,
)
_RARE = 0.06
"""The share of all evidence that may have a word, for it to tell what a refutation is about."""
_AFTER = 400
"""How many later pieces of evidence are looked at."""


def find_refuted(cited: Cited) -> Iterator[Fault]:
    """A fault for a cause that the draft itself tells as ruled out, or that a later message refutes."""
    if not cited.own or not CAUSES.fullmatch(cited.path):
        return
    whole = (0, len(cited.statement.text))
    for other in cited.ruled_out:
        if _is_same(cited, other.text, other.evidence):
            yield Fault("refuted", whole, partial(_is, other.by), {"by": ", ".join(other.by)})
            return
    if by := _refutation(cited):
        yield Fault("refuted", whole, partial(_is, (by,)), {"by": by})


def _is_same(cited: Cited, text: str, evidence: Iterable[str]) -> bool:
    # "It is not the certificate" was ruled out: then it is.
    if _NOT_IT.search(text):
        return False
    mine, theirs = terms_of(cited.statement.text), terms_of(text)
    shared = len(mine & theirs)
    is_alike = shared >= _SHARED and shared >= _ALIKE * min(len(mine), len(theirs))
    return set(cited.statement.evidence) <= set(evidence) or is_alike


def _refutation(cited: Cited) -> str | None:
    """Id of a later message that refutes what is cited, where all of that is guesses."""
    guesses = [reading.item for reading in cited.own]
    if not all(pattern("hedge").search(item.text) or item.text.rstrip().endswith(("?", "？")) for item in guesses):
        return None
    last = max(guesses, key=lambda item: item.at)
    later = islice((reading for reading in cited.library if reading.item.at > last.at), _AFTER)
    return next((reading.item.id for reading in later if _refutes(reading.item, last, cited)), None)


def _refutes(item: Evidence, guess: Evidence, cited: Cited) -> bool:
    if not item.source.is_chat or not pattern("refuted").search(item.text):
        return False
    if guess.id in (item.thread, guess.thread) and item.thread is not None and item.thread in (guess.id, guess.thread):
        return True
    known = terms_of(cited.statement.text) & terms_of(guess.text) & terms_of(_verdict(item.text))
    return any(cited.library.vocabulary.is_rare(word, _RARE) for word in known)


def _verdict(text: str) -> str:
    """The clauses of a message that drop a guess, each with the one before, which may name it; questions drop none."""
    parts = ["", *clauses(text)]
    return " ".join(
        f"{before} {part}"
        for before, part in pairwise(parts)
        if pattern("refuted").search(part) and not part.rstrip().endswith(("?", "？"))
    )


def _is(names: Iterable[str], reading: Reading) -> bool:
    return reading.item.id in names
