"""Tasks over processes. Spawned, so that all systems behave alike; each worker is sent the scenarios once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from sim.errors import Problem, RunError
from sim.experiment.replicate import Task, Work, replicate
from sim.experiment.result import Outcome
from sim.experiment.workers import MOST_WORKERS, interrupts_held, leave_interrupts

Outcomes = Generator[tuple[Task, Outcome], None, None]

_works: dict[str, Work] = {}
"""In a worker: digest -> work, as sent when it started."""


def execute(works: Mapping[str, Work], tasks: Sequence[Task], workers: int) -> Outcomes:
    """Yield each task with its outcome as they finish, over at most `workers` processes; one runs in this process.

    `works` maps digest -> what its tasks run. When the caller closes the iterator, or anything fails, tasks not
    yet started are dropped and the workers are ended.
    """
    workers = min(workers, len(tasks), MOST_WORKERS)
    if workers > 1:
        yield from _over_processes(works, tasks, workers)
    else:
        for task in tasks:
            yield task, replicate(works[task.digest], task)


def _over_processes(works: Mapping[str, Work], tasks: Sequence[Task], workers: int) -> Outcomes:
    strangers = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start, initargs=(dict(works),))
    finished = False
    try:
        yield from _in_flight(pool, tasks, ahead=2 * workers)
        finished = True
    except BrokenProcessPool as error:
        remedy = "if memory ran out, use fewer workers (--workers) or fewer days (--days)"
        raise RunError(Problem("a worker process ended before its work was done", remedy=remedy)) from error
    finally:
        if not finished:
            for child in set(multiprocessing.active_children()) - strangers:
                child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _in_flight(pool: ProcessPoolExecutor, tasks: Sequence[Task], ahead: int) -> Outcomes:
    """Keep `ahead` tasks submitted, no more: finished tables must not pile up faster than they are written."""
    waiting = iter(tasks)
    with interrupts_held():
        running = {pool.submit(_run, task): task for task in islice(waiting, ahead)}
    while running:
        done = wait(running, return_when=FIRST_COMPLETED).done
        for future in done:
            task = running.pop(future)
            running.update((pool.submit(_run, more), more) for more in islice(waiting, 1))
            yield task, future.result()


def _start(works: dict[str, Work]) -> None:
    """Ready a worker: it keeps the work, and leaves Ctrl-C to its parent."""
    leave_interrupts()
    _works.update(works)


def _run(task: Task) -> Outcome:
    return replicate(_works[task.digest], task)
