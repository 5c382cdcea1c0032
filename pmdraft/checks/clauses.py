"""Texts in clauses, and the clause of what is cited that a statement was made from."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Reading
from pmdraft.likeness import terms_of

_END = re.compile(
    r"[。！？\n；]+|[!?;]+(?=\s|$|[ぁ-んァ-ヶ一-龥])|\.(?=\s|$)|,? (?:so|but|though|although|because|since) |(?<=[ですまたい])(?:けど|が|ので|のに|から)、?|…+"
)
# A stop that ends a sentence, and not the one of "v2.3" or "e.g. this".
_STOP = re.compile(r"[。！？\n]+|(?<=[^\s.])[.!?]+[\"”’)]?(?=\s+[^a-z\s]|\s*$)")
_PART = re.compile(
    # "Impact: none" is one part.
    r"[。、；;！？\n]+|[：:](?!\s*(?:none|nil|zero|no|なし|無し)\b)|,\s|[.!?](?=\s|$)| (?:and|but|while|which|that|as|so|because|when|where|although|though) "
)
_MOST = 4000
"""Letters of one piece of evidence that are read; what people say is shorter."""


class Clause(NamedTuple):
    """A part of a piece of evidence that says one thing."""

    reading: Reading
    text: str
    """With the mark that ends it."""
    alike: float
    """The share of the statement's content words that it has."""


def clauses(text: str) -> Iterator[str]:
    """The clauses of a text, each with the mark that ends it: a question mark tells."""
    start = 0
    for match in _END.finditer(text[:_MOST]):
        if text[start : match.end()].strip():
            yield text[start : match.end()]
        start = match.end()
    if text[start:_MOST].strip():
        yield text[start:_MOST]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text starts and ends."""
    start = 0
    for end in (*(match.end() for match in _STOP.finditer(text)), len(text)):
        if words := text[start:end].strip():
            first = text.index(words, start)
            yield first, first + len(words)
        start = end


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Where each part of a text starts and ends that may have a predicate of its own: they are finer than clauses."""
    start = 0
    for end in (*(match.end() for match in _PART.finditer(text)), len(text)):
        if text[start:end].strip():
            yield start, end
        start = end


def sources_of(cited: Cited) -> list[Clause]:
    """The clauses of what is cited that share content words with the statement, the most alike first."""
    words = terms_of(cited.statement.text)
    found = []
    for reading in cited.own:
        for text in clauses(reading.item.text):
            shared = len(words & terms_of(text))
            if shared:
                found.append(Clause(reading, text, shared / len(words)))
    return sorted(found, key=lambda clause: -clause.alike)
