"""The responses of one run in memory, to put them into a file at its end."""

from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Request


class Collected:
    """What a run was answered; nothing is known beforehand."""

    def __init__(self) -> None:
        self._responses: dict[str, Response] = {}

    @property
    def responses(self) -> tuple[Response, ...]:
        """The last response to each request."""
        return tuple(self._responses.values())

    def response(self, request: Request) -> None:  # noqa: ARG002 - whatever the request
        """None: each is asked for."""
        return

    def keep(self, response: Response) -> None:
        """Keep one more."""
        self._responses[response.request] = response
