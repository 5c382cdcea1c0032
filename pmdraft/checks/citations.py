"""Every citation exists, and what claims to be stated cites something."""

from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis
from pmdraft.walk import statements

_UNKNOWN = Bilingual("根拠 {id} は存在しない", "it cites {id}, which does not exist")
_UNKNOWN_WHY = Bilingual("存在しない根拠は確かめられない", "evidence that does not exist cannot be checked")
_UNKNOWN_TODO = Bilingual("正しい根拠を示すか、文を削除する", "cite the right evidence, or drop the sentence")
_MISSING = Bilingual("根拠が示されていない", "it cites nothing")
_MISSING_WHY = Bilingual(
    "根拠のない文は、仮説か提案としてしか残せない", "without evidence it can stand only as a hypothesis or a proposal"
)
_MISSING_TODO = Bilingual("根拠を示すか、仮説と明記する", "cite evidence, or mark it as a hypothesis")


def check_citations(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each citation of nothing, and for each stated sentence that cites nothing."""
    known = incident.by_id()
    found = []
    for path, statement in statements(postmortem):
        found += [
            Finding(
                rule="citation.unknown",
                level=Level.ERROR,
                message=_UNKNOWN.to(language, id=name),
                why=_UNKNOWN_WHY.to(language),
                where=Where(path=path),
                suggestion=_UNKNOWN_TODO.to(language),
            )
            for name in statement.evidence
            if name not in known
        ]
        if statement.basis is Basis.STATED and not statement.evidence:
            found.append(
                Finding(
                    rule="citation.missing",
                    level=Level.WARNING,
                    message=_MISSING.to(language),
                    why=_MISSING_WHY.to(language),
                    where=Where(path=path),
                    suggestion=_MISSING_TODO.to(language),
                )
            )
    return tuple(found)
