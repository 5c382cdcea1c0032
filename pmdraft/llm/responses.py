"""What a request got, as it is kept in a file."""

from typing import Literal, Protocol

from pmdraft.errors import BadAnswer, ModelError, ModelUnavailable, PromptTooLong
from pmdraft.llm.seam import Reply, Request, Stopped
from pmdraft.records import Line, Record

Failure = Literal["unavailable", "bad_answer", "too_long"]

# In the order in which they are looked for: the particular before the general.
_ERRORS: dict[Failure, type[ModelError]] = {
    "too_long": PromptTooLong,
    "unavailable": ModelUnavailable,
    "bad_answer": BadAnswer,
}
KEPT_ERRORS = (ModelUnavailable, BadAnswer)
"""Errors of a model that are kept as its responses are; any other one is no word of the model's."""


class Response(Record):
    """What a request got."""

    request: str
    """Fingerprint of the request."""
    stage: str
    text: str = ""
    stopped: Stopped = "done"
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    error: Failure | None = None
    """Set where there was no answer; `text` is then the reason."""
    model: Line | None = None
    """What answered, where that is not simply the model that was asked."""
    prompt: str | None = None
    """Version of the stage's prompt."""

    @property
    def is_worth_keeping(self) -> bool:
        """Whether the same request need not be asked again; another time a failure or refusal may be none."""
        return self.error is None and self.stopped in ("done", "length")

    def again(self, *, kept: bool = False) -> Reply:
        """The reply that it was.

        Args:
            kept: whether to say that it comes from an earlier run.

        Raises:
            ModelError: it was none, and fails again the same way.
        """
        if self.error is not None:
            raise _ERRORS[self.error](self.text)
        tokens = (self.tokens_in, self.tokens_out, self.tokens_cached)
        return Reply(self.text, self.stopped, *tokens, model=self.model, kept=kept)


class Responses(Protocol):
    """Where responses are kept."""

    def response(self, request: Request) -> Response | None:
        """What an equal request got, or None."""

    def keep(self, response: Response) -> None:
        """Keep one more."""


def response_of(request: Request, got: Reply | ModelError) -> Response:
    """What is kept of a request and what it got."""
    about = {"request": request.fingerprint(), "stage": request.stage, "prompt": request.prompt or None}
    if isinstance(got, ModelError):
        kind = next(kind for kind, error in _ERRORS.items() if isinstance(got, error))
        return Response(**about, text=str(got), error=kind)
    return Response(
        **about,
        text=got.text,
        stopped=got.stopped,
        tokens_in=got.tokens_in,
        tokens_out=got.tokens_out,
        tokens_cached=got.tokens_cached,
        model=got.model,
    )
