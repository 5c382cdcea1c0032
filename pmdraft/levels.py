"""How much a finding matters."""

from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, other: "Level") -> bool:
        """Whether this level is as grave as `other`, or graver."""
        order = list(Level)
        return order.index(self) <= order.index(other)
