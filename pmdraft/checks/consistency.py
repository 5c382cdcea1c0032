"""The draft agrees with itself: durations with the timeline, approvals with the severity."""

from collections.abc import Iterator

from pmdraft.checks.figures import figures
from pmdraft.checks.grounding import holds_duration
from pmdraft.durations import METRICS, measure, spell
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
from pmdraft.policy import approvals, latest_due
from pmdraft.postmortem import Horizon, Postmortem
from pmdraft.statement import Basis
from pmdraft.timeline import first, last
from pmdraft.walk import statements

_DURATION = Bilingual(
    "「{value}」はタイムラインからの計算とも根拠とも合わない（計算: {known}）",
    "“{value}” agrees neither with the timeline nor with the evidence (computed: {known})",
)
_RECOMPUTED = Bilingual(
    "{name} は {told} とあるが、タイムラインからは {computed} になる",
    "{name} says {told}, but the timeline gives {computed}",
)
_ORDER = Bilingual("{end} が {start} より前にある", "{end} comes before {start}")
_APPROVALS = Bilingual("承認者が重要度の規則と合わない", "the approvals do not follow the rule for this severity")
_BUCKET = Bilingual(
    "期限 {due} が「{horizon}」の目安（{latest}）を過ぎている",
    "due {due} lies beyond the {horizon} bucket (until {latest})",
)
_WHY = Bilingual("食い違う数字は、どちらかが誤り", "of two figures that differ, one is wrong")
_TODO = Bilingual("根拠を見て、どちらかを直す", "look at the evidence and mend one of them")
_NONE = Bilingual("なし", "none")


def check_consistency(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each contradiction within the draft."""
    return (
        *_stated_durations(postmortem, incident, language),
        *_computed_durations(postmortem, incident, language),
        *_order(postmortem, language),
        *_rules(postmortem, incident, language),
    )


def _stated_durations(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    computed = {duration.seconds for duration in postmortem.durations.values()}
    evidence = incident.by_id()
    known = ", ".join(spell(seconds, language) for seconds in sorted(computed)) or _NONE.to(language)
    for path, statement in statements(postmortem):
        if statement.basis in (Basis.COMPUTED, Basis.HUMAN):
            continue
        for figure in figures(statement.text):
            if figure.kind != "duration" or int(figure.value) in computed:
                continue
            if not holds_duration(statement, int(figure.value), evidence, incident.zone):
                value = statement.text[slice(*figure.span)]
                message = _DURATION.to(language, value=value, known=known)
                yield _finding("consistency.duration", path, message, language, figure.span)


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
            message = _RECOMPUTED.to(language, name=name, told=duration.text, computed=computed)
            yield _finding("consistency.duration", path, message, language, level=Level.ERROR)


def _order(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    # Recovery before mitigation happens, so only the two ends of each metric are compared.
    for metric in METRICS.values():
        start = first(postmortem.timeline, metric.start)
        end = (last if metric.last else first)(postmortem.timeline, metric.end)
        if start and end and end.at < start.at:
            path = f"timeline[{postmortem.timeline.index(end)}].event"
            message = _ORDER.to(language, end=end.kind.value, start=start.kind.value)
            yield _finding("consistency.order", path, message, language)


def _rules(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    severity = postmortem.severity.level if postmortem.severity else None
    if postmortem.review.approvals != approvals(severity):
        yield _finding("consistency.approvals", "review.approvals", _APPROVALS.to(language), language)
    start = postmortem.incident_start or incident.evidence[0].at
    day = start.astimezone(incident.zone).date()
    for number, item in enumerate(postmortem.action_items):
        latest = latest_due(item.horizon, day)
        if item.due and item.horizon in (Horizon.SHORT, Horizon.MEDIUM) and item.due.on > latest:
            message = _BUCKET.to(language, due=item.due.on, horizon=item.horizon.value, latest=latest)
            yield _finding("consistency.due", f"action_items[{number}].due", message, language)


def _finding(
    rule: str,
    path: str,
    message: str,
    language: Language,
    span: tuple[int, int] | None = None,
    *,
    level: Level = Level.WARNING,
) -> Finding:
    return Finding(
        rule=rule,
        level=level,
        message=message,
        why=_WHY.to(language),
        where=Where(path=path, span=span),
        suggestion=_TODO.to(language),
    )
