"""A run's model responses in a file, to draft again from them with no network.

The file is JSON lines: a header, then one response a line, stored as soon as it
is there. Responses are found by the fingerprint of their request, so a changed
prompt, setting or piece of evidence never gets an answer that was not for it.
"""

import json
import os
import threading
import weakref
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import lock_descriptor
from pydantic import AwareDatetime, ValidationError, field_validator

from pmdraft.errors import InputError, RecordingMiss
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Reply, Request
from pmdraft.reading import read_bytes, read_stream
from pmdraft.records import Line, Record

_LARGEST = 512 * 1024**2  # bytes
_HINT = "is this a file that --record made?"


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


class Recording:
    """A recording that was read.

    Args:
        data: its bytes.
        name: what errors call it.

    Raises:
        InputError: it is no recording.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        lines = _whole(data).splitlines()
        number = 1
        try:
            self.header = Header.model_validate_json(lines[0] if lines else b"")
            self._responses: dict[str, Response] = {}
            for number, line in enumerate(lines[1:], 2):  # noqa: B007 - the error below names it
                self.add(Response.model_validate_json(line))
        except ValidationError as error:
            raise InputError(f"{name}:{number}: not a line of a recording; {_HINT}") from error

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read a recording.

        Raises:
            InputError: it cannot be read, or is no recording.
        """
        try:
            return cls(read_bytes(path, _LARGEST), str(path))
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error

    @property
    def responses(self) -> tuple[Response, ...]:
        """All that was recorded, in the order in which it came."""
        return tuple(self._responses.values())

    def response(self, request: Request) -> Response | None:
        """What was recorded for an equal request, or None."""
        return self._responses.get(request.fingerprint())

    def has_another_prompt(self, request: Request) -> bool:
        """Whether the stage's prompt is another one than what was recorded for it was made with."""
        of_stage = {known.prompt for known in self._responses.values() if known.stage == request.stage}
        return bool(of_stage) and None not in of_stage and request.prompt not in of_stage

    def add(self, response: Response) -> None:
        """Take one more response in."""
        self._responses[response.request] = response


class ReplayModel:
    """Answers from a recording and from nothing else.

    Args:
        recording: the recording, or its file.
    """

    def __init__(self, recording: Path | Recording) -> None:
        self._recording = recording if isinstance(recording, Recording) else Recording.load(recording)
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
            since = (
                f"pmdraft's prompt for it was changed since (now {request.prompt})"
                if self._recording.has_another_prompt(request)
                else "were the evidence, the settings or pmdraft's prompts changed since"
            )
            raise RecordingMiss(
                f"{self._recording.name}: holds no response for the {request.stage!r} request of this run; "
                f"{since}; record it again"
            )
        return response.again()


class RecordingFile:
    """Responses of one model in a file that only one run writes to at a time.

    Args:
        path: the file; made if it is not there, gone on with if it is.
        model: the model's name.

    Raises:
        InputError: the file is no recording, or of another model; it is another run's, or cannot be written.
    """

    def __init__(self, path: Path, model: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            # Anew, a file that only the user may read.
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            self.close = weakref.finalize(self, os.close, self._file)
            """Let another run have the file."""
            if not lock_descriptor(self._file, blocking=False):
                raise InputError(f"{path}: another run is recording to it; wait for that one, or name another file")
            with os.fdopen(self._file, "rb", closefd=False) as file:
                data = read_stream(file, _LARGEST)
        except OSError as error:
            raise self._unwritable(error) from error
        if data:
            self._recording = Recording(data, str(path))
            held = self._recording.header.model
            if held != model:
                raise InputError(f"{path}: holds responses of model {held!r}, not {model!r}; name another file")
            # Half a line at the end goes, so that the next one does not stand behind it.
            os.truncate(self._file, len(_whole(data)))
        else:
            header = Header(created=datetime.now(UTC).replace(microsecond=0), model=model)
            self._write(header)
            self._recording = Recording(recorded(header), str(path))
        self.created: datetime = self._recording.header.created

    def response(self, request: Request) -> Response | None:
        """What was recorded for an equal request, or None."""
        return self._recording.response(request)

    def keep(self, response: Response) -> None:
        """Write one more response.

        Raises:
            InputError: it cannot be written.
        """
        with self._lock:
            self._recording.add(response)
            self._write(response)

    def _write(self, record: Header | Response) -> None:
        line = recorded(record)
        try:
            while line:
                line = line[os.write(self._file, line) :]
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(f"{self._path}: cannot be written ({error.strerror or error}); name another file")


def recorded(record: Header | Response) -> bytes:
    """A line of a recording."""
    return json.dumps(record.model_dump(mode="json", exclude_none=True), ensure_ascii=False).encode() + b"\n"


def _whole(data: bytes) -> bytes:
    """The lines that end; a run that was killed while it wrote leaves half a line."""
    return data[: data.rfind(b"\n") + 1]
