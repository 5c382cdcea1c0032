"""Calls that run beside each other and never keep the process alive."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from typing import TypeVar

T = TypeVar("T")


def start(call: Callable[[], T]) -> Future[T]:
    """Run `call` in a thread of its own.

    An executor's threads are waited for at exit, so Ctrl-C would hang on a slow model; these are not.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - `result()` raises it where somebody waits
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def side_by_side(calls: Sequence[Callable[[], T]], *, at_once: int = 4) -> list[T]:
    """The results of all calls in their order, a few running at a time.

    Once one has failed, those that were not begun never are, and its error is raised.
    """
    places = threading.Semaphore(at_once)
    failed = threading.Event()

    def in_place(call: Callable[[], T]) -> T:
        with places:
            if failed.is_set():
                raise _NotBegun
            try:
                return call()
            except BaseException:
                failed.set()
                raise

    futures = [start(lambda call=call: in_place(call)) for call in calls]  # type: ignore[misc]  # mypy has no type for a lambda's default
    wait(futures)
    errors = [error for future in futures if (error := future.exception()) and not isinstance(error, _NotBegun)]
    if errors:
        raise errors[0]
    return [future.result() for future in futures]


class _NotBegun(Exception):
    """Another call had failed before this one's turn."""
