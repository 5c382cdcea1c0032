"""What of the evidence an outline quotes, and the few words that stand for it."""

import re

from pmdraft.evidence import Evidence, EvidenceKind
from pmdraft.wire import Quoted

_LONGEST = 120
_WORDS = 80
_FENCE = re.compile(r"```\w*")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(https?://[^\s()]{1,2000}\)")


def excerpt(item: Evidence, longest: int = _LONGEST) -> str:
    """The beginning of its text on one line, cut at `longest` characters."""
    return cut(_FENCE.sub(" ", item.text), longest)


def quoted(item: Evidence) -> Quoted:
    """The beginning of its text, as the words that a claim is made from."""
    return Quoted(id=item.id, words=item.text.strip()[:_WORDS])


def first_line(item: Evidence) -> str:
    """The first line of its text that says something."""
    return next((line.strip() for line in item.text.splitlines() if line.strip()), "")


def people_or_bots(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """What people wrote; where no person did, as in a channel of status updates, what bots wrote."""
    people = [item for item in evidence if item.kind is EvidenceKind.MESSAGE]
    return people or [item for item in evidence if item.kind is EvidenceKind.BOT_MESSAGE]


def cut(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut at `longest` characters with an ellipsis."""
    line = " ".join(_LINK.sub(r"\1", text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
