"""Metrics of many scenarios and replications: what the journal has is read, the rest is run and journalled as it comes.

rows = evaluate([Trial(scenario, (0, 1, 2))], RunOptions(workers=2, out=Path("results")))
rows[scenario.digest, 0]
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from sim.errors import Problem, RunError
from sim.experiment.batches import Batches, Measured, Trial, received, run_batch
from sim.experiment.figures import Figures
from sim.experiment.journal import Journal, opened
from sim.experiment.options import Progress, RunOptions, hired
from sim.experiment.pool import Lost, carry_out
from sim.experiment.result import Keep
from sim.records import MetricRow

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = ["Trial", "evaluate"]

BROKEN = "do not use these numbers; report it with the scenario file"
Rows = tuple[MetricRow, ...]


def evaluate(
    trials: Iterable[Trial], options: RunOptions, progress: Progress | None = None, keep: Keep | None = None
) -> dict[tuple[str, int], Rows]:
    """Return digest and replication -> metric rows of every trial; with `keep` only the rows whose key it wants.

    With `options.out` what is stored there is not run again, and each replication is stored as it comes; `fresh` runs
    all. `progress` is called with replications done and asked for. Raises RunError that names the scenario and the
    replication that failed, or whose own checks found its numbers broken; those finished before stay in the journal.
    """
    listed = list(trials)
    asked = {(trial.scenario.digest, number): trial.scenario for trial in listed for number in trial.replications}
    found: dict[tuple[str, int], Rows] = {}

    def take(scenario: Scenario, measured: Iterable[Measured]) -> None:
        for item in measured:
            found[scenario.digest, item.replication] = _sound(scenario, item).rows(keep)

    with opened(options.out) if options.out else nullcontext() as journal:

        def missing(trial: Trial) -> Iterable[int]:
            digest, wanted = trial.scenario.digest, dict.fromkeys(trial.replications)
            left = [number for number in wanted if (digest, number) not in found]
            if journal is not None and not options.fresh:
                known = journal.read(digest, left)
                take(trial.scenario, (item for item in known.values() if item.figures is not None))
            return [number for number in left if (digest, number) not in found]

        report = progress or (lambda done, total: None)
        with closing(measured_batches(listed, missing, options, journal)) as finished:
            for scenario, measured in finished:
                take(scenario, measured)
                report(len(found), len(asked))
    report(len(found), len(asked))
    return found


def measured_batches(
    trials: Iterable[Trial],
    missing: Callable[[Trial], Iterable[int]],
    options: RunOptions,
    journal: Journal | None,
) -> Generator[tuple[Scenario, tuple[Measured, ...]], None, None]:
    """Run the replications that are `missing` and yield them as they are done, in the journal already.

    A replication that fails is yielded, and journalled, with its problems. Trials are taken one by one as workers
    become free, so that they may be made meanwhile.
    """
    batches = Batches(trials, missing)
    with hired(options) as crew, closing(carry_out(crew, run_batch, batches)) as results:
        for batch, result in results:
            scenario = batches.scenario(batch)
            measured = _given_up(scenario, batch.replications, result) if isinstance(result, Lost) else result
            batches.landed(batch, measured)
            if journal is not None:
                journal.write(scenario, measured)
            yield scenario, tuple(received(item) for item in measured)


def _given_up(scenario: Scenario, replications: Iterable[int], lost: Lost) -> tuple[Measured, ...]:
    return tuple(
        Measured(number, None, problems=(lost.problem(f"{scenario.name}, replication {number}"),))
        for number in replications
    )


def _sound(scenario: Scenario, item: Measured) -> Figures:
    """Return the figures of a replication. Raises RunError if it failed, or found itself broken."""
    if item.figures is None:
        raise RunError(item.problems)
    if item.violations:
        where = f"{scenario.name}, replication {item.replication}"
        raise RunError(Problem(what, where, BROKEN) for what in item.violations)
    return item.figures
