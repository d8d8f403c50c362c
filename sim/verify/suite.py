"""All cases, run replication by replication over processes, and judged."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from zlib import crc32

from sim.errors import Problem, RunError
from sim.experiment.workers import MOST_WORKERS, interrupts_held, leave_interrupts
from sim.kernel.draws import Draws
from sim.verify.carriers import CARRIER_CASES
from sim.verify.case import Case, Finding, judged
from sim.verify.desks import DESK_CASES
from sim.verify.kernel_lines import KERNEL_CASES

CASES: Mapping[str, Case] = {case.key: case for case in (*DESK_CASES, *CARRIER_CASES, *KERNEL_CASES)}

REPLICATIONS = 16
QUICK = 4
"""A quick look has a quarter of the customers, and margins twice as wide: noise falls with the root of their number."""


@dataclass(frozen=True)
class Asked:
    """What to run: keys of cases (all if none), and how."""

    cases: tuple[str, ...] = ()
    workers: int = 1
    seed: int = 2021
    quick: bool = False


@dataclass(frozen=True)
class _Task:
    """One replication of one case."""

    case: str
    seed: int
    replication: int
    size: int


def verify(asked: Asked, progress: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Run the cases and return the findings in the order of the suite; `progress` is told (done, total).

    The same seed gives the same findings, whatever the number of workers.
    """
    chosen = [case for key, case in CASES.items() if not asked.cases or key in asked.cases]
    tasks = [
        _Task(case.key, asked.seed, replication, case.size // (QUICK if asked.quick else 1))
        for case in chosen
        for replication in range(REPLICATIONS)
    ]
    found: dict[_Task, Mapping[str, float]] = {}
    told = progress or _nobody
    told(0, len(tasks))
    for task, measures in _run(tasks, asked.workers):
        found[task] = measures
        told(len(found), len(tasks))
    slack = QUICK**0.5 if asked.quick else 1.0
    of_case = {case.key: [found[task] for task in tasks if task.case == case.key] for case in chosen}
    return [finding for case in chosen for finding in judged(case, of_case[case.key], slack)]


def _nobody(done: int, total: int) -> None:
    """Listen to progress where nobody else does."""


def _found(task: _Task) -> Mapping[str, float]:
    # luck of its own for each case: with common draws bad luck would strike all of them at once
    seed = task.seed + crc32(task.case.encode())
    return CASES[task.case].found(Draws(seed, task.replication), task.size)


def _run(tasks: Sequence[_Task], workers: int) -> Iterator[tuple[_Task, Mapping[str, float]]]:
    """Yield tasks with what they found, as they finish; one worker is this process."""
    if workers == 1:
        yield from ((task, _found(task)) for task in tasks)
        return
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, MOST_WORKERS), mp_context=spawn, initializer=leave_interrupts)
    try:
        with interrupts_held():
            running = {pool.submit(_found, task): task for task in tasks}
        for future in as_completed(running):
            yield running[future], future.result()
    except BrokenProcessPool as error:
        remedy = "if memory ran out, use fewer workers (--workers)"
        raise RunError(Problem("a worker process ended before its work was done", remedy=remedy)) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
