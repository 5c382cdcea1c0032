"""What all of pmdraft's data has in common: it does not change, and says what it holds."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen model; a string under a field documents it and reaches the JSON Schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
