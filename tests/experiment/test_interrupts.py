"""Ctrl-C while something is written is heard afterwards, not lost, and in no other thread."""

from __future__ import annotations

import signal
import threading

import pytest

from sim.experiment.interrupts import deferred


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
