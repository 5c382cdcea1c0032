"""A sentence that has not one word of what it cites, or mostly words that nobody ever wrote.

Other than the share of words, of which a sentence that sums up may have little, having none at
all is telling even in a short sentence, and in one sentence of several.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading, nowhere
from pmdraft.checks.clauses import sentences
from pmdraft.checks.figures import figures
from pmdraft.checks.glossary import concepts
from pmdraft.checks.vocabulary import Unit, units_of
from pmdraft.language import language_of_text
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_IN_WORDS_OF_ITS_OWN = (".event", ".lesson", "title")
"""Headings and conclusions: they are told only where the whole channel has hardly a word of theirs."""
_MANY = 4
_SEVERAL = 2


class _Counted(NamedTuple):
    """The content words of a sentence: how many, how many that are cited, how many that the channel has at all."""

    words: int
    held: int
    known: int


def find_apart(cited: Cited) -> Iterator[Fault]:
    """A fault for the first sentence whose words are not of what is cited, nor of what stands beside it."""
    if not cited.own or cited.statement.basis is Basis.PROPOSED or cited.path.endswith(".owner"):
        return
    text = cited.statement.text
    own = (reading.item.text for reading in cited.own)
    is_foreign = any(language_of_text(text) is not language_of_text(other) for other in own)
    is_free = cited.path.endswith(_IN_WORDS_OF_ITS_OWN)
    for start, end in sentences(text):
        # Figures speak for a sentence too: they are looked up by themselves.
        if figures(text[start:end]):
            continue
        counted = _counted(cited, text[start:end], is_foreign=is_foreign)
        if counted.words and (_is_unheard_of(counted) if is_free else _is_apart(counted, is_foreign=is_foreign)):
            share = f"{counted.held / counted.words:.0%}"
            yield Fault("content", (start, end), nowhere, {"share": share})
            return


def _counted(cited: Cited, text: str, *, is_foreign: bool) -> _Counted:
    vocabulary = cited.library.vocabulary
    units = units_of(text, vocabulary, is_foreign=is_foreign)
    beside = terms_of(cited.beside)
    held = _held(cited.around, units, cited) | {unit for unit in units if unit & beside}
    if not held:
        held = _held(cited.around, set(concepts(text)), cited) or _held(cited.threads, units, cited)
    known = sum(any(vocabulary.knows(word) for word in unit) for unit in units)
    return _Counted(len(units), len(held), known)


def _held(readings: tuple[Reading, ...], units: set[Unit], cited: Cited) -> set[Unit]:
    words = frozenset[str]().union(*(cited.library.vocabulary.of(reading.item) for reading in readings))
    return {unit for unit in units if unit & words}


def _is_apart(counted: _Counted, *, is_foreign: bool) -> bool:
    if not counted.held:
        # One word may well be translated in another way.
        return counted.words >= (_SEVERAL if is_foreign else 1)
    # What is translated is in words that the channel does not have.
    return not is_foreign and counted.words >= _MANY and counted.held <= counted.words / 3 and _is_new(counted)


def _is_unheard_of(counted: _Counted) -> bool:
    least = _MANY + (counted.known > 0)
    return counted.words >= least and counted.held == 0 and _is_new(counted)


def _is_new(counted: _Counted) -> bool:
    """Whether at least half of the words are nowhere in the channel."""
    return counted.known <= counted.words / 2
