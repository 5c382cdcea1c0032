"""What the draft left out of the telling part of the evidence."""

from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.outline.cues import speaks_of
from pmdraft.postmortem import Postmortem
from pmdraft.walk import cited_ids

_MANY_REACTIONS = 3
_TOPICS = ("cause_found", "mitigation", "recovery", "decision", "users", "data_loss")


def check_omissions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """At most one finding for alerts and one for messages, with the ids of all."""
    cited = cited_ids(postmortem)
    left = [item for item in incident.evidence if item.id not in cited]
    alerts = [item.id for item in left if item.kind is EvidenceKind.ALERT_FIRED]
    messages = [item.id for item in left if item.kind is EvidenceKind.MESSAGE and _is_telling(item, incident)]
    return tuple(
        check_rules()[name].finding(Where(path="timeline"), language, evidence=ids, ids=", ".join(ids))
        for name, ids in (("omission.alert", alerts), ("omission.message", messages))
        if ids
    )


def _is_telling(item: Evidence, incident: Incident) -> bool:
    marked = item.id in incident.pinned or item.reactions >= _MANY_REACTIONS
    return marked or any(speaks_of(item, topic) for topic in _TOPICS)
