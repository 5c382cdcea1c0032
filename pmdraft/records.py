"""What all of pmdraft's data has in common: it does not change, and says what it holds."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from pmdraft.shown import one_line, visible


class Record(BaseModel):
    """A frozen model; a string under a field documents it and reaches the JSON Schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


Shown = Annotated[str, AfterValidator(visible)]
"""Text without what a reader cannot see."""
Line = Annotated[str, AfterValidator(one_line)]
"""The same, on one line."""


def first_problem(error: ValidationError) -> str:
    """The first thing that is wrong, in a few words: `users.3.id: Field required`."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
