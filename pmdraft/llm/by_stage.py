"""Another model for some of the stages, behind the same seam."""

from collections.abc import Mapping
from dataclasses import replace

from pmdraft.llm.seam import Model, Reply, Request


class ModelByStage:
    """Passes each request to the model of its stage.

    Args:
        model: what answers all other stages.
        stages: what answers the stages of these names: `timeline`, `merge`, `causes`, `impact`, `learning`,
            `verification`, `questions`, and `section-ID` for a section of the template.
    """

    def __init__(self, model: Model, stages: Mapping[str, Model]) -> None:
        self._model = model
        self._stages = dict(stages)
        own = ", ".join(f"{stage}: {chosen.name}" for stage, chosen in sorted(self._stages.items()))
        self.name = f"{model.name} ({own})" if own else model.name

    def of(self, stage: str) -> Model:
        """The model of a stage."""
        return self._stages.get(stage, self._model)

    def complete(self, request: Request) -> Reply:
        """That model's answer, which says whose it is.

        Raises:
            ModelError: there is no answer.
        """
        chosen = self.of(request.stage)
        return replace(reply := chosen.complete(request), model=reply.model or chosen.name)
