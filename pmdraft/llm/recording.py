"""A run's model responses in a file, to draft again from them with no network.

The file is JSON lines: a header, then one response a line, stored as soon as it
is there. Responses are found by the fingerprint of their request, so a changed
prompt, setting or piece of evidence never gets an answer that was not for it.
"""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, ValidationError, field_validator

from pmdraft.errors import BadAnswer, InputError, ModelError, ModelUnavailable, RecordingMiss
from pmdraft.llm.seam import Model, Reply, Request, Stopped
from pmdraft.records import Line, Record

_HINT = "is this a file that --record made?"
_ERRORS: dict[str, type[ModelError]] = {"unavailable": ModelUnavailable, "bad_answer": BadAnswer}


class Header(Record):
    """First line of a recording."""

    format: Literal["pmdraft-recording/1"] = "pmdraft-recording/1"
    created: AwareDatetime
    """When the recorded run began; a replay is dated the same, so that it gives the same bytes."""
    model: Line

    @field_validator("created")
    @classmethod
    def _is_of_our_time(cls, at: datetime) -> datetime:
        if not 2000 <= at.year < 2999:
            raise ValueError("no date of our time")
        return at


class Response(Record):
    """One line of a recording: what a request got."""

    request: str
    """Fingerprint of the request."""
    stage: str
    text: str = ""
    stopped: Stopped = "done"
    tokens_in: int | None = None
    tokens_out: int | None = None
    error: Literal["unavailable", "bad_answer"] | None = None
    """Set where there was no answer; `text` is then the reason."""


class Recording:
    """An opened recording."""

    def __init__(self, header: Header, responses: dict[str, Response]) -> None:
        self.header = header
        self._responses = responses

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read a recording.

        Raises:
            InputError: it cannot be read, or is no recording.
        """
        try:
            lines = _whole(path.read_bytes()).splitlines()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
        number = 1
        try:
            header = Header.model_validate_json(lines[0] if lines else b"")
            responses = {}
            for number, line in enumerate(lines[1:], 2):  # noqa: B007 - the error below names it
                response = Response.model_validate_json(line)
                responses[response.request] = response
        except ValidationError as error:
            raise InputError(f"{path}:{number}: not a line of a recording; {_HINT}") from error
        return cls(header, responses)

    def response(self, request: Request) -> Response | None:
        """What was recorded for an equal request, or None."""
        return self._responses.get(request.fingerprint())

    def add(self, response: Response) -> None:
        """Take one more response in."""
        self._responses[response.request] = response


class ReplayModel:
    """Answers from a recording and from nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._recording = Recording.load(path)
        self.name = self._recording.header.model
        self.created: datetime = self._recording.header.created

    def complete(self, request: Request) -> Reply:
        """The recorded answer; a recorded failure fails again.

        Raises:
            RecordingMiss: no equal request was recorded.
            ModelError: that request failed when it was recorded.
        """
        response = self._recording.response(request)
        if response is None:
            raise RecordingMiss(
                f"{self._path}: holds no response for the {request.stage!r} request of this run; "
                "were the evidence, the settings or pmdraft's prompts changed since? record it again"
            )
        if response.error is not None:
            raise _ERRORS[response.error](response.text)
        return _reply(response)


class RecordingModel:
    """Stores each response of another model at once; what is stored is not asked for again, repairs excepted.

    So a run that broke off, run again with the same file, pays only for what is missing.

    Raises:
        InputError: the file is there, but is no recording, or is of another model.
    """

    def __init__(self, model: Model, path: Path) -> None:
        self._model = model
        self._path = path
        self._lock = threading.Lock()
        self.name = model.name
        if path.exists():
            self._recording = Recording.load(path)
            if self._recording.header.model != self.name:
                held = self._recording.header.model
                raise InputError(f"{path}: holds responses of model {held!r}, not {self.name!r}; name another file")
            self._mend()
        else:
            self._recording = Recording(Header(created=datetime.now(UTC).replace(microsecond=0), model=self.name), {})
            self._write(self._recording.header, mode="x")  # two runs at once must not share one file
        self.created: datetime = self._recording.header.created

    def complete(self, request: Request) -> Reply:
        """The stored answer, else the model's, stored.

        Raises:
            ModelError: the model failed; that is stored too, but asked again by the next run.
        """
        stored = self._recording.response(request)
        # A repair that did not help would otherwise stay for ever; one more question costs little.
        if stored is not None and stored.error is None and not request.is_repair:
            return _reply(stored)
        about = {"request": request.fingerprint(), "stage": request.stage}
        try:
            reply = self._model.complete(request)
        except (ModelUnavailable, BadAnswer) as error:
            kind: Literal["unavailable", "bad_answer"] = "bad_answer" if isinstance(error, BadAnswer) else "unavailable"
            self._store(Response(**about, text=str(error), error=kind))
            raise
        self._store(
            Response(
                **about,
                text=reply.text,
                stopped=reply.stopped,
                tokens_in=reply.tokens_in,
                tokens_out=reply.tokens_out,
            )
        )
        return reply

    def _store(self, response: Response) -> None:
        with self._lock:
            self._recording.add(response)
            self._write(response)

    def _write(self, record: Record, mode: str = "a") -> None:
        line = json.dumps(record.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
        try:
            with self._path.open(mode, encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def _mend(self) -> None:
        """Take half a line off the end, so that the next one does not stand behind it."""
        try:
            with self._path.open("r+b") as file:
                file.truncate(len(_whole(file.read())))
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(f"{self._path}: cannot be written ({error.strerror or error}); name another file")


def _whole(data: bytes) -> bytes:
    """The lines that end; a run that was killed while it wrote leaves half a line."""
    return data[: data.rfind(b"\n") + 1]


def _reply(response: Response) -> Reply:
    return Reply(response.text, response.stopped, response.tokens_in, response.tokens_out)
