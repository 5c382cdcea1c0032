"""What the draft left out of the telling part of the evidence."""

from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
from pmdraft.outline.cues import speaks_of
from pmdraft.postmortem import Postmortem
from pmdraft.walk import cited_ids

_MANY_REACTIONS = 3
_TOPICS = ("cause_found", "mitigation", "recovery", "decision", "users", "data_loss")

_ALERTS = Bilingual("どの文も引用していないアラート: {ids}", "alerts that no sentence cites: {ids}")
_MESSAGES = Bilingual(
    "原因・対処・復旧・影響に触れているが、どの文も引用していない発言: {ids}",
    "messages about cause, mitigation, recovery or impact that no sentence cites: {ids}",
)
_WHY = Bilingual("黙って省かれたものは、レビューで気づけない", "a reviewer cannot miss what was left out in silence")
_TODO = Bilingual("読んで、必要なら本文に加える", "read them, and add what matters")


def check_omissions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """At most one finding for alerts and one for messages, with the ids of all."""
    cited = cited_ids(postmortem)
    left = [item for item in incident.evidence if item.id not in cited]
    alerts = [item.id for item in left if item.kind is EvidenceKind.ALERT_FIRED]
    messages = [item.id for item in left if item.kind is EvidenceKind.MESSAGE and _is_telling(item, incident)]
    return tuple(
        Finding(
            rule=rule,
            level=Level.INFO,
            message=message.to(language, ids=", ".join(ids)),
            why=_WHY.to(language),
            where=Where(path="timeline"),
            evidence=tuple(ids),
            suggestion=_TODO.to(language),
        )
        for rule, message, ids in (("omission.alert", _ALERTS, alerts), ("omission.message", _MESSAGES, messages))
        if ids
    )


def _is_telling(item: Evidence, incident: Incident) -> bool:
    marked = item.id in incident.pinned or item.reactions >= _MANY_REACTIONS
    return marked or any(speaks_of(item, topic) for topic in _TOPICS)
