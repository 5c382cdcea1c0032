"""The payloads in a file: one JSON value, a list of them, or one a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.evidence import Skipped
from pmdraft.ingest.jsonfile import decode, read_bytes


def payloads(path: Path, hint: str) -> Iterator[object]:
    """The payloads; `Skipped.NOT_JSON` for a line among them that does not even begin like JSON.

    Args:
        path: the file.
        hint: what to do if it cannot be read.

    Raises:
        InputError: it cannot be read, or is not JSON.
    """
    data = read_bytes(path)
    if not data.strip():
        raise InputError(f"{path}: empty file; {hint}")
    try:
        value = decode(data, str(path), hint)
    except InputError:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not _is_object(lines[0][1]):
            raise
        for number, line in lines:
            # A prompt or a comment that came along in copying; what begins like JSON may be half an alert.
            is_json = line.lstrip().startswith((b"{", b"["))
            yield decode(line, f"{path}: line {number}", hint) if is_json else Skipped.NOT_JSON
        return
    yield from value if isinstance(value, list) else [value]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
