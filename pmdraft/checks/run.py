"""Every check, and a draft put through them all."""

from collections.abc import Callable, Iterable, Iterator

from pmdraft.checks.actions import check_actions
from pmdraft.checks.blame import check_blame
from pmdraft.checks.citations import check_citations
from pmdraft.checks.consistency import check_consistency
from pmdraft.checks.grounding import check_grounding
from pmdraft.checks.instructions import check_instructions
from pmdraft.checks.milestones import check_milestones
from pmdraft.checks.omissions import Omission, omissions, told_omissions
from pmdraft.checks.rules import is_ignored
from pmdraft.checks.sources import check_sources
from pmdraft.checks.whys import check_whys
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, Where, gravest_first
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Statement, Support
from pmdraft.walk import with_statements

Check = Callable[[Postmortem, Incident, Language], tuple[Finding, ...]]

_CHECKS: tuple[Check, ...] = (
    check_citations,
    check_grounding,
    check_consistency,
    check_milestones,
    check_whys,
    check_actions,
    check_blame,
    check_instructions,
    check_sources,
)
_OF_OTHER_THINGS = ("blameless.", "source.", "action.", "whys.")
_OF_THE_TIMELINE = ("consistency.told-duration", "consistency.told-time")
_TOLD_BY_BLAME = ("whys.person", "action.resolution")


def run_checks(
    postmortem: Postmortem,
    incident: Incident,
    language: Language,
    *,
    found: Iterable[Finding] = (),
    ignore: Iterable[str] = (),
    omitted: Iterable[Omission] | None = None,
) -> tuple[Postmortem, tuple[Finding, ...]]:
    """Check a postmortem.

    Args:
        postmortem: the draft, as assembled.
        incident: the redacted incident.
        language: language of the findings.
        found: what was found already, such as by a second reading.
        ignore: rules and families of rules that are off.
        omitted: what the draft leaves out, if that was looked for already.

    Returns:
        The postmortem with `support` set on every statement, and the findings, the gravest first.
    """
    off = tuple(ignore)
    made = [finding for check in _CHECKS for finding in check(postmortem, incident, language)]
    made += told_omissions(omissions(postmortem, incident, language) if omitted is None else omitted, language)
    kept = [finding for finding in (*found, *made) if not is_ignored(finding.rule, off)]
    findings = tuple(_for_question(finding) for finding in _said_once(kept))
    # What a sentence rests on is one question, how it speaks of people and what can be done with it are others.
    about_support = [finding for finding in findings if not finding.rule.startswith(_OF_OTHER_THINGS)]
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


def _said_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each sentence once for the same fault.

    That an action is an exhortation, the rules of actions say with what to ask instead; that it aims at a person, or
    that a chain of whys ends at one, the blameless rules say; that a figure is in no evidence, grounding does.
    """
    kept = list(findings)
    resolved = {finding.where.path for finding in kept if finding.rule == "action.resolution"}
    blamed = {finding.where.path for finding in kept if _blames(finding)}
    in_no_evidence = [finding.where for finding in kept if finding.rule in ("grounding.duration", "grounding.time")]
    for finding in kept:
        path = finding.where.path
        if finding.rule in _OF_THE_TIMELINE and any(_overlap(finding.where, where) for where in in_no_evidence):
            continue
        if finding.rule in _TOLD_BY_BLAME and path in blamed:
            continue
        if finding.rule.endswith(".exhortation") and path in resolved - blamed:
            continue
        yield finding


def _overlap(one: Where, other: Where) -> bool:
    if one.path != other.path or one.span is None or other.span is None:
        return False
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _blames(finding: Finding) -> bool:
    return finding.rule.startswith("blameless.") and not finding.rule.endswith(".exhortation")


def _for_question(finding: Finding) -> Finding:
    """A question claims nothing, so that nothing in it is worse than worth a note."""
    if finding.where.path.startswith("open_questions[") and not finding.rule.startswith("blameless."):
        return finding.model_copy(update={"level": Level.INFO})
    return finding
