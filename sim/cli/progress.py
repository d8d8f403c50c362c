"""How far a run is: a bar on a terminal, a plain line elsewhere, and neither for what is over at once."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.words import Lang, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_S = 2.0
"""A run shorter than this shows nothing."""

LINE_EVERY_S = 10.0
"""Without a terminal, a line at most this often."""


class Meter:
    """Counts replications; call it with (done, total) as they finish."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._done, self._total = 0, 0
        self._lock = threading.Lock()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._next_line = time.monotonic() + PATIENCE_S

    def __call__(self, done: int, total: int) -> None:
        """Take note of progress and show it if it is time."""
        with self._lock:
            self._done, self._total = done, total
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, completed=done, total=total, description=self._words())
            elif not sys.stderr.isatty() and time.monotonic() >= self._next_line and done < total:
                self._print_line()

    def begin(self) -> None:
        """Show something, because the run takes long."""
        with self._lock:
            if not sys.stderr.isatty():
                if self._total:  # else nothing is known yet
                    self._print_line()
                return
            self._bar = _bar()
            self._task = self._bar.add_task(self._words(), total=self._total or None)
            self._bar.update(self._task, completed=self._done)
            self._bar.start()

    def end(self) -> None:
        """Take the bar away."""
        with self._lock:
            if self._bar is not None:
                self._bar.stop()

    def _print_line(self) -> None:
        self._next_line = time.monotonic() + LINE_EVERY_S
        print(self._line(), file=sys.stderr, flush=True)

    def _words(self) -> str:
        """Return what stands before the bar."""
        return say("run.progress", self._lang)

    def _line(self) -> str:
        """Return what is printed without a terminal."""
        return say("run.progress_plain", self._lang, done=self._done, total=self._total)


@contextmanager
def metered(lang: Lang) -> Iterator[Meter]:
    """Give a meter that shows itself once the work has taken two seconds."""
    meter = Meter(lang)
    with shown_late(meter):
        yield meter


@contextmanager
def shown_late(meter: Meter) -> Iterator[None]:
    """Show a meter once the work has taken two seconds."""
    timer = threading.Timer(PATIENCE_S, meter.begin)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        meter.end()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(file=sys.stderr, highlight=False)
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
