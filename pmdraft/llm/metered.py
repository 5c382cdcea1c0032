"""A model that keeps what it was answered, to tell what a part of the draft cost."""

from pmdraft.llm.seam import Model, Reply, Request


class MeteredModel:
    """Passes requests on to another model and keeps the replies.

    Args:
        model: what answers.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name = model.name
        self.replies: list[Reply] = []
        """In the order in which they came."""

    def complete(self, request: Request) -> Reply:
        """The other model's answer."""
        reply = self._model.complete(request)
        self.replies.append(reply)
        return reply
