"""JSON from files that users name, with errors that say where and what to do."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from pmdraft.errors import InputError
from pmdraft.records import first_problem

T = TypeVar("T")


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        InputError: it is not there, is a folder, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def decode_text(data: bytes, name: str, hint: str) -> str:
    """The text of a JSON file, in any of the encodings that JSON may have.

    Raises:
        InputError: it is in another; the message gives `hint` as what to do.
    """
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
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
