"""Requests to the model, filled from the prompt files.

The evidence is the same leading text in every stage's request and the stage's
own instructions come last, so that a provider's prompt cache serves the long part.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from pmdraft.assets import asset_dir
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.schema import answer_schema
from pmdraft.llm.seam import Message, Request
from pmdraft.postmortem import TimelineEntry

_ID = re.compile(r"[A-Z]\d{1,7}")


def stage_request(
    stage: str,
    incident: Incident,
    evidence: Sequence[Evidence],
    answer: type[BaseModel],
    *,
    language: Language,
    timeline: Sequence[TimelineEntry] | None = None,
) -> Request:
    """The request of one stage.

    Args:
        stage: name of the stage, which is its folder under `prompts/`.
        incident: for its channel and time zone.
        evidence: the part of its evidence to send.
        answer: what the model is to fill.
        language: language of the texts that it writes.
        timeline: the settled timeline, for the stages after it.
    """
    schema = answer_schema(answer)
    user = [
        _fill(
            "shared/evidence.md.j2",
            evidence=evidence,
            timezone=incident.timezone,
            zone=incident.zone,
            channels=incident.channels,
        )
    ]
    if timeline is not None:
        told = [_row(entry) for entry in timeline]
        user.append(_fill("shared/timeline.md.j2", timeline=told, zone=incident.zone))
    user.append(_fill(f"{stage}/task.md.j2"))
    user.append(_fill("shared/schema.md.j2", schema=json.dumps(schema, ensure_ascii=False)))
    system = _fill("shared/system.md.j2", language=language.value)
    return Request(stage, (Message("system", system), Message("user", "".join(user))), schema)


def document_request(folder: str, answer: type[BaseModel], **values: object) -> Request:
    """A request about one document instead of an incident.

    Args:
        folder: folder of its prompt under `prompts/`, which is the name of the stage too.
        answer: what the model is to fill.
        values: what the prompt is filled with.
    """
    schema = answer_schema(answer)
    task = _fill(f"{folder}/task.md.j2", **values)
    form = _fill("shared/schema.md.j2", schema=json.dumps(schema, ensure_ascii=False))
    return Request(folder, (Message("system", _fill(f"{folder}/system.md.j2")), Message("user", task + form)), schema)


def entry_text(item: Evidence) -> str:
    """About what one piece of evidence adds to a request, for counting."""
    return f"{item.id} | 2025-01-01 00:00:00 | {item.source} | {item.author}\n{_indented(item.text)}\n"


def prompts_version() -> str:
    """Short hash of all prompt files: it changes when any of them does."""
    digest = hashlib.sha256()
    root = asset_dir("prompts")
    for path in sorted(root.rglob("*.j2")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _row(entry: TimelineEntry) -> dict[str, object]:
    return {
        "at": entry.at,
        "kind": entry.kind.value,
        "event": entry.event.text,
        "action": entry.action.text if entry.action else None,
        # An id is a model's word too: what does not look like one could pass for an entry of evidence.
        "evidence": [name for name in entry.evidence if _ID.fullmatch(name)],
    }


def _fill(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(asset_dir("prompts")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["indented"] = _indented
    environment.filters["one_line"] = lambda text: " ".join(text.split())
    return environment


def _indented(text: str) -> str:
    """Every line indented, so that no text can pass for the head of another entry."""
    return "\n".join(f"    {line}" for line in text.splitlines())
