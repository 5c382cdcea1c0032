"""What pmdraft asks of a model, and what it gets: one method."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from pmdraft.shown import visible

Stopped = Literal["done", "length", "refused", "filtered"]


class Message(NamedTuple):
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model.

    Attributes:
        stage: name of the stage that asks.
        messages: the conversation so far.
        schema: JSON Schema of the answer.
        most_out: most tokens that the answer may cost, where a run is limited. It decides nothing
            about a whole answer, so it is no part of the fingerprint.
        prompt: version of the stage's prompt, to tell which one changed; it decides no answer.
        anew: to be asked whatever was kept; no part of the fingerprint either.
    """

    stage: str
    messages: tuple[Message, ...]
    schema: dict[str, object]
    most_out: int | None = None
    prompt: str = ""
    anew: bool = False

    def fingerprint(self) -> str:
        """Hash of all that decides the answer; equal requests have equal ones."""
        content = json.dumps([self.messages, self.schema], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def is_repair(self) -> bool:
        """Whether it shows the model an answer of its own."""
        return any(message.role == "assistant" for message in self.messages)

    def after(self, answer: str, complaint: str) -> "Request":
        """The request that shows the model its answer and what is wrong with it."""
        more = (Message("assistant", answer or "(empty)"), Message("user", complaint))
        return replace(self, messages=(*self.messages, *more))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        text: the answer as the model wrote it.
        stopped: why it ended; anything but `done` means that the answer is not whole.
        tokens_in: tokens of the request, where the endpoint says so.
        tokens_out: tokens of the answer, likewise.
        tokens_cached: how many of `tokens_in` came from the endpoint's prompt cache, likewise.
        model: what answered, where that is not simply the model that was asked.
        kept: whether it was kept from an earlier run, and cost nothing in this one.
    """

    text: str
    stopped: Stopped = "done"
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    model: str | None = None
    kept: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        """Leave out what no reader would see and no file could hold."""
        object.__setattr__(self, "text", visible(self.text))

    def after(self, earlier: "Reply") -> "Reply":
        """This reply, with the tokens of an earlier one that had to be thrown away."""
        return replace(
            self,
            tokens_in=_sum(earlier.tokens_in, self.tokens_in),
            tokens_out=_sum(earlier.tokens_out, self.tokens_out),
            tokens_cached=_sum(earlier.tokens_cached, self.tokens_cached),
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


class Model(Protocol):
    """Anything that answers requests."""

    @property
    def name(self) -> str:
        """What the draft says that it was drafted by."""

    def complete(self, request: Request) -> Reply:
        """Answer one request.

        Raises:
            ModelError: there is no answer.
        """
