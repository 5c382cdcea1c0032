"""What a message was for the incident, told clause by clause by the words in `said.toml`."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pmdraft.evidence import Evidence
from pmdraft.postmortem import EventKind
from pmdraft.severity import severities_in
from pmdraft.talk import is_hedged, is_question

# A message counts for the first kind that one of its clauses tells: the rarer and more telling first.
_ORDER = (
    EventKind.CLOSED,
    EventKind.DEAD_END,
    EventKind.RECOVERY,
    EventKind.DECISION,
    EventKind.COMMUNICATION,
    EventKind.MITIGATION,
    EventKind.CAUSE_FOUND,
    EventKind.PARTIAL_RECOVERY,
    EventKind.ACKNOWLEDGEMENT,
    EventKind.INVESTIGATION,
)
# These are told by denials and guesses too.
_OPEN = (EventKind.DEAD_END, EventKind.INVESTIGATION, EventKind.COMMUNICATION, EventKind.DECISION)
# These lists hold times, the others what is told.
_TIMES = ("since", "clock")
_CLAUSES = re.compile(
    r"[。\n;；!！]|(?<=[^0-9])\.(?=\s|$)|(?<=[?？])|、(?=[^、]{4})|, (?=(?:but|and|so|then|now)\b)| - "
)


class _Words(NamedTuple):
    told: re.Pattern[str]
    unless: re.Pattern[str]


def kind_of(item: Evidence) -> EventKind | None:
    """The first kind that a clause of a message tells; None if none does."""
    if severities_in(item.text) and not is_hedged(item):
        return EventKind.DECISION
    found = {kind for clause in _clauses(item) for kind in _ORDER if _tells(kind, clause)}
    return next((kind for kind in _ORDER if kind in found), None)


def told_at(item: Evidence, kind: EventKind) -> str | None:
    """The one time that a clause which tells that kind names, as it is written; None if it names none, or several."""
    for clause in _clauses(item):
        if _tells(kind, clause):
            times = {match["when"] for pattern in _times("clock") for match in pattern.finditer(clause)}
            return times.pop() if len(times) == 1 else None
    return None


def tells_of_trouble(item: Evidence) -> bool:
    """Whether somebody says there that something does not work."""
    return not is_question(item) and _words()["trouble"].told.search(_plain(item.text)) is not None


def since_when(item: Evidence) -> str | None:
    """The time, as it is written there, since when something does not work; None if nobody says so."""
    if not tells_of_trouble(item):
        return None
    for pattern in _times("since"):
        match = pattern.search(item.text)
        if match:
            return match["when"]
    return None


def _tells(kind: EventKind, clause: str) -> bool:
    if _words()["question"].told.search(clause):
        return False
    if kind not in _OPEN and _words()["hedge"].told.search(clause):
        return False
    words = _words()[kind.value]
    return words.told.search(clause) is not None and words.unless.search(clause) is None


def _clauses(item: Evidence) -> list[str]:
    return [clause for part in _CLAUSES.split(_plain(item.text)) if (clause := (part or "").strip())]


def _plain(text: str) -> str:
    """Text without code, addresses and quotations, in which words are not those of who writes."""
    normal = unicodedata.normalize("NFKC", text)
    return re.sub(r"```.*?(?:```|\Z)|https?://\S+|^>.*$", " ", normal, flags=re.DOTALL | re.MULTILINE)


@cache
def _words() -> dict[str, _Words]:
    kinds = _file()
    return {
        name: _Words(_joined([*lists["ja"], *lists["en"]]), _joined(lists.get("unless", []) or ["(?!)"]))
        for name, lists in kinds.items()
        if name not in _TIMES
    }


@cache
def _times(name: str) -> tuple[re.Pattern[str], ...]:
    lists = _file()[name]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*lists["ja"], *lists["en"]))


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("said.toml").read_text(encoding="utf-8"))


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
