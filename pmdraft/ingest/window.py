"""The stretch of time that evidence is taken from."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, both included; None is open.

    Attributes:
        since: aware time.
        until: aware time.
    """

    since: datetime | None = None
    until: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or at >= self.since) and (self.until is None or at <= self.until)

    def around(self, moments: list[datetime], margin: timedelta) -> "Window":
        """This window, its open ends closed by the first and last of `moments` and a margin."""
        if not moments:
            return self
        return Window(self.since or _shifted(min(moments), -margin), self.until or _shifted(max(moments), margin))


def _shifted(at: datetime, by: timedelta) -> datetime:
    """`at` shifted, or as it is where that leaves the years that Python knows."""
    try:
        return at + by
    except OverflowError:
        return at
