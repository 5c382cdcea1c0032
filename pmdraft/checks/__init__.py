"""Checks of a draft against its evidence and against itself; none needs a model.

To add one: its rule, with its proof, in a file of `rules/`; a module with a function that
makes the rule's findings; the function's name in `_CHECKS`.
"""

from collections.abc import Callable, Iterable

from pmdraft.checks.blame import check_blame
from pmdraft.checks.citations import check_citations
from pmdraft.checks.consistency import check_consistency
from pmdraft.checks.grounding import check_grounding
from pmdraft.checks.instructions import check_instructions
from pmdraft.checks.omissions import check_omissions
from pmdraft.checks.rules import is_ignored
from pmdraft.checks.sources import check_sources
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, gravest_first
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Statement, Support
from pmdraft.walk import with_statements

Check = Callable[[Postmortem, Incident, Language], tuple[Finding, ...]]

_CHECKS: tuple[Check, ...] = (
    check_citations,
    check_grounding,
    check_consistency,
    check_blame,
    check_omissions,
    check_instructions,
    check_sources,
)


def run_checks(
    postmortem: Postmortem,
    incident: Incident,
    language: Language,
    *,
    found: Iterable[Finding] = (),
    ignore: Iterable[str] = (),
) -> tuple[Postmortem, tuple[Finding, ...]]:
    """Check a postmortem.

    Args:
        postmortem: the draft, as assembled.
        incident: the redacted incident.
        language: language of the findings.
        found: what was found already, such as by a second reading.
        ignore: rules and families of rules that are off.

    Returns:
        The postmortem with `support` set on every statement, and the findings, the gravest first.
    """
    off = tuple(ignore)
    made = (finding for check in _CHECKS for finding in check(postmortem, incident, language))
    findings = tuple(_for_question(finding) for finding in (*found, *made) if not is_ignored(finding.rule, off))
    # What a sentence rests on is one question, how it speaks of people another.
    about_support = [finding for finding in findings if not finding.rule.startswith(("blameless.", "source."))]
    doubtful = {finding.where.path for finding in about_support if finding.level is not Level.INFO}

    def with_support(path: str, statement: Statement) -> Statement:
        if path in doubtful:
            support = Support.DOUBTFUL if statement.evidence else Support.UNCITED
        elif not statement.evidence:
            support = Support.UNCHECKED
        else:
            support = Support.GROUNDED
        return statement.model_copy(update={"support": support})

    return with_statements(postmortem, with_support), gravest_first(findings)


def _for_question(finding: Finding) -> Finding:
    """A question claims nothing, so that nothing in it is worse than worth a note."""
    if finding.where.path.startswith("open_questions[") and not finding.rule.startswith("blameless."):
        return finding.model_copy(update={"level": Level.INFO})
    return finding
