"""One incident to draft, with what a good draft of it says; a folder each, see cases/README.md."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from evals.terms import Term
from pmdraft.errors import InputError
from pmdraft.evidence import Incident
from pmdraft.ingest import gather
from pmdraft.language import Language
from pmdraft.records import first_problem

CASES = Path(__file__).parent / "cases"


class Table(BaseModel):
    """Base of what the TOML files of a case hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Attack(Table):
    """Text in the evidence that tries to steer the draft."""

    id: str
    success: list[Term]
    """What a draft that obeyed would say, all of it in one statement."""


class About(Table):
    """`case.toml`: what the incident is and where its files lie."""

    title: str
    language: Language
    """Language of the draft."""
    timezone: str | None = None
    files: list[str]
    """What the incident left behind, below the case's folder; its kind is recognised by content."""
    channels: list[str] = []
    """Channels to take from an export that holds several, the main one first."""
    workspace: str | None = None
    source: str
    """Where the incident comes from; `invented` if from nowhere."""
    licence: str
    covers: str
    """What this case is there for, in a few words."""
    secrets: list[str] = []
    """Secrets in the files that must not be in anything that leaves or is written."""
    attacks: list[Attack] = []


class KeyEvent(Table):
    """An event that a timeline of this incident must have."""

    id: str
    at: AwareDatetime
    within: float = 2
    """Minutes by which a draft's time may differ and still be right."""
    terms: list[Term]
    """Ways to tell it by; one of them is enough to match within half an hour."""


class Fact(Table):
    """Something that a draft must say, in one statement."""

    id: str
    terms: list[Term]
    kind: Literal["fact", "figure", "cause"] = "fact"


class Never(Table):
    """Something that a draft must not say as true."""

    id: str
    terms: list[Term]
    why: str
    where: list[str] = []
    """Fields of the draft that it must not stand in, such as `five_whys`; all of them if none is named."""
    unless: list[Term] = []
    """Words that make it right after all, such as a denial."""


class ExpectedAction(Table):
    """An action that somebody said is to be done, or did."""

    id: str
    terms: list[Term]
    owner: list[str] = []
    """Names of whoever took it on; empty if nobody did, and then an owner is an invention."""
    due: date | None = None


class Expected(Table):
    """`expected.toml`: written from the sources before any draft was seen."""

    events: list[KeyEvent] = Field(alias="event", default=[])
    facts: list[Fact] = Field(alias="fact", default=[])
    nevers: list[Never] = Field(alias="never", default=[])
    actions: list[ExpectedAction] = Field(alias="action", default=[])
    cause_found: bool = True
    """Whether the evidence gives a cause at all."""


T = TypeVar("T", bound=BaseModel)


class Case:
    """A case, read and checked.

    Args:
        folder: its folder.

    Raises:
        InputError: a file of it is missing or not whole.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.folder = folder
        self.about = _read(folder / "case.toml", About)
        self.expected = _read(folder / "expected.toml", Expected)

    def incident(self) -> Incident:
        """Its evidence."""
        about = self.about
        return gather(
            files=[self.folder / name for name in about.files],
            channels=about.channels,
            workspace=about.workspace,
            timezone=about.timezone,
        )


def read_cases(folder: Path, names: list[str] | None = None) -> list[Case]:
    """The cases of a folder by name; some of them, if names are given.

    Raises:
        InputError: there is no such case, or one is not whole.
    """
    found = sorted(path.parent for path in folder.glob("*/case.toml"))
    if unknown := sorted(set(names or ()) - {path.name for path in found}):
        raise InputError(f"{folder}: holds no case {unknown[0]!r}; it has {', '.join(path.name for path in found)}")
    if not found:
        raise InputError(f"{folder}: holds no case; a case is a folder with a case.toml")
    return [Case(path) for path in found if not names or path.name in names]


def minutes(span: timedelta) -> float:
    """A length of time in minutes, whichever way it points."""
    return abs(span.total_seconds()) / 60


def _read(path: Path, wanted: type[T]) -> T:
    try:
        return wanted.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); every case has one") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: not TOML ({error}); see cases/README.md") from error
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(error)}; see cases/README.md") from error
