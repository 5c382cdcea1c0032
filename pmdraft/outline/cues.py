"""What a message speaks of, told by the words in `cues.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pmdraft.evidence import Evidence
from pmdraft.untrusted import gives_instructions


def speaks_of(item: Evidence, topic: str) -> bool:
    """Whether a message has a cue of that topic; alerts and logs speak for themselves and have none."""
    return item.source.is_chat and _cues()[topic].search(item.text) is not None


def bearing_on(topic: str, evidence: tuple[Evidence, ...], *, most: int = 6) -> tuple[str, ...]:
    """Ids of the latest messages with a cue of that topic, in the order of time."""
    told = [item for item in evidence if topic in _cues() and speaks_of(item, topic)]
    found = [item.id for item in told if not gives_instructions(item)]
    return tuple(found[-most:])


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    topics = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    return {
        topic: re.compile("|".join(f"(?:{cue})" for cue in (*cues["ja"], *cues["en"])), re.IGNORECASE)
        for topic, cues in topics.items()
    }
