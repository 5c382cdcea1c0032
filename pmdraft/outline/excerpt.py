"""What of the evidence an outline quotes, and the few words that stand for it."""

import re

from pmdraft.evidence import Evidence, EvidenceKind

_LONGEST = 120
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(https?://[^\s()]{1,2000}\)")
_QUESTION = re.compile(
    r"[?？]\s*$|(?:です|ます|でしょう|ません|した)か(?:ね)?[。\s@:]|(?:です|ます|でしょう|ません|した)か(?:ね)?$"
)


def first_line(item: Evidence, longest: int = _LONGEST) -> str:
    """The first line of its text, cut at `longest` characters."""
    return cut(next((line for line in item.text.splitlines() if line.strip()), ""), longest)


def is_question(item: Evidence) -> bool:
    """Whether somebody asks there rather than tells."""
    return _QUESTION.search(item.text) is not None


def people_or_bots(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """What people wrote; where no person did, as in a channel of status updates, what bots wrote."""
    people = [item for item in evidence if item.kind is EvidenceKind.MESSAGE]
    return people or [item for item in evidence if item.kind is EvidenceKind.BOT_MESSAGE]


def cut(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut at `longest` characters with an ellipsis."""
    line = " ".join(_LINK.sub(r"\1", text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
