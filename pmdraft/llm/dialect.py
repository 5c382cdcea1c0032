"""What an endpoint takes beyond model and messages, learned from what it refuses."""

from urllib.parse import urlsplit

from pmdraft.llm.seam import Request

_ROOM = ("max_completion_tokens", "max_tokens")
# Words by which endpoints say that they do not know an option, rather than that its value is too large.
_UNKNOWN = ("unsupported", "not support", "unrecognized", "unknown", "not permitted", "extra", "unexpected", "instead")
_OWN_HOSTS = ("api.openai.com", ".openai.azure.com", ".services.ai.azure.com")


class Dialect:
    """The options of requests to one endpoint.

    Args:
        base_url: its address. OpenAI and Azure limit answers by `max_completion_tokens`, their reasoning
            models by nothing else; others know `max_tokens`.
        temperature: the temperature to ask for, if any. Reasoning models refuse it.
    """

    def __init__(self, base_url: str, *, temperature: float | None = None) -> None:
        host = urlsplit(base_url).hostname or ""
        own = any(host == name or (name.startswith(".") and host.endswith(name)) for name in _OWN_HOSTS)
        self._rooms = _ROOM if own else _ROOM[::-1]
        self._temperature = temperature
        self._refused: frozenset[str] = frozenset()

    def options(self, request: Request, room: int | None) -> dict[str, object]:
        """What goes with a request.

        Args:
            request: for its stage and schema.
            room: most tokens of the answer, if it is to be limited.
        """
        refused = self._refused
        schema = {"name": request.stage, "strict": True, "schema": request.schema}
        wanted: dict[str, object] = {"response_format": {"type": "json_schema", "json_schema": schema}}
        if self._temperature is not None:
            wanted["temperature"] = self._temperature
        name = next((name for name in self._rooms if name not in refused), None)
        if room is not None and name is not None:
            wanted[name] = room
        return {name: value for name, value in wanted.items() if name not in refused}

    def learn(self, complaint: str, sent: dict[str, object]) -> bool:
        """Take from a refusal what this endpoint does not take.

        Args:
            complaint: the refusal's text.
            sent: the options of the request that was refused.

        Returns:
            Whether the request is worth sending again: options that go with it then are fewer or others.
        """
        told = complaint.lower()
        named = {name for name in sent if name in told}
        if "json_schema" in told:
            # The schema stands in the prompt too, so endpoints that know no schemas still see it.
            named |= {"response_format"} & sent.keys()
        if not any(word in told for word in _UNKNOWN):
            named -= set(_ROOM)  # it knows the option, and the number is too large for it
        self._refused |= named
        return bool(named)


def is_about_room(complaint: str) -> bool:
    """Whether a refusal is about the number of tokens that an answer may have."""
    return any(name in complaint.lower() for name in _ROOM)
