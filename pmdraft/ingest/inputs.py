"""Everything that a user named, taken apart into single files, each with what it holds."""

import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError
from pmdraft.ingest.alert_mapping import AlertMapping
from pmdraft.ingest.chat_forms import PLAIN, ChatForm, chat_form
from pmdraft.ingest.recognise import Form, head_of, recognise
from pmdraft.ingest.tally import Named
from pmdraft.ingest.unpack import LARGEST, allowed_for, is_zip, unpack
from pmdraft.ingest.untar import is_tar, untar

_DEEPEST = 20
"""Folders in folders, and zips in zips."""


class Found(NamedTuple):
    """A file, or a folder that is one thing, and what it holds."""

    file: Named
    form: Form
    chat: ChatForm | None = None


@contextmanager
def opened(
    paths: Sequence[Path], forced: Mapping[Form, Sequence[Path]], mapping: AlertMapping
) -> Iterator[list[Found]]:
    """The files that some paths lead to; what had to be unpacked for them lives as long as the context.

    Args:
        paths: files, folders, zip and tar files, and pipes.
        forced: those of which the user says what form they are of.
        mapping: how the user reads the alerts of tools that pmdraft does not know.

    Raises:
        InputError: one cannot be read.
    """
    with ExitStack() as stack:
        scratch = _Scratch(stack)
        try:
            found = [found for path in paths for found in _found(path, path.name, mapping, scratch, 0)]
            yield found + [_as_form(path, form, scratch) for form, of_form in forced.items() for path in of_form]
        except InputError as error:
            raise type(error)(scratch.as_named(str(error))) from error


class _Scratch:
    """A folder for what must be unpacked, made when it is needed."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._folder: Path | None = None
        self._origins: dict[Path, Path] = {}
        self._left: dict[Path, int] = {}

    def folder_for(self, path: Path) -> Path:
        """An empty folder for the content of a file."""
        try:
            if self._folder is None:
                self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="pmdraft-")))
            folder = self._folder / str(len(self._origins) + 1)
            folder.mkdir()
        except OSError as error:
            raise InputError(
                f"{path}: cannot be unpacked ({error.strerror or error}); unpack it and name the folder"
            ) from error
        self._origins[folder] = path
        return folder

    def unpacked(self, path: Path, unpacks: Callable[[Path, Path, int], int]) -> Path:
        """A folder with what is packed in a file; all that is packed within a file of the user's counts to its own."""
        outermost = self._outermost(path)
        left = self._left.setdefault(outermost, allowed_for(outermost.stat().st_size))
        folder = self.folder_for(path)
        self._left[outermost] = left - unpacks(path, folder, left)
        return folder

    def _outermost(self, path: Path) -> Path:
        """The file that the user named, in which a file was packed."""
        while folder := next((folder for folder in path.parents if folder in self._origins), None):
            if not self._origins[folder].is_file():
                break  # what came out of a pipe
            path = self._origins[folder]
        return path

    def as_named(self, message: str) -> str:
        """A message with the user's own names for what was unpacked."""
        for folder, path in reversed(self._origins.items()):
            message = message.replace(str(folder), str(path))
        return message


def _found(path: Path, name: str, mapping: AlertMapping, scratch: _Scratch, depth: int) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({reason}); check the path") from error
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, name, mapping, scratch, depth)
    elif _is_pipe(mode):
        if depth == 0:
            yield from _found(_spooled(path, scratch), name, mapping, scratch, 1)
    elif is_zip(path) and depth < _DEEPEST and not chat_form(path, ""):
        folder = scratch.unpacked(path, unpack)
        yield from _in_folder(folder, name, mapping, scratch, depth)
    elif depth < _DEEPEST and is_tar(path):
        folder = scratch.unpacked(path, untar)
        yield from _in_folder(folder, name, mapping, scratch, depth)
    else:
        yield Found(Named.of(path, name), *recognise(path, mapping))


def _in_folder(folder: Path, name: str, mapping: AlertMapping, scratch: _Scratch, depth: int) -> Iterator[Found]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror or error}); check the path") from error
    # Looking into a whole tree for each folder of it would take long; an export has its lists at its top.
    if any(child.suffix == ".json" for child in children) and (chat := chat_form(folder, "")):
        yield Found(Named.of(folder, name), Form.CHAT, chat)
        return
    if children and depth >= _DEEPEST:
        raise InputError(f"{folder}: lies more than {_DEEPEST} folders down; name it by itself")
    for child in children:
        # Hidden files are the system's own; a link to a folder may lead round in a circle, others to nothing.
        if child.name.startswith(".") or (child.is_symlink() and not _is_file(child)):
            continue
        yield from _found(child, f"{name}/{child.name}" if depth or name else child.name, mapping, scratch, depth + 1)


def _is_pipe(mode: int) -> bool:
    """Whether it is something that can be read but once: a pipe, or a device."""
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_file(link: Path) -> bool:
    try:
        return stat.S_ISREG(link.stat().st_mode)
    except OSError:
        return False  # it leads to nothing, or to itself


def _spooled(path: Path, scratch: _Scratch) -> Path:
    """What comes out of a pipe, as a file that can be looked at twice."""
    target = scratch.folder_for(path) / "content"
    try:
        left = LARGEST
        with path.open("rb") as source, target.open("wb") as file:
            while piece := source.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise InputError(
                        f"{path}: more than {LARGEST >> 30} GB come out of it; save what you need to a file"
                    )
                file.write(piece)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    return target


def _as_form(path: Path, form: Form, scratch: _Scratch) -> Found:
    """A file that the user says is of a form.

    Raises:
        InputError: it cannot be read, or is to be chat, and no form of chat fits it.
    """
    name = path.name
    with suppress(OSError, ValueError):  # what is not there is told of when it is read
        path = _spooled(path, scratch) if _is_pipe(path.stat().st_mode) else path
    file = Named.of(path, name)
    if form is not Form.CHAT:
        return Found(file, form)
    return Found(file, form, chat_form(path, "") or chat_form(path, head_of(path)) or PLAIN)


def told_apart(found: Sequence[Found]) -> list[Found]:
    """The files under names that differ: of two that are called alike, each gets its path."""
    counts = Counter(item.file.name for item in found)
    return [
        item._replace(file=Named.of(item.file.path, str(item.file.path))) if counts[item.file.name] > 1 else item
        for item in found
    ]
