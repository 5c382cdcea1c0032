"""A sentence of a postmortem, with what it rests on; and the kinds of it that hold a value."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime

from pmdraft.records import Record, Shown


class Basis(StrEnum):
    """On whose authority a statement stands."""

    STATED = "stated"
    """The cited evidence says so."""
    COMPUTED = "computed"
    """Code worked it out from the cited evidence or from a rule of the template."""
    HYPOTHESIS = "hypothesis"
    """A conclusion that no person has confirmed yet."""
    PROPOSED = "proposed"
    """A suggestion that nobody in the evidence made."""
    HUMAN = "human"
    """A person wrote or confirmed it."""


class Support(StrEnum):
    """What the checks made of a statement."""

    UNCHECKED = "unchecked"
    GROUNDED = "grounded"
    """It cites evidence that exists, and every number and time in it occurs there."""
    DOUBTFUL = "doubtful"
    """Something in it does not occur in what it cites."""
    UNCITED = "uncited"
    """It claims to be stated or computed, and cites nothing."""


class Quotation(Record):
    """Words of the evidence, looked up there by code."""

    evidence: str
    """Id of the evidence that holds them."""
    words: Shown


class Statement(Record):
    """One sentence or phrase of the postmortem, with what it rests on."""

    text: Shown
    evidence: tuple[str, ...] = ()
    """Ids of the evidence that it cites."""
    basis: Basis = Basis.STATED
    support: Support = Support.UNCHECKED
    quotes: tuple[Quotation, ...] = ()
    """The words of the evidence that it was made from."""
    as_said: bool = False
    """It quotes words of the channel that would be blame if they were the draft's own."""


class Duration(Statement):
    """A length of time that code worked out, with its definition in `text`."""

    seconds: int
    start: AwareDatetime
    end: AwareDatetime


class DueDate(Statement):
    """A date by which something is due: said by somebody, or proposed by a rule."""

    on: date


class Question(Statement):
    """Something that the evidence leaves open."""

    about: str
    """Field of the postmortem that it would fill, such as `impact.business`."""
    ask: str
    """Who is likely to know."""
