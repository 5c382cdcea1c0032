"""What a scorer gives: so many of so many, and the reason."""

import math
from typing import NamedTuple


class Score(NamedTuple):
    """One measure of one draft.

    Attributes:
        measure: its name, such as `event recall`.
        hits: how many.
        of: of how many; 0 where there was nothing to measure.
        reason: what was missed or found, in one line.
        good: whether more is better.
        plain: whether it is an amount (seconds, tokens) instead of a share; `of` then counts drafts.
    """

    measure: str
    hits: float
    of: float
    reason: str = ""
    good: bool = True
    plain: bool = False

    @property
    def value(self) -> float | None:
        """The share, or the mean amount; None of nothing."""
        return self.hits / self.of if self.of else None


def wilson(hits: float, of: float, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share, 95 % by default.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(max(0.0, share * (1 - share)) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def total(scores: list[Score]) -> Score:
    """Several drafts' scores of one measure as one."""
    first = scores[0]
    return Score(
        first.measure, sum(s.hits for s in scores), sum(s.of for s in scores), good=first.good, plain=first.plain
    )


def named(items: list[str], most: int = 6) -> str:
    """A few names, and how many more there are."""
    shown = ", ".join(items[:most])
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown
