"""Who does the work: processes of this machine, spawned, so that all systems behave alike."""

from __future__ import annotations

import multiprocessing
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.connection import wait as wait_for_end
from multiprocessing.process import BaseProcess
from typing import TypeVar

from sim.experiment.workers import MOST_WORKERS, leave_interrupts

Job = TypeVar("Job")
Result = TypeVar("Result")


class Crew(ABC):
    """Workers, and how they are hired and dismissed.

    ahead: jobs in flight at most; enough that nobody waits, few enough that results do not pile up. patience: seconds
    after which to look whether the crew is still there. remote: whether even a single job goes to it.
    """

    workers: int
    ahead: int
    patience: float | None = None
    remote = False

    @abstractmethod
    def hire(self, at_most: int) -> Executor:
        """Return an executor over the workers; no more than `at_most` will be busy at once."""

    @abstractmethod
    def dismiss(self, executor: Executor, *, finished: bool) -> None:
        """Let the workers go; end them at once if their work is not `finished`."""

    def prepared(self, work: Callable[[Job], Result]) -> Callable[[Job], Result]:
        """Return `work` as the workers are sent it."""
        return work

    def explained(self, error: Exception) -> Exception | None:
        """Return what to raise for a job that ended with `error`; None if workers died of it as often as they may."""
        return error

    @abstractmethod
    def check(self, executor: Executor) -> None:
        """Look whether the workers are still there. Raises RunError if they are lost for good."""

    @abstractmethod
    def leave(self) -> None:
        """Give back what belongs to the crew as a whole."""


class Processes(Crew):
    """At most `workers` processes of this machine; with one, jobs are done in this process."""

    patience = 5.0

    def __init__(self, workers: int) -> None:
        self.workers = min(workers, MOST_WORKERS)
        self.ahead = 2 * self.workers
        self._strangers: set[BaseProcess] = set()
        self._ours: set[BaseProcess] = set()
        self._looks_dead = False

    def hire(self, at_most: int) -> Executor:
        self._strangers, self._looks_dead = set(multiprocessing.active_children()), False
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(min(self.workers, at_most), mp_context=spawn, initializer=ready)

    def dismiss(self, executor: Executor, *, finished: bool) -> None:
        if not finished:
            self._end(executor)
        executor.shutdown(wait=True, cancel_futures=True)
        self._ours.clear()

    def check(self, executor: Executor) -> None:
        """End a pool that has not noticed at two looks that one of its processes is dead.

        It happens to a process that dies in the midst of handing over a result: the pool waits for the rest of it.
        """
        self._ours |= self._children()
        dead = any(child.exitcode is not None for child in self._ours)
        if dead and self._looks_dead:
            self._end(executor)
        self._looks_dead = dead

    def leave(self) -> None:
        """Do nothing: what was started has been dismissed."""

    def _children(self) -> set[BaseProcess]:
        return set(multiprocessing.active_children()) - self._strangers

    def _end(self, executor: Executor) -> None:
        """End the processes, and the pool's wait for what they may have left half-said: no writer, no wait."""
        for child in self._children():
            child.terminate()
        results = getattr(executor, "_result_queue", None)
        if results is not None:
            results._writer.close()


def ready() -> None:
    """Ready a worker: it leaves Ctrl-C to its parent, and does not outlive it."""
    leave_interrupts()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process when its parent has ended; a pool's worker would wait for work for ever."""
    wait_for_end([sentinel])
    os._exit(1)
