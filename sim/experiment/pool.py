"""Jobs over a crew of workers: a few in flight at a time, and a worker that dies does not end the others' work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeVar

from sim.errors import Problem
from sim.experiment.crew import Crew
from sim.experiment.workers import interrupts_held

Job = TypeVar("Job")
Result = TypeVar("Result")

STRIKES = 3
"""A job at whose side a worker died so often is given up."""


@dataclass(frozen=True)
class Lost:
    """A job without a result, because workers die of it."""

    def problem(self, where: str) -> Problem:
        """Return what a user is told of it."""
        remedy = "if memory ran out, use fewer workers (--workers) or fewer days (--days)"
        return Problem("a worker process ended before its work was done", where, remedy)


def carry_out(
    crew: Crew, work: Callable[[Job], Result], jobs: Iterable[Job]
) -> Generator[tuple[Job, Result | Lost], None, None]:
    """Yield each job with its result as they are done; jobs are taken from the iterable as workers become free.

    What `work` raises is raised here. When the caller closes the iterator, or anything fails, jobs not yet begun are
    dropped and the crew is dismissed.
    """
    waiting = iter(jobs)
    first = list(islice(waiting, crew.ahead))
    if crew.remote or (crew.workers > 1 and len(first) > 1):
        shift = _Shift(crew, work, chain(first, waiting), len(first))
        finished = False
        try:
            yield from shift.results()
            finished = True
        finally:
            shift.end(finished=finished)
        return
    for job in chain(first, waiting):
        yield job, work(job)


class _Shift(Generic[Job, Result]):
    """The jobs in flight with an executor that is replaced when it breaks.

    A dead process breaks the pool for all that it held, so nobody knows which job was the cause. Those in flight then
    are suspects: they are done again, each alone, until one of them breaks the pool by itself.
    """

    def __init__(self, crew: Crew, work: Callable[[Job], Result], waiting: Iterator[Job], busy: int) -> None:
        self._crew, self._work, self._waiting, self._busy = crew, crew.prepared(work), waiting, busy
        self._executor: Executor | None = None
        self._running: dict[Future[Result], tuple[Job, int]] = {}
        self._suspects: deque[tuple[Job, int]] = deque()

    def results(self) -> Iterator[tuple[Job, Result | Lost]]:
        self._fill()
        while self._running:
            done = wait(self._running, timeout=self._crew.patience, return_when=FIRST_COMPLETED).done
            if not done and self._executor is not None:
                self._crew.check(self._executor)
            for future in done:
                if not _broke(future):  # one that did stays in flight until the pool is renewed
                    job, _ = self._running.pop(future)
                    yield job, self._result(future)
            if any(_broke(future) for future in self._running if future.done()):
                yield from self._broken()
            self._fill()

    def end(self, *, finished: bool) -> None:
        if self._executor is not None:
            self._crew.dismiss(self._executor, finished=finished)
            self._executor = None

    def _fill(self) -> None:
        """Submit as many jobs as may be in flight: one if it is a suspect."""
        if self._suspects:
            if not self._running:
                self._submit(*self._suspects.popleft())
            return
        while len(self._running) < self._crew.ahead:
            more = list(islice(self._waiting, 1))
            if not more:
                return
            self._submit(more[0], 0)

    def _submit(self, job: Job, strikes: int) -> None:
        if self._executor is None:
            # Not under the hold below: Python's own helper, which it starts first, would let Ctrl-C through again.
            self._executor = self._crew.hire(self._busy)
        with interrupts_held():
            try:
                self._running[self._executor.submit(self._work, job)] = (job, strikes)
            except BrokenExecutor as error:  # it broke between two looks
                broken: Future[Result] = Future()
                broken.set_exception(error)
                self._running[broken] = (job, strikes)

    def _result(self, future: Future[Result]) -> Result | Lost:
        try:
            return future.result()
        except (Exception, CancelledError) as error:
            reason = self._crew.explained(error)
            if reason is None:
                return Lost()
            raise reason from (error if reason is not error else None)

    def _broken(self) -> Iterator[tuple[Job, Result | Lost]]:
        """Replace the executor; hand on what it had finished, and put the rest under suspicion."""
        wait(self._running)
        running, self._running = self._running, {}
        self.end(finished=True)
        for future, (job, strikes) in running.items():
            if not _broke(future):
                yield job, self._result(future)
            elif strikes + 1 < STRIKES:
                self._suspects.append((job, strikes + 1))
            else:
                yield job, Lost()


def _broke(future: Future[Result]) -> bool:
    """Return whether a job ended because its pool broke."""
    return not future.cancelled() and isinstance(future.exception(), BrokenExecutor)
