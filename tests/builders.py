"""Small incidents, exports and files for tests, whole but for what a test is about."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pmdraft.evidence import Evidence, EvidenceKind, Incident, Origin, Person, Source, in_order
from pmdraft.policy import approvals
from pmdraft.postmortem import Postmortem

_BY_LETTER = {
    "S": (Source.SLACK, EvidenceKind.MESSAGE, "ops/2025-10-27.json"),
    "C": (Source.CHAT, EvidenceKind.MESSAGE, "ops.log"),
    "A": (Source.ALERT, EvidenceKind.ALERT_FIRED, "alerts.json"),
    "L": (Source.LOG, EvidenceKind.LOG_PATTERN, "app.log"),
    "N": (Source.NOTE, EvidenceKind.NOTE, "notes.txt"),
}
_ALICE = {"id": "U1", "name": "alice", "tz": "Asia/Tokyo", "profile": {"display_name": "alice"}}


def evidence(
    id: str = "S1",  # noqa: A002 - the name of the field
    text: str = "API is down",
    at: str = "2025-10-27T14:23:00+09:00",
    **more: object,
) -> Evidence:
    """One piece of evidence, its source told by the letter of its id: S1 Slack, C1 another chat, A1 alert, L1 log."""
    source, kind, file = _BY_LETTER[id[0]]
    fields = {"id": id, "source": source, "kind": kind, "at": at, "text": text, "raw": Origin(file=file), **more}
    return Evidence.model_validate(fields)


def incident(*items: Evidence, timezone: str = "Asia/Tokyo", people: Sequence[Person] = ()) -> Incident:
    """An incident of these pieces of evidence, in the order of time; of one message if there are none."""
    return Incident(evidence=in_order(items or [evidence()]), people=tuple(people), timezone=timezone)


def postmortem(**fields: object) -> Postmortem:
    """A postmortem with these fields, and nothing else in it."""
    empty: dict[str, object] = {
        "summary": dict.fromkeys(("what_happened", "impact", "root_cause", "resolution")),
        "impact": dict.fromkeys(("services", "users", "scope", "downtime", "data_loss", "business")),
        "detection": {"methods": (), "time_to_detect": None},
        "five_whys": {"problem": None, "whys": (), "root_cause": None},
        "lessons": {"technical": (), "process": ()},
        "references": dict.fromkeys(("dashboards", "logs", "slack", "documents"), ()),
        "review": {"reviewers": (), "meeting": None, "approvals": approvals(None)},
        "created": "2025-10-28T10:00:00+09:00",
        "durations": {},
    }
    empty |= dict.fromkeys(("title", "draft_due", "incident_start", "incident_end", "severity"))
    lists = ("authors", "reviewers", "timeline", "what_happened", "contributing_factors", "went_well", "went_badly")
    empty |= dict.fromkeys((*lists, "action_items", "open_questions"), ())
    return Postmortem.model_validate({**empty, **fields})


def message(text: str, clock: str = "14:23:00", **more: object) -> dict[str, object]:
    """A message in a Slack export, written by U1 at that time of 2025-10-27 in Tokyo."""
    at = datetime.fromisoformat(f"2025-10-27T{clock}+09:00")
    ts = f"{int(at.timestamp())}.{at.microsecond:06}"
    return {"type": "message", "user": "U1", "text": text, "ts": ts, **more}


def slack_export(
    folder: Path,
    channels: Mapping[str, Sequence[Mapping[str, object]]],
    users: Sequence[Mapping[str, object]] = (_ALICE,),
) -> Path:
    """Write a Slack export, unpacked: all messages of a channel in one day's file; channel ids are C1, C2, ..."""
    listed = [{"id": f"C{number}", "name": name} for number, name in enumerate(channels, 1)]
    write_json(folder / "channels.json", listed)
    write_json(folder / "users.json", list(users))
    for name, messages in channels.items():
        write_json(folder / name / "2025-10-27.json", list(messages))
    return folder


def write_json(path: Path, value: object) -> Path:
    """Write a JSON file, its folder with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def alert(**fields: object) -> dict[str, object]:
    """An alert of Alertmanager, firing since 14:23 in Tokyo."""
    labels = {"alertname": "PoolExhausted", "service": "api", "severity": "critical"}
    return {
        "status": "firing",
        "labels": labels,
        "annotations": {},
        "startsAt": "2025-10-27T05:23:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        **fields,
    }


def alertmanager(*alerts: dict[str, object]) -> dict[str, object]:
    """The body of an Alertmanager v4 webhook."""
    return {"version": "4", "groupKey": "{}", "receiver": "slack", "alerts": list(alerts)}


def pagerduty(event_type: str, at: str = "2025-10-27T05:23:00Z", **data: object) -> dict[str, object]:
    """The body of a PagerDuty v3 webhook."""
    return {"event": {"event_type": event_type, "occurred_at": at, "data": {"title": "API down", **data}}}
