"""Calls that run beside each other and never keep the process alive."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
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
    """The results of all calls in their order, a few running at a time."""
    places = threading.Semaphore(at_once)

    def in_place(call: Callable[[], T]) -> T:
        with places:
            return call()

    return [future.result() for future in [start(lambda call=call: in_place(call)) for call in calls]]  # type: ignore[misc]  # mypy has no type for a lambda's default
