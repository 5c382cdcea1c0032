"""A run without a model: the requests that it would send, and about what it would get.

The answers that were recorded for the demo stand in for the model's, with this incident's evidence in the
place of the demo's, so that every request is built by the very code that builds the real one and
is about as long.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.allowance import tokens_of
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.recording import Recording
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Reply, Request

_ID = re.compile(r"[A-Z]\d{1,7}")
_SENT = re.compile(r"^([A-Z]\d{1,7}) \|", re.MULTILINE)
# What quotes a moment word for word cannot be found in other evidence.
_QUOTED_TIMES = ("quoted_time", "due_quote")
_LONGEST_QUOTE = 60
# Tokens of an answer for a stage that the demo has none for, such as a section of one's own.
_USUAL = 600
_LEAST_CACHED = 1024
_FIRST, _LAST = "timeline", "verification"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One request that a run would send.

    Attributes:
        stage: the stage that asks.
        tokens_in: tokens of the request.
        tokens_out: tokens of an answer such as the demo's.
        tokens_shared: how many of `tokens_in` an endpoint with a prompt cache may have from the timeline's request.
        sent: ids of the evidence in it.
        kept: whether its answer is kept from an earlier run, and it need not be sent.
    """

    stage: str
    tokens_in: int
    tokens_out: int
    tokens_shared: int
    sent: frozenset[str]
    kept: bool = False


class RehearsalModel:
    """Answers nothing of its own, and keeps what it was asked.

    Args:
        name: name of the model that it stands in for.
        incident: the redacted incident.
        language: language of the draft.
        kept: what an earlier run was answered, by request.
    """

    def __init__(
        self, name: str, incident: Incident, language: Language, kept: Callable[[Request], Response | None]
    ) -> None:
        self.name = name
        self._asked: list[tuple[str, Rehearsed]] = []
        self._texts = {item.id: item.text for item in incident.evidence}
        self._language = language
        self._kept = kept

    @property
    def requests(self) -> list[Rehearsed]:
        """What it was asked, stage by stage."""
        first = [prompt for prompt, request in self._asked if request.stage == _FIRST]
        found = [
            # Slices of the timeline are asked side by side, before any of them is in a cache.
            replace(request, tokens_shared=0 if request.stage == _FIRST else _shared(prompt, first))
            for prompt, request in self._asked
        ]
        # Those that run side by side come in any order.
        return sorted(found, key=lambda request: (request.stage != _FIRST, request.stage == _LAST, request.stage))

    def complete(self, request: Request) -> Reply:
        """The kept answer, or one like the demo's."""
        known = self._kept(request)
        kept = known is not None and known.is_worth_keeping
        prompt = "".join(message.content for message in request.messages)
        sent = tuple(name for name in _SENT.findall(prompt) if name in self._texts)
        text, tokens_out = (known.text, count_tokens(known.text)) if kept and known else self._answer(request, sent)
        rehearsed = Rehearsed(request.stage, tokens_of(request), tokens_out, 0, frozenset(sent), kept=kept)
        self._asked.append((prompt, rehearsed))
        return Reply(text)

    def _answer(self, request: Request, sent: tuple[str, ...]) -> tuple[str, int]:
        """An answer, and how many tokens a model's would have."""
        recorded = _recorded(self._language).get(request.stage)
        if recorded is None:
            return json.dumps(_least(request.schema)), _USUAL
        moved = self._moved(recorded, sent)
        # Models mostly write JSON with a line for each field, and every line break is paid for.
        return json.dumps(moved, ensure_ascii=False), count_tokens(json.dumps(moved, ensure_ascii=False, indent=1))

    def _moved(self, value: object, sent: tuple[str, ...]) -> object:
        """A recorded answer as if it were about the evidence that was sent."""
        if isinstance(value, str) and _ID.fullmatch(value) and sent:
            return sent[int(value[1:]) * 7919 % len(sent)]
        if isinstance(value, list):
            return [self._moved(item, sent) for item in value[: len(sent) or None]]
        if not isinstance(value, dict):
            return value
        moved = {name: None if name in _QUOTED_TIMES else self._moved(item, sent) for name, item in value.items()}
        if moved.keys() == {"id", "words"}:
            moved["words"] = self._texts.get(str(moved["id"]), "")[:_LONGEST_QUOTE]
        return moved


@cache
def _recorded(language: Language) -> Mapping[str, object]:
    """The demo's answers, by stage."""
    recording = Recording.load(Path(__file__).parent.parent / "demo" / f"responses.{language}.jsonl")
    return {response.stage: json.loads(response.text) for response in recording.responses if not response.error}


def _shared(prompt: str, first: Sequence[str]) -> int:
    """Tokens that a request begins with as an earlier one does, where they are enough for a prompt cache."""
    tokens = count_tokens(max((_common(prompt, other) for other in first), key=len, default=""))
    return tokens if tokens >= _LEAST_CACHED else 0


def _common(one: str, other: str) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _least(schema: Mapping[str, object]) -> object:
    """The least value that fits a schema of the common subset."""
    if choices := schema.get("enum") or schema.get("anyOf"):
        first = choices[-1] if isinstance(choices, list) else None
        return _least(first) if isinstance(first, dict) else first
    if "const" in schema:
        return schema["const"]
    fields = schema.get("properties")
    if isinstance(fields, dict):
        return {name: _least(field) for name, field in fields.items()}
    return {"array": [], "string": "", "boolean": False, "integer": 0, "number": 0}.get(str(schema.get("type")))
