"""Ctrl-C while something is written is heard afterwards, not lost, and in no other thread."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading

import pytest

from sim.experiment.interrupts import deferred, heeded


def test_ctrl_c_is_heard_once_the_block_has_ended() -> None:
    done = []

    def work() -> None:
        with deferred():
            signal.raise_signal(signal.SIGINT)
            done.append("the rest of the block")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the rest of the block"]


def test_without_ctrl_c_the_handler_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with deferred():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_failure_inside_is_told_and_the_handler_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="disk"), deferred():
        raise ValueError("disk")
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_has_nothing_to_put_off() -> None:
    seen = []

    def work() -> None:
        with deferred():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    before = signal.getsignal(signal.SIGINT)
    thread.start()
    thread.join()
    assert seen == [before]


class Swallows:
    """Something whose destructor is at work when Ctrl-C comes: Python cannot raise there."""

    def __del__(self) -> None:
        """Be interrupted."""
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_ctrl_c_that_was_lost_is_raised_when_asked_for() -> None:
    done = []

    def work() -> None:
        with heeded() as check:
            check()
            Swallows()
            done.append("as if nothing had come")
            check()
            done.append("never")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["as if nothing had come"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_heeded_puts_the_handler_back_and_leaves_ctrl_c_off_where_it_is_off() -> None:
    before = signal.getsignal(signal.SIGINT)
    with heeded() as check:
        check()
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with heeded() as check:
            signal.raise_signal(signal.SIGINT)
            check()
    finally:
        signal.signal(signal.SIGINT, before)


POLARS = """
import signal, threading, time
heard = []
signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
from sim.experiment.interrupts import load_polars
load_polars()
import polars as pl
timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
timer.start()
table = pl.DataFrame({"x": range(20_000)}).lazy()
start = time.monotonic()
while time.monotonic() < start + 1:
    table.select(pl.col("x").shuffle(1).sort().sum()).collect()
timer.join()
print(heard == [signal.SIGINT])
"""


def test_polars_does_not_take_ctrl_c_away() -> None:
    answer = subprocess.run([sys.executable, "-c", POLARS], capture_output=True, text=True, check=False, timeout=120)
    assert (answer.stdout.strip(), answer.stderr) == ("True", "")
