"""Files that a run writes: whole or not at all, and never over what is there unless asked."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pmdraft.errors import InputError, OutputExists


def check_free(paths: Iterable[Path], *, force: bool) -> None:
    """See before a run that its files can be written after it.

    Raises:
        OutputExists: one is there already, and `force` is off.
        InputError: one is a folder, or its folder is not there.
    """
    for path in paths:
        try:
            _check(path, force=force)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error


def _check(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    if (path.exists() or path.is_symlink()) and not force:
        raise OutputExists(f"{path}: is there already; name another file, or replace it with --force")


def write_whole(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file so that it is never seen half written.

    Raises:
        OutputExists: it is there already, and `force` is off.
        InputError: it cannot be written.
    """
    check_free([path], force=force)
    data = content.encode() if isinstance(content, str) else content
    temporary = None
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device is written into; a file must not take its place
            return
        with tempfile.NamedTemporaryFile(dir=real(path).parent, prefix=".pmdraft-", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
        temporary.chmod(_mode_of(path))
        temporary.replace(real(path))  # what a link leads to is replaced, not the link
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error
        raise


def real(path: Path) -> Path:
    """The path that links lead to; of a link that leads to itself, its own, where `resolve` raises."""
    return Path(os.path.realpath(path))


def _mode_of(path: Path) -> int:
    """The rights of the file that is there; of a new one, those that any new file would have."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
