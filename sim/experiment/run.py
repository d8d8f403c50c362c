"""All replications of all scenarios, over the workers asked for, in an order that does not depend on them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.errors import RunError
from sim.experiment.interrupts import heeded
from sim.experiment.options import Progress, RunOptions, hired
from sim.experiment.pool import Lost, carry_out
from sim.experiment.refusals import refuse_open_warm_up
from sim.experiment.replicate import Task, Work, replicate
from sim.experiment.result import Outcome, ScenarioResult
from sim.experiment.store import Store

if TYPE_CHECKING:
    from sim.scenario import Scenario

LIGHT_TABLES = ("events", "calls", "stations", "rail", "trains")

Job = tuple[Work, Task]


def run(
    scenarios: Sequence[Scenario], options: RunOptions, progress: Progress | None = None
) -> tuple[ScenarioResult, ...]:
    """Run every replication of `scenarios` that is not in the store yet and return their results, in that order.

    Raises RunError that names scenario and replication, or OutputError; what was finished before stays in the store.
    """
    owners: dict[tuple[str, int], Scenario] = {}
    for scenario in scenarios:
        refuse_open_warm_up(scenario)
        for number in range(scenario.replications):
            owners.setdefault((scenario.digest, number), scenario)
    store = Store(options.out) if options.out else None
    outcomes: dict[tuple[str, int], Outcome] = {}
    if store:
        store.prepare()
        outcomes = {} if options.fresh else _stored(store, list(owners), options)
    report = progress or _silent
    report(len(outcomes), len(owners))
    works = {s.digest: Work(s.name, s.timeline, s.horizon, s.seed) for s in scenarios}
    tasks = [Task(*place, _tables(place[1], options)) for place in owners if place not in outcomes]
    jobs = [(works[task.digest], task) for task in tasks]
    with heeded() as check, closing(_replicated(jobs, options)) as finished:
        for task, outcome in finished:
            check()
            place = (task.digest, task.replication)
            if store:
                store.write(owners[place], task.replication, outcome)
            outcomes[place] = replace(outcome, tables={}) if store else outcome
            report(len(outcomes), len(owners))
            check()
    if store:
        for scenario in {owner.digest: owner for owner in owners.values()}.values():
            store.describe(scenario)
    return tuple(ScenarioResult(s, tuple(outcomes[s.digest, n] for n in range(s.replications))) for s in scenarios)


def _replicated(jobs: Sequence[Job], options: RunOptions) -> Generator[tuple[Task, Outcome], None, None]:
    with hired(options) as crew, closing(carry_out(crew, _run, jobs)) as results:
        for (work, task), outcome in results:
            if isinstance(outcome, Lost):
                raise RunError(outcome.problem(f"{work.name}, replication {task.replication}"))
            yield task, outcome


def _run(job: Job) -> Outcome:
    return replicate(*job)


def _stored(store: Store, places: list[tuple[str, int]], options: RunOptions) -> dict[tuple[str, int], Outcome]:
    found = {}
    for place in places:
        outcome = store.read(*place, boxes="boxes" in _tables(place[1], options))
        if outcome is not None:
            found[place] = outcome
    return found


def _tables(replication: int, options: RunOptions) -> tuple[str, ...]:
    """Return the tables of the run log to keep of one replication."""
    if options.keep_boxes or (options.out and replication == 0):
        return (*LIGHT_TABLES, "boxes")
    return LIGHT_TABLES if options.out else ()


def _silent(done: int, total: int) -> None:
    """Report to nobody."""
