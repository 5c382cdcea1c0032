"""Whether a text denies what its sources affirm of the same, or the other way."""

from collections.abc import Iterator, Sequence

from pmdraft.checks.clauses import clauses
from pmdraft.checks.english_predicates import english_predicates
from pmdraft.checks.japanese_predicates import japanese_predicates
from pmdraft.checks.lexicon import pattern
from pmdraft.checks.predicate import Predicate
from pmdraft.checks.undenied import idle_in, overlaps, says_the_contrary
from pmdraft.language import Language


def turned_round(text: str, sources: Sequence[str], language: Language, *, added_only: bool) -> tuple[int, int] | None:
    """Where a text says the contrary of its sources; None if nowhere.

    Args:
        text: a statement.
        sources: what it cites, in the same language.
        language: the language of both.
        added_only: whether only what it denies itself counts.
    """
    said: dict[str, list[Predicate]] = {}
    for source in sources:
        for predicate in _predicates(" ".join(_settled(source)), language):
            said.setdefault(predicate.stem, []).append(predicate)
    for mine in _predicates(text, language):
        same = said.get(mine.stem, [])
        if (
            same
            and (mine.denied or not (added_only or pattern("remedy").search(text, *mine.part)))
            and (len(mine.stem) > 1 or any(len(mine.beside & other.beside) > 1 for other in same))
            and all(other.denied != mine.denied for other in same)
            and not (mine.denied and says_the_contrary(text, mine.span, sources))
        ):
            return mine.span
    return None


def _settled(text: str) -> Iterator[str]:
    """The clauses of a text that tell what is, and not what is to be."""
    return (clause for clause in clauses(text) if not pattern("remedy").search(clause))


def _predicates(text: str, language: Language) -> Iterator[Predicate]:
    """The predicates of a text, but for negative forms that deny nothing."""
    idle = idle_in(text, "idle_denial")
    found = japanese_predicates(text) if language is Language.JA else english_predicates(text)
    return (one for one in found if not overlaps(one.span, idle))
