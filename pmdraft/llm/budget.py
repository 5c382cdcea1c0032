"""How much evidence one request can hold, counted in tokens without a network."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

# tiktoken keeps its files under the hash of their address; without the file it would download,
# with no time limit, so it is only used where the file lies ready.
_O200K = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
_O200K_HASH = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"

_WORD = re.compile(r"[A-Za-z]+")
_CLASSES = (
    (re.compile(r"[0-9]"), 0.70),
    (re.compile(r"[!-/:-@\[-`{-~]"), 0.45),
    (re.compile(r"\n"), 0.55),
    (re.compile(r"[\u3040-\u30ff]"), 0.73),
    (re.compile(r"[\u3400-\u9fff]"), 0.94),
    (re.compile(r"[^\x00-\x7f\u3040-\u30ff\u3400-\u9fff]"), 0.33),
)
_MARGIN = 1.10


def count_tokens(text: str) -> int:
    """Tokens of `text`: exact with tiktoken's file in its cache, else an estimate some 10 % high.

    The estimate is a weight for each class of characters, fitted to o200k_base on English,
    Japanese, code, logs and Slack JSON.
    """
    return _counter()(text)


def estimate(text: str) -> int:
    """Tokens of `text` by the weights of its characters."""
    words = _WORD.findall(text)
    tokens = 0.30 * len(words) + 0.18 * sum(map(len, words))
    tokens += sum(weight * len(pattern.findall(text)) for pattern, weight in _CLASSES)
    return int(tokens * _MARGIN) + 1


def _hash_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def _counter() -> Callable[[str], int]:
    folder = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    base = Path(folder) if folder else Path(tempfile.gettempdir()) / "data-gym-cache"
    name = hashlib.sha1(_O200K.encode(), usedforsecurity=False).hexdigest()
    if _hash_of(base / name) != _O200K_HASH:
        return estimate  # tiktoken would delete a file with other content, and download it anew
    import tiktoken  # noqa: PLC0415 - 0.1 s that the checks and --help do not pay

    encoding = tiktoken.get_encoding("o200k_base")
    return lambda text: len(encoding.encode(text, disallowed_special=()))
