"""Alerts as bots tell of them in a chat, and when two of them are one."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pmdraft.evidence import Evidence, EvidenceKind, Source

_WORD = re.compile(r"[A-Za-z][A-Za-z_-]+|[ァ-ヶー]{2,}|[一-龥]{2,}")


def state_of(item: Evidence) -> EvidenceKind | None:
    """The state of the alert that a bot tells of; None for a message that is no such notice."""
    if item.kind is not EvidenceKind.BOT_MESSAGE:
        return None
    words = _words()
    if words.firing.search(item.text):
        return EvidenceKind.ALERT_FIRED
    if words.acknowledged.search(item.text):
        return EvidenceKind.ALERT_ACKNOWLEDGED
    return EvidenceKind.ALERT_RESOLVED if words.resolved.search(item.text) else None


def is_alert(item: Evidence) -> bool:
    """Whether it is an alert, or a bot's message that one fires."""
    return item.source is Source.ALERT or state_of(item) is EvidenceKind.ALERT_FIRED


def names_of_alert(item: Evidence) -> frozenset[str]:
    """The words that an alert is known by, whatever its state and figures are."""
    said = item.title or next((line for line in item.text.splitlines() if line.strip()), "")
    words = (word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", said)))
    return frozenset(word for word in words if word not in _words().states)


def same_alert(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two alerts are one by their names: HighErrorRate, and HighErrorRate of the service api."""
    return bool(one and other) and (one <= other or other <= one)


class _Words(NamedTuple):
    states: frozenset[str]
    firing: re.Pattern[str]
    resolved: re.Pattern[str]
    acknowledged: re.Pattern[str]


@cache
def _words() -> _Words:
    told = tomllib.loads(files(__package__).joinpath("alert_lines.toml").read_text(encoding="utf-8"))
    firing, resolved, acknowledged = (
        re.compile("|".join(f"(?:{pattern})" for pattern in told[name]), re.IGNORECASE | re.MULTILINE)
        for name in ("firing", "resolved", "acknowledged")
    )
    return _Words(frozenset(told["state_words"]), firing, resolved, acknowledged)
