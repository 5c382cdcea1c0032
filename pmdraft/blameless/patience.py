"""Patterns of a project's own rules may take for ever on some sentence; they are given up, and told of."""

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from pmdraft.blameless.rules import Rule
from pmdraft.errors import InputError

SECONDS = 5.0
"""Of computing, that a rule may take for one sentence; a sound pattern takes a thousandth."""


def patient(rule: Rule) -> AbstractContextManager[None]:
    """A context in which a rule's patterns are tried; those that come with pmdraft take no long time.

    Raises:
        InputError: a pattern of the user's own takes too long.
    """
    return nullcontext() if rule.is_built_in else _limited(rule)


@contextmanager
def _limited(rule: Rule) -> Iterator[None]:
    # Python looks for signals while it matches; on Windows and in other threads there are none, and no limit.
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(*_: object) -> None:
        raise InputError(
            f"rule {rule.id!r}: takes more than {SECONDS:.0f} s for one sentence; "
            "let no part of its patterns that repeats hold another that repeats the same"
        )

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
