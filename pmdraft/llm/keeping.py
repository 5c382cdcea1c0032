"""A model whose responses are kept as they come, so that a run that broke off pays only for what is missing."""

from collections.abc import Callable

from pmdraft.llm.responses import KEPT_ERRORS, Responses, response_of
from pmdraft.llm.seam import Model, Reply, Request


class KeepingModel:
    """Asks another model only for what is not kept yet, and keeps each response at once.

    Args:
        model: what answers.
        kept: where responses are kept.
        tell: takes one line where nothing need be asked.
    """

    def __init__(self, model: Model, kept: Responses, tell: Callable[[str], None] = lambda _: None) -> None:
        self._model = model
        self._kept = kept
        self._tell = tell
        self.name = model.name

    def complete(self, request: Request) -> Reply:
        """The kept answer, or the other model's.

        Raises:
            ModelError: the other model has none.
            InputError: the response cannot be kept.
        """
        known = None if request.anew else self._kept.response(request)
        if known is not None and known.is_worth_keeping:
            self._tell(f"{request.stage}: answered in an earlier run")
            return known.again(kept=True)
        try:
            reply = self._model.complete(request)
        except KEPT_ERRORS as error:
            self._kept.keep(response_of(request, error))
            raise
        self._kept.keep(response_of(request, reply))
        return reply
