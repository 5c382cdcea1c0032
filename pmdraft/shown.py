"""Text of strangers made fit to be shown: nothing in it that a reader, or a terminal, takes for more than text."""

import re
from functools import lru_cache

# Terminal colours; control characters but tab and newline; zero-width, bidirectional and tag
# characters, by which a text can show other words than it holds; a joiner only where no script needs it.
_INVISIBLE = re.compile(
    "\x1b\\[[0-9;?]*[A-Za-z]"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<=[\x00-\x7f\u3040-\u30ff\u4e00-\u9fff])\u200d"
)


def visible(text: str) -> str:
    """`text` without the characters that a reader cannot see (emoji joiners are kept)."""
    # Nothing that can be printed is invisible, and to know that much takes a tenth of the time.
    return text if text.replace("\n", "").isprintable() else _INVISIBLE.sub("", text)


@lru_cache(maxsize=1024)
def one_line(text: str, longest: int = 600) -> str:
    """Visible text on one line, cut at `longest` characters; the names of a channel's people come again and again."""
    line = " ".join(visible(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
