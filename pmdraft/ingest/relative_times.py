"""Times that messages give relative to when they were written, such as "10 minutes ago" and 「10分前」."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pmdraft.evidence import EvidenceKind, Incident
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice

_JA = re.compile(
    r"(?P<n>\d{1,3}|数|十数|半) ?(?P<unit>秒|分|時間|日|週間)(?P<half>半)?(?:くらい|ぐらい|ほど|程度)?前(?!年|後半)"
)
_EN = re.compile(
    r"\b(?:(?P<n>\d{1,3}|an?|a few|several|a couple of|half an?)[ -]?"
    r"(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?)) (?:ago|back|earlier)\b",
    re.IGNORECASE,
)
_UNITS = {
    "秒": timedelta(seconds=1), "分": timedelta(minutes=1), "時間": timedelta(hours=1), "日": timedelta(days=1),
    "週間": timedelta(weeks=1), "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1),
    "d": timedelta(days=1), "w": timedelta(weeks=1),
}  # fmt: skip
# Few messages hold any of these, and looking for them costs next to nothing.
_ENDS = ("前", "ago", "back", "earlier", "AGO", "Ago")
_ONE = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5, "半": 0.5}
_MOST_SHOWN = 8


class RelativeTime(NamedTuple):
    """A time that a message gives so.

    Attributes:
        words: as it stands there.
        at: when that was; None where the words give no number.
    """

    words: str
    at: datetime | None


def relative_times(text: str, said_at: datetime) -> Iterator[RelativeTime]:
    """Every such time in a text.

    Args:
        text: what somebody wrote.
        said_at: when they did.
    """
    if not any(word in text for word in _ENDS):
        return
    normal = unicodedata.normalize("NFKC", text)
    for pattern in (_JA, _EN):
        for match in pattern.finditer(normal):
            number, unit = match["n"].lower(), match["unit"]
            count = float(number) if number.isdigit() else _ONE.get(number)
            if count is not None and match.groupdict().get("half"):
                count += 0.5
            one = _UNITS.get(unit) or _UNITS[unit[0].lower()]
            yield RelativeTime(match[0], said_at - one * count if count is not None else None)


def relative_time_notice(incident: Incident) -> Notice | None:
    """The notice about all messages of an incident that give times so; None if none does."""
    found = [
        (item, said)
        for item in incident.evidence
        if item.kind is EvidenceKind.MESSAGE
        for said in relative_times(item.text, item.at)
    ]
    if not found:
        return None
    shown = [_told(item.id, said, incident) for item, said in found[:_MOST_SHOWN]]
    more = "…" if len(found) > _MOST_SHOWN else ""
    return notice(
        NoticeKind.RELATIVE_TIME,
        said=Bilingual("、".join(told.ja for told in shown) + more, ", ".join(told.en for told in shown) + more),
        evidence=dict.fromkeys(item.id for item, _ in found),
    )


def _told(name: str, said: RelativeTime, incident: Incident) -> Bilingual:
    if said.at is None:
        return Bilingual(f"{name}「{said.words}」", f"{name} “{said.words}”")
    at = f"{said.at.astimezone(incident.zone):%H:%M}"
    return Bilingual(f"{name}「{said.words}」（{at} ごろ）", f"{name} “{said.words}” (about {at})")
