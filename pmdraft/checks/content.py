"""Whether enough of a statement's content words come from what it cites.

A sentence that nothing was said of, and a citation of the wrong message, look alike: the
words are not there. Words that are rare in the incident weigh more. Where statement and
evidence are in two languages, only what both can hold is compared: names, and words whose
translation is known.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from pmdraft.checks.amounts import find_figures, holds
from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import figures
from pmdraft.checks.glossary import concepts
from pmdraft.checks.vocabulary import units_of
from pmdraft.evidence import Evidence
from pmdraft.language import language_of_text
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_LEAST_SHARE = 0.25
"""Of the weight of a statement's words, what must come from what it cites."""
_LEAST_GAP = 0.25
"""How much more other evidence must hold before it counts as the one that was meant."""
_WIDE_GAP = 0.5
_NOWHERE = 0.12
_ENOUGH = 0.6
"""A share of the words, unweighted, that needs no closer look."""
_HALF = 0.5
_NEARLY_ALL = 0.8
"""What other evidence must hold to be the one that was meant, where what is cited holds less than half."""
_HARDLY = 0.05
_CAUSES = re.compile(r"five_whys\.(?:whys\[\d+\]\.answer|root_cause)|contributing_factors|summary\.root_cause")
_MANY = 4
_MANY_ABROAD = 7
"""Few words have a translation that the checks know, and there are many ways to translate."""
_FEW = 2
"""How many words a statement must have to be judged."""


def find_content(cited: Cited) -> Iterator[Fault]:
    """A fault if hardly any of the statement's words are in what it cites."""
    statement, vocabulary = cited.statement, cited.library.vocabulary
    # What an owner takes on is in the action, which is looked at by itself.
    if not cited.own or cited.path.endswith(".owner"):
        return
    items = [reading.item for reading in cited.around]
    text = f"{statement.text} {cited.beside}"
    own = (reading.item.text for reading in cited.own)
    is_foreign = any(language_of_text(text) is not language_of_text(other) for other in own)
    units = units_of(text, vocabulary, is_foreign=is_foreign)
    channels = terms_of(" ".join(channel.name for channel in cited.library.incident.channels))
    # People are looked up by themselves; that somebody wrote both messages makes neither say what the other does.
    units = {unit for unit in units if unit.isdisjoint(channels | cited.library.named)}
    held = frozenset[str]().union(*(vocabulary.of(item) for item in items))
    # Where the words are few, figures that are there bear the sentence out.
    least = _FEW + is_foreign + bool(figures(statement.text))
    shared = sum(bool(unit & held) for unit in units)
    is_of_one_meaning = any(unit & held for unit in concepts(text))
    is_bare = not shared and not is_of_one_meaning and len(units) > is_foreign and not _tells_figures(statement.text)
    if (len(units) < least and not is_bare) or shared >= _ENOUGH * max(1, len(units)):
        return
    share = vocabulary.share(units, items)
    # A proposal is made of words of its own. It is told only where it clearly comes from other evidence.
    is_free = statement.basis is Basis.PROPOSED
    if is_free and is_foreign:
        return
    # Figures that are all there bear a sentence out that is in other words.
    if _is_borne_out_by_figures(cited):
        return
    threshold = _NOWHERE if is_free or is_foreign else _LEAST_SHARE
    is_moved = share.cited < threshold and share.best - share.cited >= (_WIDE_GAP if is_free else _LEAST_GAP)
    if not is_free and not is_foreign and len(units) >= _FEW:
        is_moved |= share.cited < _HALF and share.best >= _NEARLY_ALL
    is_cause = _CAUSES.match(cited.path) is not None and not is_foreign
    many = _FEW if is_cause else _MANY_ABROAD if is_foreign else _MANY
    # Conclusions are free in their words too; across the languages that leaves too little to go by.
    is_free_abroad = is_foreign and statement.basis is Basis.HYPOTHESIS
    is_nowhere = share.cited < _NOWHERE and len(units) >= many and not is_free and not is_free_abroad
    if is_moved or is_nowhere or (cited.beside and not is_free and _is_unheard_of(cited, items, is_foreign=is_foreign)):
        holder = share.best_id if is_moved else ""
        yield Fault("content", (0, len(statement.text)), partial(_is, holder), {"share": f"{share.cited:.0%}"})


def _tells_figures(text: str) -> bool:
    """Whether it has a figure that bears it out by being there."""
    return any(figure.is_telling for figure in figures(text))


def _is_borne_out_by_figures(cited: Cited) -> bool:
    """Whether what is cited has telling figures of it, or of the row that it heads, and lacks none."""
    told = [*figures(cited.statement.text), *figures(cited.beside)]
    there = [figure for figure in told if any(holds(figure, reading) for reading in cited.own)]
    if not any(figure.is_telling for figure in there) or next(find_figures(cited), None):
        return False
    return all(figure in there for figure in figures(cited.beside))


def _is_unheard_of(cited: Cited, items: Iterable[Evidence], *, is_foreign: bool) -> bool:
    """Whether a heading says what no evidence at all speaks of, whatever stands beside it."""
    vocabulary = cited.library.vocabulary
    units = units_of(cited.statement.text, vocabulary, is_foreign=is_foreign)
    share = vocabulary.share(units, items)
    return len(units) > _MANY and share.cited < _HARDLY and share.best < _LEAST_SHARE


def _is(name: str, reading: Reading) -> bool:
    return reading.item.id == name
