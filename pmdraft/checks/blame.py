"""Blame in the statements of a draft."""

from collections.abc import Iterable

from pmdraft.blameless.checking import check_text
from pmdraft.blameless.roster import names_of
from pmdraft.evidence import Person
from pmdraft.findings import Finding
from pmdraft.language import Language


def find_blame(
    texts: Iterable[tuple[str, str, str | None]],
    people: Iterable[Person | str],
    language: Language | None = None,
) -> tuple[Finding, ...]:
    """Find blame in statements.

    Args:
        texts: each statement's path in the draft, its text, and the section that it stands in.
        people: the incident's roster, or every way in which its people are written.
        language: language of the reasons and questions; that of each statement by default.
    """
    known = list(people)
    names = [person for person in known if isinstance(person, str)]
    names += names_of(person for person in known if isinstance(person, Person))
    return tuple(
        blame.as_finding(path)
        for path, text, context in texts
        for blame in check_text(text, people=names, context=context, language=language)
    )
