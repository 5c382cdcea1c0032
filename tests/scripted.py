"""A model that answers by stage from a script, and the least that each stage may answer."""

import threading
from collections.abc import Callable, Mapping

from pydantic import BaseModel

from pmdraft.llm.seam import Reply, Request
from pmdraft.wire import (
    Answers,
    CausesAnswer,
    Claim,
    ImpactAnswer,
    LearningAnswer,
    MergeAnswer,
    QuestionsAnswer,
    Quoted,
    TimelineAnswer,
    TimelineEvent,
    VerificationAnswer,
)

STAGES = ("timeline", "causes", "impact", "learning")
WORDS = "API is down"
"""What the builders' evidence says unless told otherwise."""

Line = BaseModel | Reply | str | Exception | Callable[[Request], Reply]
"""One answer: as data, as a reply, as text, an error to raise, or what computes a reply."""


class ScriptedModel:
    """Answers each stage from a script; a stage that is not in it gets the least valid answer.

    Args:
        script: by stage, one answer for all its requests, or a list of answers of which the last one stays.
        name: the model's name.
    """

    def __init__(self, script: Mapping[str, Line | list[Line]] | None = None, *, name: str = "scripted-1") -> None:
        self.name = name
        self.requests: list[Request] = []
        self._lock = threading.Lock()
        self._script: dict[str, list[Line]] = {stage: [answer] for stage, answer in least_answers().items()}
        for stage, lines in (script or {}).items():
            self._script[stage] = list(lines) if isinstance(lines, list) else [lines]

    @property
    def stages(self) -> list[str]:
        """The stages of the requests, in the order in which they came."""
        return [request.stage for request in self.requests]

    def asked(self, stage: str) -> list[Request]:
        """The requests of one stage."""
        return [request for request in self.requests if request.stage == stage]

    def complete(self, request: Request) -> Reply:
        """The next answer of that stage's script."""
        with self._lock:
            self.requests.append(request)
            lines = self._script[request.stage]
            line = lines.pop(0) if len(lines) > 1 else lines[0]
        if isinstance(line, Exception):
            raise line
        if isinstance(line, BaseModel):
            return Reply(line.model_dump_json())
        if isinstance(line, str):
            return Reply(line)
        return line if isinstance(line, Reply) else line(request)


def quoted(id: str = "S1", words: str = WORDS) -> Quoted:  # noqa: A002 - the name of the field
    """Words of a piece of evidence."""
    return Quoted(id=id, words=words)


def claim(text: str = "the API was down", *evidence: Quoted | str, basis: str = "stated") -> Claim:
    """A claim, from the words of S1 unless told otherwise."""
    cited = [quoted(item) if isinstance(item, str) else item for item in evidence or ("S1",)]
    return Claim.model_validate({"evidence": cited, "basis": basis, "text": text})


def timeline_event(timed_by: str = "S1", **more: object) -> TimelineEvent:
    """An event of the timeline, from the evidence that times it."""
    fields = {
        "evidence": [timed_by],
        "timed_by": timed_by,
        "quoted_time": None,
        "kind": "detection",
        "event": "API down",
        "action": None,
    }
    return TimelineEvent.model_validate(fields | more)


def timeline_answer(*events: TimelineEvent) -> TimelineAnswer:
    """A timeline of these events; of one, timed by S1, if there are none."""
    return TimelineAnswer(events=list(events or (timeline_event(),)))


def causes_answer(**more: object) -> CausesAnswer:
    """An answer that names no causes, but for what is given."""
    fields: dict[str, object] = {
        "what_happened": [],
        "alternatives": [],
        "disagreements": [],
        "problem": None,
        "whys": [],
        "root_cause": None,
        "contributing_factors": [],
        "open_questions": [],
    }
    return CausesAnswer.model_validate(fields | more)


def impact_answer(**more: object) -> ImpactAnswer:
    """An answer with nothing but a title, but for what is given."""
    fields: dict[str, object] = {
        "title": claim("API down"),
        "severity": None,
        "detection": [],
        "services": None,
        "users": None,
        "scope": None,
        "data_loss": None,
        "business": None,
        "what_happened": None,
        "impact": None,
        "resolution": None,
    }
    return ImpactAnswer.model_validate(fields | more)


def learning_answer(**more: object) -> LearningAnswer:
    """An answer that has nothing to teach, but for what is given."""
    fields: dict[str, object] = {
        "went_well": [],
        "went_badly": [],
        "action_items": [],
        "proposals": [],
        "technical_lessons": [],
        "process_lessons": [],
        "review_meeting": None,
        "review_attendees": [],
    }
    return LearningAnswer.model_validate(fields | more)


def least_answers() -> dict[str, BaseModel]:
    """The least valid answer of every stage."""
    return {
        "timeline": timeline_answer(),
        "causes": causes_answer(),
        "impact": impact_answer(),
        "learning": learning_answer(),
        "verification": VerificationAnswer(verdicts=[]),
        "merge": MergeAnswer(keep=[]),
        "questions": QuestionsAnswer(sections=[]),
    }


def answers(**more: object) -> Answers:
    """What the stages after the timeline gave: the least, but for what is given."""
    least = {stage: answer for stage, answer in least_answers().items() if stage in Answers.model_fields}
    return Answers.model_validate({**least, **more})
