"""Every citation exists, and what claims to be stated cites something."""

from collections.abc import Collection, Iterator

from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements


def check_citations(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each citation of nothing, and for each stated sentence that cites nothing."""
    known = incident.by_id()
    return tuple(
        finding
        for path, statement in statements(postmortem)
        for finding in find_citations(path, statement, known, language)
    )


def find_citations(path: str, statement: Statement, known: Collection[str], language: Language) -> Iterator[Finding]:
    """What is the matter with one statement's citations.

    Args:
        path: where it stands.
        statement: the statement.
        known: ids of the incident's evidence.
        language: language of the findings.
    """
    unknown, missing = check_rules()["citation.unknown"], check_rules()["citation.missing"]
    where = Where(path=path)
    yield from (unknown.finding(where, language, id=name) for name in statement.evidence if name not in known)
    if statement.basis is Basis.STATED and not statement.evidence:
        yield missing.finding(where, language)
