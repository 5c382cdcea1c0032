"""JSON from files that users name, with errors that say where and what to do."""

import json
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from pmdraft.errors import InputError
from pmdraft.ingest.compression import CompressedFile, Compression, Loss
from pmdraft.language import Bilingual
from pmdraft.records import first_problem

T = TypeVar("T")

LARGEST = 256 * 1024 * 1024
"""Bytes that a compressed file may unpack to where it has to be read whole."""


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        InputError: it is not there, is a folder, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


NULS = Bilingual(
    "{source}: NUL が {count:,} 個あり、取り除いた", "{source}: {count:,} NULs, which no JSON has, were dropped"
)


class Content(NamedTuple):
    """What is in a file.

    Attributes:
        data: its content, unpacked.
        loss: what of a compressed file could not be read; None if nothing.
    """

    data: bytes
    loss: Loss | None


def read_content(path: Path) -> Content:
    """The content of a file that may be compressed; at most `LARGEST` bytes of it.

    Raises:
        InputError: it is not there, is a folder, may not be read, or unpacks to more.
    """
    parts: list[bytes] = []
    left = LARGEST
    with CompressedFile(path) as file:
        for chunk in file.chunks():
            left -= len(chunk)
            if left < 0 and file.compression is not Compression.NONE:
                raise InputError(f"{path}: unpacks to more than {LARGEST >> 20} MB; unpack it, and name what you need")
            parts.append(chunk)
        return Content(b"".join(parts), file.loss)


def decode_text(data: bytes, name: str, hint: str, *, may_be_cut: bool = False) -> str:
    """The text of a JSON file, in any of the encodings that JSON may have.

    Args:
        data: the file.
        name: what errors call it.
        hint: what to do about them.
        may_be_cut: whether its last letter may be cut in half.

    Raises:
        InputError: it is in another; the message gives `hint` as what to do.
    """
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding, errors="ignore" if may_be_cut else "strict")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start}); {hint}") from error


def decode(data: bytes, name: str, hint: str) -> object:
    """The JSON value in `data`.

    Raises:
        InputError: it is not JSON; the message gives the line, and `hint` as what to do.
    """
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: not JSON ({error.msg}); {hint}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start}); {hint}") from error
    except RecursionError as error:
        raise InputError(f"{name}: JSON nested too deeply to read; {hint}") from error
    except ValueError as error:  # a number of thousands of digits
        raise InputError(f"{name}: not JSON that can be read ({error}); {hint}") from error


def shaped(value: object, adapter: TypeAdapter[T], name: str, hint: str) -> T:
    """`value` as the type of `adapter`.

    Raises:
        InputError: it has another shape; the message names the first field that is wrong.
    """
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise InputError(f"{name}: {first_problem(error)}; {hint}") from error
