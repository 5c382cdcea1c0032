"""Files that the user names and that are held in memory whole, so only up to a size; and the TOML in them.

A path may lead to a device or a pipe that has no end, and no file of these kinds is that large.
"""

import errno
from pathlib import Path
from typing import Any, BinaryIO

LARGEST = 64 * 1024**2
_STEP = 1024**2


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.
        largest: bytes that it may have.

    Raises:
        OSError: it cannot be read, or has more (`EFBIG`).
    """
    with path.open("rb") as file:
        return read_stream(file, largest)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with line ends as Python reads them and without a mark of the byte order.

    Raises:
        OSError: it cannot be read, or has more than `LARGEST` bytes (`EFBIG`).
        UnicodeDecodeError: it is not UTF-8.
    """
    return read_bytes(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises:
        ValueError: it is not TOML, or nested too deeply, or a number in it is too long.
    """
    import tomllib  # noqa: PLC0415 - most commands read none

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_stream(stream: BinaryIO, largest: int = LARGEST) -> bytes:
    """What a stream holds from here on.

    Raises:
        OSError: it cannot be read, or gives more than `largest` bytes (`EFBIG`).
    """
    content = bytearray()
    while step := stream.read(_STEP):
        content += step
        if len(content) > largest:
            raise OSError(errno.EFBIG, f"more than {largest >> 20} MB")
    return bytes(content)
