"""A model that says what it is being asked, for people who wait."""

import time
from collections.abc import Callable

from pmdraft.llm.seam import Model, Reply, Request


class AnnouncedModel:
    """Passes requests on to another model and tells of each.

    Args:
        model: what answers.
        tell: takes one line.
    """

    def __init__(self, model: Model, tell: Callable[[str], None]) -> None:
        self._model = model
        self._tell = tell
        self.name = model.name

    def complete(self, request: Request) -> Reply:
        """The other model's answer."""
        repair = " again, with what was wrong" if request.is_repair else ""
        self._tell(f"{request.stage}: asking {self.name}{repair}")
        begun = time.monotonic()
        reply = self._model.complete(request)
        self._tell(f"{request.stage}: answered after {time.monotonic() - begun:.0f} s")
        return reply
