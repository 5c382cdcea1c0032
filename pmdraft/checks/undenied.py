"""Denials that nothing of what is cited makes: "the pool was not exhausted" of "pool exhausted"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pmdraft.checks.cited import Cited, Fault, Reading, nowhere
from pmdraft.checks.clauses import clauses, parts
from pmdraft.checks.lexicon import pattern, tables
from pmdraft.language import Language, language_of_text
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_NEAR = 8
"""Letters around a denial that may be the word that is denied."""
_SHORT = 60
"""Letters of a message that says one thing, in however many clauses."""
_AFTER = 20
"""Letters after an English one, which has a subject before its verb: "no requests failed"."""
_KANA = re.compile("[ぁ-んァ-ヶ一-龥]")


def find_undenied(cited: Cited) -> Iterator[Fault]:
    """A fault for the first part of a statement that denies something where its source denies nothing.

    In the same language the clauses that share a word with that part are looked at, in the other all that is cited.
    """
    text = cited.statement.text
    if not cited.own or cited.statement.basis is Basis.PROPOSED or cited.path.endswith(".lesson"):
        return
    is_alone = cited.path.endswith(".event") or any(
        language_of_text(reading.item.text) is not language_of_text(text) for reading in cited.own
    )
    unsaid = pattern("unsaid").search(text)
    if unsaid and not any(pattern("says_unsaid").search(reading.normal) for reading in cited.around):
        yield Fault("denial", unsaid.span(), nowhere)
        return
    for start, end in parts(text):
        match = denial_in(text[start:end])
        if match is None or pattern("unrecorded").search(text, start, end) or text[:end].rstrip().endswith(("?", "？")):
            continue
        words = frozenset[str]() if is_alone else terms_of(text[start:end])
        if says_the_contrary(text[start:end], match, (reading.normal for reading in cited.own)):
            continue
        near = _NEAR if _KANA.search(text[start:end]) else _AFTER
        # "It did not fail" is not borne out by "it failed".
        is_double = (
            pattern("failing").search(text, start + match[0] - _NEAR, min(end, start + match[1] + near)) is not None
        )
        if not any(_denies(words, reading, is_double=is_double) for reading in cited.own):
            yield Fault("denial", (start + match[0], start + match[1]), nowhere)
            return


def denial_in(part: str) -> tuple[int, int] | None:
    """Where a part of a sentence denies something, by the language that it is in."""
    language = Language.JA if _KANA.search(part) else Language.EN
    idle = idle_in(part, "idle_denial", "own_denial")
    found = (match.span() for match in pattern(f"denial_{language.value}").finditer(part))
    return next((span for span in found if not overlaps(span, idle)), None)


def idle_in(text: str, *names: str) -> list[tuple[int, int]]:
    """Where a text has negative forms that deny nothing."""
    return [match.span() for name in names for match in pattern(name).finditer(text)]


def overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of a text shares letters with one of others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def says_the_contrary(part: str, denial: tuple[int, int], sources: Iterable[str]) -> bool:
    """Whether what a part of a sentence denies is told by its sources in a word of the contrary."""
    around = part[max(0, denial[0] - _NEAR) : denial[1] + _NEAR]
    contraries = [said for denied, said in _contraries() if denied.search(around)]
    return any(said.search(source) for said in contraries for source in sources)


@cache
def _contraries() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What may be denied, each with the words that say the contrary of it."""
    return tuple(
        (re.compile(table["denied"], re.IGNORECASE), re.compile(table["said"], re.IGNORECASE))
        for table in tables("told_by_contrary")
    )


def _denies(words: frozenset[str], reading: Reading, *, is_double: bool) -> bool:
    """Whether evidence denies anything, asks, or wants to add what is not there, where it speaks of these words."""
    told = [text for text in clauses(reading.normal) if words & terms_of(text)]
    if not told or len(reading.normal) <= _SHORT:
        told = [reading.normal]
    names = ("denial_ja", "denial_en") if is_double else ("denying", "remedy")
    return any(pattern(name).search(text) for text in told for name in names)
