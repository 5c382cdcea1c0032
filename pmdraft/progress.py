"""How far a long file is read, on the terminal of whoever waits for it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmdraft.shown import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# What is smaller is read before anybody has looked up.
_LONG = 20_000_000
_LONGEST_NAME = 40

Watch = Callable[[str, int, int], None]
"""Called with the name of a file, the bytes of it that were read so far, and its size; 0 where that is not known."""


@contextmanager
def shown_progress() -> Iterator[Watch | None]:
    """What shows progress on stderr; None where that is no terminal. Nothing of it stays on the screen."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """A bar for the file that is being read, if it is long."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""

    def show(self, name: str, done: int, size: int) -> None:
        """Tell how far a file is read."""
        if size < _LONG:
            return
        progress = self._progress or self._begin()
        if self._task is None or name != self._name:
            if self._task is not None:
                progress.remove_task(self._task)
            self._name, self._task = name, progress.add_task(one_line(name, _LONGEST_NAME), total=size)
        progress.update(self._task, completed=done)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()

    def _begin(self) -> "Progress":
        # 80 ms that a short file need not wait for.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._progress.start()
        return self._progress
