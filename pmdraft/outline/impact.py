"""Impact, severity and detection by rules: what somebody said of each, word for word."""

from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.language import Bilingual, Language
from pmdraft.outline.cues import speaks_of
from pmdraft.outline.excerpt import cut, excerpt, first_line, people_or_bots, quoted
from pmdraft.outline.kinds import kind_of
from pmdraft.postmortem import DetectionChannel, EventKind
from pmdraft.severity import declared_severity
from pmdraft.talk import is_question
from pmdraft.wire import Claim, DetectionClaim, ImpactAnswer, SeverityClaim

_SERVICES = Bilingual("アラートの対象: {names}", "named by the alerts: {names}")


def outline_impact(incident: Incident, language: Language) -> ImpactAnswer:
    """What was said about impact, severity and detection; None where nothing was."""
    declared = declared_severity(incident.evidence)
    return ImpactAnswer(
        title=_title(incident),
        severity=SeverityClaim(evidence=[declared[0].id], level=declared[1]) if declared else None,
        detection=_detection(incident),
        services=_services(incident, language),
        users=_last_said(incident, "users", language),
        scope=_last_said(incident, "scope", language),
        data_loss=_last_said(incident, "data_loss", language),
        # A mention of revenue is as a rule a question about it; a person should read those.
        business=None,
        what_happened=_what_happened(incident, language),
        impact=_last_said(incident, "users", language) or _last_said(incident, "impact_figures", language),
        resolution=_resolution(incident, language),
    )


def _fired(incident: Incident) -> list[Evidence]:
    return [item for item in incident.evidence if item.kind is EvidenceKind.ALERT_FIRED]


def _title(incident: Incident) -> Claim:
    alerts = _fired(incident)
    if alerts:
        return Claim(evidence=[quoted(alerts[0])], basis="stated", text=_without_vendor(cut(first_line(alerts[0]))))
    if incident.channel:
        said = next((item for item in incident.evidence if item.source.is_chat), incident.evidence[0])
        return Claim(evidence=[quoted(said)], basis="stated", text=incident.channel.title)
    return Claim(evidence=[quoted(incident.evidence[0])], basis="stated", text=excerpt(incident.evidence[0]))


def _without_vendor(line: str) -> str:
    """`HighErrorRate` of `Alertmanager fired: HighErrorRate`."""
    before, colon, after = line.partition(": ")
    return after if colon and before.endswith(" fired") else line


def _what_happened(incident: Incident, language: Language) -> Claim | None:
    alerts = _fired(incident)
    return _quote(alerts[0], language) if alerts else None


def _services(incident: Incident, language: Language) -> Claim | None:
    named: dict[str, Evidence] = {}
    for item in _fired(incident):
        if item.service:
            named.setdefault(item.service, item)
    if not named:
        return None
    text = _SERVICES.to(language, names=", ".join(named))
    return Claim(evidence=[quoted(item) for item in named.values()], basis="stated", text=text)


def _detection(incident: Incident) -> list[DetectionClaim]:
    found = []
    if alerts := _fired(incident):
        first_of = {item.author or "": item for item in reversed(alerts)}
        vendors = list(dict.fromkeys(item.author or "" for item in alerts))
        cited = [quoted(first_of[vendor]) for vendor in vendors]
        found.append(DetectionClaim(evidence=cited, channel=DetectionChannel.ALERT, text=", ".join(vendors)))
    for channel in (DetectionChannel.USER_REPORT, DetectionChannel.DASHBOARD, DetectionChannel.SOCIAL):
        first = next((item for item in incident.evidence if speaks_of(item, channel.value)), None)
        if first is not None:
            found.append(DetectionClaim(evidence=[quoted(first)], channel=channel, text=excerpt(first, 60)))
    return found


def _last_said(incident: Incident, topic: str, language: Language) -> Claim | None:
    """The last message with a cue of that topic that is no question: figures are corrected over time."""
    said = [item for item in people_or_bots(incident.evidence) if speaks_of(item, topic) and not is_question(item)]
    return _quote(said[-1], language) if said else None


def _resolution(incident: Incident, language: Language) -> Claim | None:
    """The last mitigation before recovery was told; what is said of it later is looking back."""
    said = people_or_bots(incident.evidence)
    kinds = [kind_of(item) for item in said]
    recovered = kinds.index(EventKind.RECOVERY) if EventKind.RECOVERY in kinds else len(said)
    done = [item for item, kind in zip(said[:recovered], kinds, strict=False) if kind is EventKind.MITIGATION]
    return _quote(done[-1], language) if done else None


def _quote(item: Evidence, language: Language) -> Claim:
    said = cut(item.text, 160)
    return Claim(
        evidence=[quoted(item)], basis="stated", text=f"「{said}」" if language is Language.JA else f"“{said}”"
    )
