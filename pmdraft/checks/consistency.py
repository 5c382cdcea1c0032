"""The draft agrees with itself: durations with the timeline, approvals with the severity, impact with summary."""

import re
import unicodedata
from collections.abc import Iterator

from pmdraft.checks.figures import figures
from pmdraft.checks.rules import check_rules
from pmdraft.drafting.timeline import first, last
from pmdraft.durations import measure
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.policy import approvals
from pmdraft.postmortem import EventKind, Postmortem
from pmdraft.severity import severities_in
from pmdraft.statement import Statement
from pmdraft.walk import statements

_NONE = Bilingual("なし", "none")
_AND = re.compile(r"[・、,／/]|\band\b|\s&\s|および|及び|\sと\s", re.IGNORECASE)
_LABEL = re.compile(r"^[^:：]{0,40}[:：]")
_ASIDE = re.compile(r"[（(][^（()）]{0,200}[)）]")
_USERS = re.compile(
    r"\s?(?:of )?(?:our |all |the )?(?:unique )?(?:users?|customers?|accounts?|tenants?|people)\b"
    r"|ユーザー?|[人名社]|アカウント|テナント",
    re.IGNORECASE,
)
_OVER = (EventKind.RECOVERY, EventKind.CLOSED)


def check_consistency(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each contradiction within the draft."""
    return (
        *_computed_durations(postmortem, incident, language),
        *_order(postmortem, incident, language),
        *_severity(postmortem, language),
        *_users(postmortem, language),
        *_services(postmortem, language),
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


def _order(postmortem: Postmortem, incident: Incident, language: Language) -> Iterator[Finding]:
    # An alert may warn before the impact, and recovery may come before a mitigation; but nothing ends before it starts.
    rule, zone = check_rules()["consistency.order"], incident.zone
    start = first(postmortem.timeline, EventKind.IMPACT_START)
    for kind in _OVER:
        end = last(postmortem.timeline, kind)
        if start and end and end.at < start.at:
            path = f"timeline[{postmortem.timeline.index(end)}].event"
            yield rule.finding(Where(path=path), language, end=end.kind.value, start=start.kind.value)
    begun, over = postmortem.incident_start, postmortem.incident_end
    if begun and over and over < begun:
        spelled = {"start": f"{begun.astimezone(zone):%m-%d %H:%M}", "end": f"{over.astimezone(zone):%m-%d %H:%M}"}
        yield rule.finding(Where(path="incident_end"), language, **spelled)


def _severity(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    declared = postmortem.severity.level if postmortem.severity else None
    if postmortem.review.approvals != approvals(declared):
        yield check_rules()["consistency.approvals"].finding(Where(path="review.approvals"), language)
    for path, statement in statements(postmortem):
        if declared is None or not path.startswith(("title", "summary.", "impact.")):
            continue
        named = severities_in(statement.text)
        # "Raised from SEV-2 to SEV-1" names both; the last one counts, as it does in the channel.
        if named and declared not in named:
            yield check_rules()["consistency.severity"].finding(
                Where(path=path), language, told=named[-1].value, declared=declared.value
            )


def _users(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    """A number of users in the summary that is another than that of the impact."""
    users = postmortem.impact.users
    counted = set(_counts(users.text)) if users else set()
    if not users or not counted:
        return
    every = {figure.value for figure in figures(users.text) if figure.kind == "number"}
    for name in ("what_happened", "impact", "resolution"):
        statement: Statement | None = getattr(postmortem.summary, name)
        told = dict(_counts_with_span(statement.text)) if statement else {}
        for value, span in told.items():
            if value not in every:
                yield check_rules()["consistency.users"].finding(
                    Where(path=f"summary.{name}", span=span), language, told=value, impact=", ".join(sorted(counted))
                )


def _counts(text: str) -> list[str]:
    return [value for value, _ in _counts_with_span(text)]


def _counts_with_span(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Each number of users, with where it stands."""
    return [
        (figure.value, figure.span)
        for figure in figures(text)
        if figure.kind == "number" and _USERS.match(text, figure.span[1])
    ]


def _services(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    """A service that the impact names, and nothing else in the draft speaks of."""
    services = postmortem.impact.services
    if services is None:
        return
    others = _folded(" ".join(s.text for path, s in statements(postmortem) if path != "impact.services"))
    names = [
        name
        for part in _AND.split(_ASIDE.sub("、", _LABEL.sub("", services.text)))
        if (name := part.strip(' 。.「」"“”`'))
    ]
    for name in names:
        if _could_be_a_name(name) and _folded(name) not in others:
            yield check_rules()["consistency.service"].finding(Where(path="impact.services"), language, name=name)


def _could_be_a_name(text: str) -> bool:
    """Whether a part of the list is short enough to name one thing: a sentence about services is no list of them."""
    latin = text.isascii()
    return (1 < len(text) <= 24 and len(text.split()) <= 2) if latin else 1 < len(text) <= 10


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace("-", "")
