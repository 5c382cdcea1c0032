"""What a draft's sentences say of lengths and times, against what its timeline gives."""

from pmdraft.checks.rules import check_rules
from pmdraft.checks.told import Milestone, milestones, told_otherwise
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis
from pmdraft.walk import statements

# Rows of the timeline and views that people held tell what was said at the time; what is to be done is yet to come.
_OF_THEIR_OWN = ("timeline[", "open_questions[", "action_items[", "alternatives[", "disagreements[", "review.")


def check_milestones(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each length or time in words that the timeline does not give."""
    day = incident.evidence[0].at.astimezone(incident.zone).date()
    timeline = (Milestone(entry.at, entry.kind) for entry in postmortem.timeline)
    known = milestones(timeline, day, incident.zone)
    return tuple(
        check_rules()[told.rule].finding(Where(path=path, span=told.span), language, **told.values)
        for path, statement in statements(postmortem)
        if statement.basis is not Basis.COMPUTED and not path.startswith(_OF_THEIR_OWN)
        for told in told_otherwise(statement.text, known, language)
    )
