"""Denials that nothing of what is cited makes: "the pool was not exhausted" of "pool exhausted"."""

import re
from collections.abc import Iterator

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.clauses import clauses, parts
from pmdraft.checks.lexicon import pattern
from pmdraft.language import Language, language_of_text
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_NEAR = 8
"""Letters around a denial that may be the word that is denied."""
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
        yield Fault("denial", unsaid.span(), _nowhere)
        return
    for start, end in parts(text):
        match = denial_in(text[start:end])
        if match is None or pattern("unrecorded").search(text, start, end) or text[:end].rstrip().endswith(("?", "？")):
            continue
        words = frozenset[str]() if is_alone else terms_of(text[start:end])
        near = _NEAR if _KANA.search(text[start:end]) else _AFTER
        # "It did not fail" is not borne out by "it failed".
        is_double = (
            pattern("failing").search(text, start + match[0] - _NEAR, min(end, start + match[1] + near)) is not None
        )
        if not any(_denies(words, reading, is_double=is_double) for reading in cited.own):
            yield Fault("denial", (start + match[0], start + match[1]), _nowhere)
            return


def denial_in(part: str) -> tuple[int, int] | None:
    """Where a part of a sentence denies something, by the language that it is in."""
    language = Language.JA if _KANA.search(part) else Language.EN
    match = pattern(f"denial_{language.value}").search(part)
    return match.span() if match else None


def _denies(words: frozenset[str], reading: Reading, *, is_double: bool) -> bool:
    """Whether evidence denies anything, asks, or wants to add what is not there, where it speaks of these words."""
    told = [text for text in clauses(reading.normal) if words & terms_of(text)] or [reading.normal]
    names = ("denial_ja", "denial_en") if is_double else ("denying", "remedy")
    return any(pattern(name).search(text) for text in told for name in names)


def _nowhere(_: Reading) -> bool:
    return False
