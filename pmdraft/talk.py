"""Whether a message tells something, or asks, denies or supposes it."""

import re

from pmdraft.evidence import Evidence

_HEDGE = re.compile(
    r"\b(?:not|never|no longer|until|before|if|would|could|should|might|can you|last (?:week|month|year|time|incident)"
    r"|had (?:recovered|been)|getting worse)\b|n['’]t\b"
    r"|(?:まだ|いない|ません(?!でした)|ていない|しない|かも|なら|たら|見込み|予定|先週|先月|前回)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]\s*$|(?:です|ます|でしょう|ません|した)か(?:ね)?[。\s@:]|(?:です|ます|でしょう|ません|した)か(?:ね)?$"
)


def is_question(item: Evidence) -> bool:
    """Whether somebody asks there rather than tells."""
    return _QUESTION.search(item.text) is not None


def is_hedged(item: Evidence) -> bool:
    """Whether what is said there is asked, denied, supposed, or of another time."""
    return is_question(item) or _HEDGE.search(item.text) is not None
