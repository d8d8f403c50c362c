"""One replication, as a worker runs it: simulate, measure, check. NumPy in, NumPy out, no file touched."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import Problem, RunError, SimError
from sim.experiment.interrupts import deferred
from sim.experiment.result import Outcome
from sim.metrics import dwell_sample, inside, measure, self_check
from sim.port.port import Horizon, PortTimeline
from sim.records import RunLog, Table


@dataclass(frozen=True)
class Work:
    """What shapes the replications of one scenario; `name` is for messages."""

    name: str
    timeline: PortTimeline
    horizon: Horizon
    seed: int


@dataclass(frozen=True, slots=True)
class Task:
    """One replication to run: whose, which, and the tables of the run log to hand back."""

    digest: str
    replication: int
    tables: tuple[str, ...]


def replicate(work: Work, task: Task) -> Outcome:
    """Run one replication; any failure is a RunError that names scenario and replication."""
    where = f"{work.name}, replication {task.replication}"
    try:
        return _replicate(work, task)
    except SimError as error:
        raise RunError(
            Problem(p.what, f"{where}: {p.where}" if p.where else where, p.remedy) for p in error.problems
        ) from error
    except MemoryError as error:
        remedy = "use fewer workers (--workers), fewer days (--days), or do not keep the boxes"
        raise RunError(Problem("the machine's memory is not enough", where, remedy)) from error
    except Exception as error:
        what = f"the simulation failed: {type(error).__name__}: {error}"
        raise RunError(Problem(what, where, "this is a fault of the program: report it with the scenario")) from error


def _replicate(work: Work, task: Task) -> Outcome:
    from sim.models import simulate

    start = time.perf_counter()
    log = simulate(work.timeline, work.horizon, work.seed, task.replication)
    # Calls still under way hold the world of the run, and it holds them: measuring needs that memory. Ctrl-C waits,
    # because Python does not hear it while it ends such a call.
    with deferred():
        gc.collect()
    metrics = tuple(measure(log))
    violations, checked = self_check(log)
    return Outcome(
        metrics=metrics,
        dwell=dwell_sample(log),
        violations=violations,
        checked=checked,
        inside=inside(log),
        seconds=time.perf_counter() - start,
        counts=log.counts,
        tables=_tables(log, task.tables),
        names=log.names,
    )


def _tables(log: RunLog, names: tuple[str, ...]) -> dict[str, Table]:
    """Return the tables asked for; those of the rail are left out where the port has none."""
    tables: Mapping[str, Table] = {
        "events": log.events,
        "calls": log.calls,
        "boxes": log.boxes,
        "stations": log.stations,
        "rail": log.rail,
        "trains": log.trains,
    }
    no_rail = () if log.trains["train"].size else ("rail", "trains")
    return {name: dict(tables[name]) for name in names if name not in no_rail}
