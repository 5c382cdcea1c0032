"""Compiled patterns, kept from one run to the next.

Compiling the patterns that a file needs is most of what checking one file costs, and what an editor or a commit hook
waits for. What is kept is the code of Python's own engine, under its version; the engine checks it when it is taken in.
"""

import hashlib
import importlib
import json
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

# The engine has no public way to take in code that it compiled before.
_compiler = importlib.import_module("re._compiler")
_parser = importlib.import_module("re._parser")
_sre = importlib.import_module("_sre")

# A small pattern is compiled faster than a file is opened.
_WORTH_KEEPING = 60


def compiled(pattern: str) -> re.Pattern[str]:
    """`re.compile(pattern)`, from the cache where it lies there.

    Raises:
        re.error: the pattern is none.
    """
    if len(pattern) < _WORTH_KEEPING or (folder := _folder()) is None:
        return re.compile(pattern)
    file = folder / hashlib.sha256(pattern.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    with suppress(OSError, ValueError, RuntimeError, TypeError, LookupError, OverflowError):
        return _read(file, pattern)
    found = re.compile(pattern)
    # A cache that cannot be written is a slower start and nothing more.
    with suppress(OSError, AttributeError, TypeError, ValueError):
        _write(file, pattern)
    return found


def _read(file: Path, pattern: str) -> re.Pattern[str]:
    head, _, body = file.read_bytes().partition(b"\n")
    facts = json.loads(head)
    code = array("I")
    code.frombytes(body)
    groups: dict[str, int] = facts["groups"]
    names: list[str | None] = [None] * (facts["count"] + 1)
    for name, number in groups.items():
        names[number] = name
    found: re.Pattern[str] = _sre.compile(pattern, facts["flags"], code.tolist(), facts["count"], groups, tuple(names))
    return found


def _write(file: Path, pattern: str) -> None:
    parsed = _parser.parse(pattern)
    state: Any = parsed.state
    facts = {"flags": state.flags, "count": state.groups - 1, "groups": state.groupdict}
    content = json.dumps(facts).encode() + b"\n" + array("I", _compiler._code(parsed, 0)).tobytes()
    import tempfile  # noqa: PLC0415 - only until a pattern is kept

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as half:
        half.write(content)
    Path(name).replace(file)


@cache
def _folder() -> Path | None:
    """Where the code of this very interpreter is kept; None where that cannot be told."""
    if array("I").itemsize != _sre.CODESIZE:
        return None
    build = hashlib.sha256(f"{sys.version} {_sre.MAGIC}".encode()).hexdigest()[:16]
    with suppress(OSError, RuntimeError):
        return _caches() / "patterns" / build
    return None


def _caches() -> Path:
    """Where pmdraft's caches go; on Linux the one way to tell is taken here, since platformdirs loads a good deal."""
    if sys.platform == "linux":
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or Path.home() / ".cache") / "pmdraft"
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where a large pattern is needed

    return user_cache_path("pmdraft")
