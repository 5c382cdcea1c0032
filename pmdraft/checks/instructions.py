"""Evidence that tries to give a model instructions: reported, never followed, and nothing is to rest on it alone."""

from collections.abc import Iterator

from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis
from pmdraft.untrusted import gives_instructions, instruction_in
from pmdraft.walk import statements


def check_instructions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each piece of evidence that gives instructions, and for each statement that rests on such alone."""
    return (*_giving(incident, language), *_resting(postmortem, incident, language))


def _giving(incident: Incident, language: Language) -> Iterator[Finding]:
    rule = check_rules()["untrusted.instruction"]
    for item in incident.evidence:
        span = instruction_in(item.text)
        # Files and senders are named by strangers too.
        if span or instruction_in(item.author or "") or instruction_in(item.raw.file):
            yield rule.finding(Where(path=f"evidence.{item.id}", span=span), language, evidence=(item.id,), id=item.id)


def _resting(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    rule = check_rules()["untrusted.cited"]
    steering = {item.id for item in incident.evidence if gives_instructions(item)}
    for path, statement in statements(postmortem):
        if statement.evidence and steering.issuperset(statement.evidence) and statement.basis is not Basis.HUMAN:
            yield rule.finding(
                Where(path=path), language, evidence=statement.evidence, id=", ".join(statement.evidence)
            )
