"""Calls beside each other, which never keep the process alive."""

import subprocess
import sys
import threading

import pytest

from pmdraft.background import side_by_side, start


def test_a_call_gives_its_result() -> None:
    assert start(lambda: 42).result(5) == 42


def test_a_call_runs_while_its_starter_goes_on() -> None:
    both = threading.Barrier(2)

    future = start(lambda: both.wait(5))
    both.wait(5)

    assert future.result(5) in (0, 1)


@pytest.mark.parametrize("error", [ValueError("broken"), SystemExit(3), KeyboardInterrupt("stop")])
def test_an_error_is_raised_where_somebody_waits(error: BaseException) -> None:
    def fail() -> None:
        raise error

    future = start(fail)

    with pytest.raises(type(error), match=str(error)):
        future.result(5)


def test_a_slow_call_can_be_waited_for_only_so_long() -> None:
    released = threading.Event()
    future = start(lambda: released.wait(5))

    with pytest.raises(TimeoutError, match=r"^$"):
        future.result(0.05)
    released.set()


def test_a_call_that_hangs_does_not_keep_the_process_alive() -> None:
    program = "from pmdraft.background import start; import time; start(lambda: time.sleep(60)); print('done')"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True)

    assert ended.stdout == "done\n"


def test_results_come_in_the_order_of_the_calls_whichever_ends_first() -> None:
    second_ended = threading.Event()

    def first() -> str:
        second_ended.wait(5)
        return "first"

    def second() -> str:
        second_ended.set()
        return "second"

    assert side_by_side([first, second]) == ["first", "second"]
    assert side_by_side([]) == []


def test_as_many_calls_run_at_once_as_are_allowed_and_no_more() -> None:
    pairs = threading.Barrier(2)
    lock = threading.Lock()
    running: list[int] = [0, 0]

    def call() -> None:
        with lock:
            running[0] += 1
            running[1] = max(running)
        pairs.wait(5)
        with lock:
            running[0] -= 1

    side_by_side([call] * 6, at_once=2)

    assert running == [0, 2]


def test_the_first_error_in_the_order_of_the_calls_is_raised() -> None:
    second_failed = threading.Event()

    def first() -> None:
        second_failed.wait(5)
        raise ValueError("first")

    def second() -> None:
        second_failed.set()
        raise ValueError("second")

    with pytest.raises(ValueError, match="first"):
        side_by_side([first, second])
