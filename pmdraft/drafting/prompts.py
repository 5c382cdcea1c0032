"""Requests to the model, filled from the prompt files.

The evidence is the same leading text in every stage's request and the stage's
own instructions come last, so that a provider's prompt cache serves the long part.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from pmdraft.assets import asset_dir
from pmdraft.evidence import Evidence, Incident
from pmdraft.language import Language
from pmdraft.llm.schema import answer_schema, told_schema
from pmdraft.llm.seam import Message, Request
from pmdraft.postmortem import TimelineEntry

T_co = TypeVar("T_co", bound=BaseModel, covariant=True)

_ID = re.compile(r"[A-Z]\d{1,7}")


class Task(NamedTuple, Generic[T_co]):
    """What a stage asks."""

    stage: str
    """Name of the stage; letters, digits, `_` and `-`."""
    wanted: type[T_co]
    """What the model is to fill."""
    folder: str
    """Folder of its prompt under `prompts/`."""
    values: Mapping[str, object] = {}
    """What its prompt is filled with."""

    @property
    def version(self) -> str:
        """Short hash of all that makes its prompt, the words of its answer's schema too."""
        digest = hashlib.sha256(json.dumps(answer_schema(self.wanted), sort_keys=True).encode())
        root = asset_dir("prompts")
        for path in sorted([*(root / "shared").glob("*.j2"), *(root / self.folder).glob("*.j2")]):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]


def stage_request(
    task: Task[T_co],
    incident: Incident,
    evidence: Sequence[Evidence],
    *,
    language: Language,
    timeline: Sequence[TimelineEntry] | None = None,
) -> Request:
    """The request of one stage.

    Args:
        task: what is asked.
        incident: for its channel and time zone.
        evidence: the part of its evidence to send; none for a task that goes without.
        language: language of the texts that the model writes.
        timeline: the settled timeline, for the stages after it.
    """
    user = []
    if evidence:
        shown = {
            "evidence": evidence,
            "timezone": incident.timezone,
            "zone": incident.zone,
            "channels": incident.channels,
        }
        user.append(_fill("shared/evidence.md.j2", **shown))
    if timeline is not None:
        user.append(_fill("shared/timeline.md.j2", timeline=[row(entry) for entry in timeline], zone=incident.zone))
    user.append(_fill(f"{task.folder}/task.md.j2", zone=incident.zone, **task.values))
    user.append(_fill("shared/schema.md.j2", schema=json.dumps(told_schema(task.wanted), ensure_ascii=False)))
    system = _environment().select_template([f"{task.folder}/system.md.j2", "shared/system.md.j2"])
    messages = (Message("system", system.render(language=language.value)), Message("user", "".join(user)))
    return Request(task.stage, messages, answer_schema(task.wanted), prompt=task.version)


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


def row(entry: TimelineEntry) -> dict[str, object]:
    """An event as prompts tell it."""
    return {
        "at": entry.at,
        "kind": entry.kind.value,
        "event": entry.event.text,
        "action": entry.action.text if entry.action else None,
        "evidence": plain_ids(entry.evidence),
    }


def plain_ids(names: Sequence[str]) -> list[str]:
    """The ids that look like one: an id is a model's word too, and could pass for an entry of evidence."""
    return [name for name in names if _ID.fullmatch(name)]


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
