"""Worker processes and Ctrl-C: it is their parent's business, from the first moment of theirs to the last."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_WORKERS = 61
"""The most that Windows allows."""


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while processes start: they inherit that.

    Held, not ignored: one that comes meanwhile is heard afterwards. Windows has no such mask, and does not inherit.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the parent, in a worker that has not inherited that yet."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
