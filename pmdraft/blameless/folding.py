"""One form for text that can be written in several, with the way back to the original's offsets."""

import re
import unicodedata
from typing import NamedTuple

DROPPED = "\u200b"
"""What stands for a character that matching must not see."""

_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ONE_TO_ONE = {
    **_FULL_TO_HALF,
    0x3000: 0x20,
    0x00A0: 0x20,
    0x2018: 0x27,
    0x2019: 0x27,
    0x02BC: 0x27,
    0x201C: 0x22,
    0x201D: 0x22,
    0xFF61: 0x3002,
    0xFF64: 0x3001,
    0x0009: 0x20,
}
_REPLACED = {chr(old): chr(new) for old, new in _ONE_TO_ONE.items()}
_COMPOSED = re.compile("[\uff65-\uff9f\u3099\u309a\u0300-\u0304\u00ad\u200b-\u200d\u2060\ufeff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKS = "\uff9e\uff9f\u3099\u309a\u0300\u0301\u0302\u0303\u0304"
_MARK_FORMS = {"\uff9e": "\u3099", "\uff9f": "\u309a"}


class Folded(NamedTuple):
    """Text for matching, and where each of its characters came from."""

    text: str
    offsets: list[int] | None = None
    """Index of each character in the original; None when nothing moved."""
    length: int = 0
    """Length of the original."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text came from."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start] if start < len(self.offsets) else self.length
        last = self.offsets[end] if end < len(self.offsets) else self.length
        return first, max(first, last)


def fold(text: str) -> Folded:
    """Full-width letters, half-width kana and typographic quotes in one form each."""
    plain = text
    # Most texts hold few of these, and each is replaced far faster than all are looked up.
    for char in _REPLACED.keys() & set(text):
        plain = plain.replace(char, _REPLACED[char])
    if not _COMPOSED.search(plain):
        return Folded(plain, None, len(text))
    return _compose(plain)


def without(text: str, dropped: re.Pattern[str]) -> Folded:
    """Text without what `dropped` matches."""
    if not dropped.search(text):
        return Folded(text, None, len(text))
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in dropped.finditer(text):
        kept.append(text[position : match.start()])
        offsets.extend(range(position, match.start()))
        position = match.end()
    kept.append(text[position:])
    offsets.extend(range(position, len(text)))
    return Folded("".join(kept), offsets, len(text))


def lowered(text: str) -> str:
    """Lower case of the same length, so that offsets stay true."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _compose(text: str) -> Folded:
    characters: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if _UNSEEN.match(char):
            continue
        if char in _MARKS and characters:
            joined = unicodedata.normalize("NFC", characters[-1] + _MARK_FORMS.get(char, char))
            if len(joined) == 1:
                characters[-1] = joined
                continue
        characters.append(_wide(char))
        offsets.append(index)
    return Folded("".join(characters), offsets, len(text))


def _wide(char: str) -> str:
    if not "\uff65" <= char <= "\uff9f":
        return char
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char
