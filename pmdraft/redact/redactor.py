"""Secrets in text become placeholders that say what stood there, the same for the same secret."""

from collections import Counter
from enum import Enum
from typing import TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind
from pydantic import BaseModel

from pmdraft.evidence import Incident, Redaction
from pmdraft.redact.beside import BESIDE
from pmdraft.redact.kinds import ADDRESSES, SECRETS, Kind
from pmdraft.redact.vendors import VENDORS

T = TypeVar("T")

_PLACEHOLDER = "REDACTED_"
# One for one, so that a place in the one text is the same place in the other.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Redactor:
    """Replaces secrets, the same one by the same placeholder for as long as it lives.

    Args:
        addresses: replace IP addresses too.
    """

    def __init__(self, *, addresses: bool = False) -> None:
        self._kinds = (*VENDORS, *SECRETS, *BESIDE, *(ADDRESSES if addresses else ()))
        # Bits for the kinds that a literal announces; what needs none is always tried.
        announced: dict[str, int] = {}
        self._always = 0
        for number, kind in enumerate(self._kinds):
            self._always |= 0 if kind.literals else 1 << number
            for literal in kind.literals:
                announced[literal] = announced.get(literal, 0) | 1 << number
        self._bits = list(announced.values())
        self._search = AhoCorasick(list(announced), matchkind=MatchKind.Standard)
        self._placeholders: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._clean: dict[str, str] = {}

    def clean(self, text: str) -> str:
        """`text` with every secret replaced."""
        # Names of authors, files and channels stand at every piece of evidence.
        cleaned = self._clean.get(text)
        if cleaned is None:
            cleaned = self._clean[text] = self._cleaned(text)
        return cleaned

    def _cleaned(self, text: str) -> str:
        plain = text.translate(_HALF_WIDTH)
        tried = self._announced_in(plain)
        for number, kind in enumerate(self._kinds):
            if not tried >> number & 1:
                continue
            cleaned = self._without(kind, text, plain)
            if cleaned is not text:
                text, plain = cleaned, cleaned.translate(_HALF_WIDTH)
                tried = self._announced_in(plain)
        return text

    def _announced_in(self, plain: str) -> int:
        """The kinds that are worth a try, a bit each."""
        found = self._always
        for literal in {hit[0] for hit in self._search.find_matches_as_indexes(plain.lower(), overlapping=True)}:
            found |= self._bits[literal]
        return found

    def report(self) -> tuple[Redaction, ...]:
        """How many different secrets of each kind were replaced; never their values."""
        return tuple(Redaction(kind=kind, count=count) for kind, count in sorted(self._counts.items()))

    def _without(self, kind: Kind, text: str, plain: str) -> str:
        """`text` without the secrets of one kind, which are looked for in its half-width form."""
        parts: list[str] = []
        position = 0
        group = "secret" if "secret" in kind.pattern.groupindex else 0
        for match in kind.pattern.finditer(plain):
            value = match[group]
            if value.startswith(_PLACEHOLDER) or not kind.holds(value):
                continue
            start, end = match.span(group)
            parts += [text[position:start], self._placeholder(kind.kind, value)]
            position = end
        return "".join([*parts, text[position:]]) if parts else text

    def _placeholder(self, kind: str, value: str) -> str:
        placeholder = self._placeholders.get((kind, value))
        if placeholder is None:
            self._counts[kind] += 1
            placeholder = f"{_PLACEHOLDER}{kind.upper()}_{self._counts[kind]}"
            self._placeholders[kind, value] = placeholder
        return placeholder


def redact(incident: Incident, *, addresses: bool = False) -> Incident:
    """The incident with the secrets in all its text replaced by placeholders.

    Redacting twice is the same as once.

    Args:
        incident: as it was gathered.
        addresses: replace IP addresses too.
    """
    redactor = Redactor(addresses=addresses)
    cleaned = _cleaned(incident, redactor)
    return cleaned.model_copy(update={"redactions": redactor.report() or incident.redactions})


def _cleaned(value: T, redactor: Redactor) -> T:
    """A copy in which every text is clean, in whatever field: none can be forgotten."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return redactor.clean(value)  # type: ignore[return-value]  # a text for a text
    if isinstance(value, BaseModel):
        fields = {name: _cleaned(getattr(value, name), redactor) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    if isinstance(value, tuple):
        return tuple(_cleaned(item, redactor) for item in value)  # type: ignore[return-value]  # a tuple for a tuple
    return value
