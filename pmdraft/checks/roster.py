"""The people of an incident, and how statements and evidence name them."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pmdraft.checks.lexicon import words
from pmdraft.evidence import Person

_DOES = (
    r"(?=(?:'s)? (?:had |has |was |is |were |then |also |later |first )?"
    r"(?:said|says|asked|saw|found|took|put|set|ran|wrote|"
    r"went|gave|undertook|thought|kept|knew|came|brought|chose|felt|read|spoke|made|held|began|got|told|sent|led|left|will\b|to \w+|on call|[a-z]+ed\b|[a-z]+ing\b))"
)
# Two kana stand in many words, two kanji or three other letters in few.
_TELLING = re.compile(r"[A-Za-z'’.-]{3,}|[一-龥々]{2,}|[ァ-ヶー]{3,}")
_PARTICLE = r"(?=\s?(?:が|は|も|さん|氏|と[^こ]|、|に[よ対依]|の(?:判断|報告|指摘|提案|承認|指示|発言|見方)))"
_HONORIFIC = r"(?=さん|氏|くん|君|様|ちゃん|殿)"

AS_SUBJECT = re.compile(rf"\)?(?:\s?さん|\s?氏)?\s?(?:が|は)|\)?{_DOES}")
"""What follows the name of somebody who does something."""


class Known(NamedTuple):
    """Somebody of the roster, with how a statement names them and how evidence does."""

    person: Person
    named: re.Pattern[str]
    """In a statement, where a word that is a name too is none by itself."""
    anywhere: re.Pattern[str]
    """In evidence, read generously."""

    def wrote(self, author: str | None) -> bool:
        """Whether an author is this person."""
        return bool(author) and (author or "").casefold() in {name.casefold() for name in _names(self.person)}


def roster(people: Iterable[Person]) -> tuple[Known, ...]:
    """The people of an incident; its bots are no people."""
    return tuple(
        Known(person, _pattern(names, _in_statement), _pattern(names, _in_evidence))
        for person in people
        if not person.is_bot and (names := _names(person))
    )


def _names(person: Person) -> tuple[str, ...]:
    """Each way to write somebody: the handle, every name, and the parts of a name that tell who it is."""
    whole = [name for name in (person.handle, *person.names, person.id) if name]
    parts = [part for name in whole if " " in name or "　" in name for part in name.split()]
    telling = [part for part in parts if _TELLING.fullmatch(part)]
    return tuple(sorted(dict.fromkeys([*whole, *telling]), key=len, reverse=True))


def _pattern(names: Sequence[str], way: Callable[[str], str]) -> re.Pattern[str]:
    return re.compile("|".join(way(name) for name in names))


def _in_evidence(name: str) -> str:
    if name.isascii():
        return rf"(?<![A-Za-z0-9_])(?i:{re.escape(name)})(?![A-Za-z0-9_])"
    return re.escape(name) if len(name) > 1 else rf"(?<=@){re.escape(name)}|{re.escape(name)}{_HONORIFIC}"


def _in_statement(name: str) -> str:
    if not name.isascii():
        return _in_evidence(name)
    plain = rf"(?<![A-Za-z0-9_./:-]){re.escape(name)}(?![A-Za-z0-9_/-]|\.[a-z])"
    if name.casefold() in words("role_handles") or (name.casefold() in words("name_words") and name.islower()):
        return rf"(?:(?<=@)|(?<=\bby )){re.escape(name)}(?![A-Za-z0-9_-])|(?<=[(（]){re.escape(name)}(?=[)）])|{plain}(?:{_PARTICLE}|{_DOES})"
    capital = re.escape(name[0].upper() + name[1:])
    return plain if name[0].isupper() else rf"{plain}|(?<![A-Za-z0-9_./:-]){capital}(?![A-Za-z0-9_/-]|\.[a-z])"
