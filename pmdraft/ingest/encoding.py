"""The encoding of text that does not name it: UTF-8, Shift_JIS (CP932), EUC-JP or UTF-16."""

import re
from itertools import islice

_REPLACEMENT = "\ufffd"
_JAPANESE = ("cp932", "euc_jp")
# What Japanese is mostly written with. Half-width katakana is left out: any EUC-JP text is that in Shift_JIS.
_USUAL = re.compile(r"[\u3000-\u303f\u3041-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_ENOUGH = 0.8
_SAMPLE = 200


def utf16_of(head: bytes) -> str | None:
    """Which UTF-16 a file with this beginning is in, if it is: by its byte order mark, or by where its NULs are."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    # Latin letters, digits, spaces and newlines are a NUL and themselves.
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > max(2, pairs * 0.05) and even < odd * 0.1:
        return "utf-16-le"
    if even > max(2, pairs * 0.05) and odd < even * 0.1:
        return "utf-16-be"
    return None


def encoding_of(text: bytes) -> str:
    """The encoding of lines that are not all ASCII: `utf-8` unless most are not, and look Japanese in another."""
    lines = list(islice((line for line in text.splitlines() if not line.isascii()), _SAMPLE))
    if 2 * sum(_fits(line, "utf-8") for line in lines) >= len(lines):
        return "utf-8"
    scores = {name: sum(_share_of_japanese(line, name) for line in lines) / len(lines) for name in _JAPANESE}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH else "utf-8"


class Decoder:
    """Decodes blocks of whole lines of one file.

    Attributes:
        encoding: `ascii` until a block holds something else.
        replaced: how many bytes or sequences could not be decoded and became U+FFFD.
    """

    def __init__(self) -> None:
        self.encoding = "ascii"
        self.replaced = 0

    def decode(self, block: bytes) -> str:
        """The text of a block; a line that is no text in the file's encoding may be in another."""
        if block.isascii():
            return block.decode("ascii")
        if self.encoding == "ascii":
            self.encoding = encoding_of(block)
        try:
            return block.decode(self.encoding)
        except UnicodeDecodeError:
            return "".join(self._line(line) for line in block.splitlines(keepends=True))

    def _line(self, line: bytes) -> str:
        for encoding in (self.encoding, encoding_of(line)):
            if _fits(line, encoding):
                return line.decode(encoding)
        text = line.decode(self.encoding, errors="replace")
        held = line.count(_REPLACEMENT.encode()) if self.encoding == "utf-8" else 0
        self.replaced += text.count(_REPLACEMENT) - held
        return text


def _fits(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _share_of_japanese(line: bytes, encoding: str) -> float:
    """How much of what is not ASCII in a line is usual in Japanese, from 0 to 1; 0 if it cannot be decoded."""
    if not _fits(line, encoding):
        return 0.0
    foreign = [char for char in line.decode(encoding) if not char.isascii()]
    return sum(bool(_USUAL.match(char)) for char in foreign) / len(foreign)
