"""Responses of earlier runs in the user's cache: a file each, found by model, endpoint and request."""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Request

_KEPT_FOR = 30 * 24 * 3600.0


class ResponseCache:
    """The kept responses of one model at one endpoint. They hold redacted text only, and only the user may read them.

    A cache that cannot be used is told of once, and is no reason for a run to fail.

    Args:
        folder: where they lie; made when it is needed. What is older than 30 days is removed.
        model: the model's name.
        endpoint: its address; another endpoint's model of that name is another model.
        tell: takes one line.
    """

    def __init__(self, folder: Path, *, model: str, endpoint: str, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._of = (model, endpoint)
        self._tell = tell
        self._tells = True
        self._kept: set[str] = set()
        _remove_older(folder, time.time() - _KEPT_FOR)

    @property
    def kept(self) -> int:
        """How many responses of this run are in the cache, those of earlier runs included."""
        return len(self._kept)

    def response(self, request: Request) -> Response | None:
        """What an equal request got, or None."""
        try:
            response = Response.model_validate_json(self._path(request.fingerprint()).read_bytes())
        except (OSError, ValidationError):  # never kept; or no whole file, and asked for again
            return None
        self._kept.add(response.request)
        return response

    def keep(self, response: Response) -> None:
        """Keep a response, if the same request need not be asked again."""
        if not response.is_worth_keeping:
            return
        try:
            self._write(response)
        except OSError as error:
            if self._tells:
                self._tell(f"note: answers are not kept ({self._folder}: {error.strerror or error})")
            self._tells = False
        else:
            self._kept.add(response.request)

    def _write(self, response: Response) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made with rights for the user alone, and put in its place whole: a killed run leaves no half of it.
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(response.model_dump_json(exclude_none=True))
            Path(temporary).replace(self._path(response.request))
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _path(self, fingerprint: str) -> Path:
        key = hashlib.sha256(json.dumps([*self._of, fingerprint]).encode()).hexdigest()
        return self._folder / f"{key}.json"


def _remove_older(folder: Path, than: float) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < than:
                    path.unlink()
