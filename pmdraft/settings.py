"""What a user may set for a run."""

from dataclasses import dataclass
from datetime import datetime

from pmdraft.errors import UsageError
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.policy import Unsupported
from pmdraft.postmortem import Severity
from pmdraft.sections import Section


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run.

    Attributes:
        language: language of the draft; default: the one that the channel is written in.
        authors: who the draft names as its authors.
        severity: the severity, if it is not to be taken from the evidence.
        token_budget: most tokens of evidence in one request.
        created: when the draft is dated, aware; default: now. A replay is given the recording's
            date, to be the same to the byte.
        ignore: check rules, and families of them, that are off.
        sections: sections of the user's own template, and sections that people write themselves.
        redact_addresses: replace IP addresses by placeholders too, as secrets always are.
        pseudonyms: show the model `person_1` instead of the names that the roster knows.
        verify: whether the model reads what it stated once more, each statement with only what it cites.
        unsupported: what becomes of statements that the checks flag: `mark`, `move`, or what each `rule` says.
    """

    language: Language | None = None
    authors: tuple[str, ...] = ()
    severity: Severity | None = None
    token_budget: int = 60_000
    created: datetime | None = None
    ignore: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    redact_addresses: bool = False
    pseudonyms: bool = False
    verify: bool = True
    unsupported: Unsupported = Unsupported.RULE

    def __post_init__(self) -> None:
        """Take `"ja"`, `"SEV-1"` and `"move"` for what they name.

        Raises:
            UsageError: there is no such language, severity or policy.
        """
        for name, kind in (("language", Language), ("severity", Severity), ("unsupported", Unsupported)):
            value = getattr(self, name)
            try:
                object.__setattr__(self, name, kind(value) if value is not None else None)
            except ValueError as error:
                raise UsageError(f"{name} {value!r} is not known; it is one of {', '.join(kind)}") from error


def language_of(incident: Incident) -> Language:
    """The language that people write in: Japanese if one letter in ten is kana or kanji."""
    text = "".join(item.text for item in incident.evidence if item.source.is_chat)
    letters = [character for character in text if character.isalpha()]
    japanese = sum("\u3040" <= character <= "\u9fff" for character in letters)
    return Language.JA if letters and japanese * 10 >= len(letters) else Language.EN
