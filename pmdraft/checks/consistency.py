"""The draft agrees with itself: durations with the timeline, approvals with the severity."""

from collections.abc import Iterator

from pmdraft.checks.rules import check_rules
from pmdraft.drafting.timeline import first, last
from pmdraft.durations import METRICS, measure
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.policy import approvals, latest_due
from pmdraft.postmortem import Horizon, Postmortem

_NONE = Bilingual("なし", "none")


def check_consistency(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each contradiction within the draft."""
    return (
        *_computed_durations(postmortem, incident, language),
        *_order(postmortem, language),
        *_rules(postmortem, incident, language),
    )


def _computed_durations(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    expected = measure(postmortem.timeline, language, incident.zone)
    told = {f"durations.{name}": (name, duration) for name, duration in postmortem.durations.items()}
    if postmortem.impact.downtime:
        told["impact.downtime"] = ("downtime", postmortem.impact.downtime)
    if postmortem.detection.time_to_detect:
        told["detection.time_to_detect"] = ("time_to_detect", postmortem.detection.time_to_detect)
    for path, (name, duration) in told.items():
        right = expected.get(name)
        if right is None or (right.seconds, right.text) != (duration.seconds, duration.text):
            computed = right.text if right else _NONE.to(language)
            yield check_rules()["consistency.duration"].finding(
                Where(path=path), language, name=name, told=duration.text, computed=computed
            )


def _order(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    # Recovery before mitigation happens, so only the two ends of each metric are compared.
    for metric in METRICS.values():
        start = first(postmortem.timeline, metric.start)
        end = (last if metric.last else first)(postmortem.timeline, metric.end)
        if start and end and end.at < start.at:
            path = f"timeline[{postmortem.timeline.index(end)}].event"
            yield check_rules()["consistency.order"].finding(
                Where(path=path), language, end=end.kind.value, start=start.kind.value
            )


def _rules(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    severity = postmortem.severity.level if postmortem.severity else None
    if postmortem.review.approvals != approvals(severity):
        yield check_rules()["consistency.approvals"].finding(Where(path="review.approvals"), language)
    start = postmortem.incident_start or incident.evidence[0].at
    day = start.astimezone(incident.zone).date()
    for number, item in enumerate(postmortem.action_items):
        latest = latest_due(item.horizon, day)
        if item.due and item.horizon in (Horizon.SHORT, Horizon.MEDIUM) and item.due.on > latest:
            yield check_rules()["consistency.due"].finding(
                Where(path=f"action_items[{number}].due"),
                language,
                due=item.due.on,
                horizon=item.horizon.value,
                latest=latest,
            )
