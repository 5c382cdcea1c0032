"""Every citation exists, and what claims to be stated cites something."""

from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis
from pmdraft.walk import statements


def check_citations(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each citation of nothing, and for each stated sentence that cites nothing."""
    unknown, missing = check_rules()["citation.unknown"], check_rules()["citation.missing"]
    known = incident.by_id()
    found = []
    for path, statement in statements(postmortem):
        where = Where(path=path)
        found += [unknown.finding(where, language, id=name) for name in statement.evidence if name not in known]
        if statement.basis is Basis.STATED and not statement.evidence:
            found.append(missing.finding(where, language))
    return tuple(found)
