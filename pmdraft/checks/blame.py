"""Wording in the draft that blames people; their words in a quotation stay as they were said."""

import re
from collections.abc import Iterable

from pmdraft.blameless.checking import check_text
from pmdraft.blameless.roster import names_of
from pmdraft.evidence import Incident, Person
from pmdraft.findings import Finding
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis
from pmdraft.walk import statements

# Where a sentence stands decides how hard it is judged.
_SECTIONS = {
    "timeline": "timeline",
    "five_whys": "five_whys",
    "contributing_factors": "contributing_factors",
    "went_well": "what_went_well",
    "went_badly": "what_went_badly",
    "action_items": "action_items",
    "lessons": "lessons",
    "summary": "summary",
}


def check_blame(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each statement of the draft's own words that blames."""
    texts = (
        (path, statement.text, section_of(path))
        for path, statement in statements(postmortem)
        if statement.basis is not Basis.COMPUTED
    )
    return find_blame(texts, incident.people, language)


def section_of(path: str) -> str | None:
    """The section, in the rules' words, that a path of the draft stands in."""
    return _SECTIONS.get(re.split(r"[.\[]", path)[0])


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
        blame.as_finding(path, language=language or Language.EN)
        for path, text, context in texts
        for blame in check_text(text, people=names, context=context, language=language)
    )
