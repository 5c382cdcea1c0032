"""The few words of a piece of evidence that stand for it."""

import re

from pmdraft.evidence import Evidence

_LONGEST = 120
_SENTENCE_END = re.compile(r"(?<=[。！？!?\n])|(?<=\. )")


def first_line(item: Evidence, longest: int = _LONGEST) -> str:
    """The first line of its text, cut at `longest` characters."""
    return cut(next((line for line in item.text.splitlines() if line.strip()), ""), longest)


def sentence_with(item: Evidence, pattern: re.Pattern[str]) -> str | None:
    """The sentence of its text that the pattern occurs in, or None."""
    for sentence in _SENTENCE_END.split(item.text):
        if pattern.search(sentence):
            return cut(sentence, _LONGEST)
    return None


def cut(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut at `longest` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
