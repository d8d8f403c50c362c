"""Replications in batches of one scenario, each about a second of work: what a worker is sent and hands back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from sim.errors import Problem, RunError
from sim.experiment.figures import Figures, packed, shared
from sim.experiment.refusals import refuse_open_warm_up
from sim.experiment.replicate import Task, Work, replicate

if TYPE_CHECKING:
    from sim.scenario import Scenario

BATCH_S = 1.0
"""A batch should keep a worker busy for as long as this, against which sending it costs little."""


@dataclass(frozen=True)
class Trial:
    """A scenario and the replications of it that an experiment needs."""

    scenario: Scenario
    replications: tuple[int, ...]


@dataclass(frozen=True)
class Batch:
    """Replications of one scenario."""

    digest: str
    replications: tuple[int, ...]
    work: Work


@dataclass(frozen=True)
class Measured:
    """What one replication came to: its figures, or the problems for which there are none.

    seconds: processor's wall time. violations: what the run's own checks found broken; its numbers are not to be used.
    """

    replication: int
    figures: Figures | None
    seconds: float = 0.0
    violations: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def run_batch(batch: Batch) -> tuple[Measured, ...]:
    """Run every replication of a batch; one that fails does not keep the others from being measured."""
    return tuple(_measured(batch, number) for number in batch.replications)


def _measured(batch: Batch, number: int) -> Measured:
    try:
        outcome = replicate(batch.work, Task(batch.digest, number, ()))
    except RunError as error:
        return Measured(number, None, problems=error.problems)
    return Measured(number, packed(outcome.metrics), outcome.seconds, outcome.violations)


def received(measured: Measured) -> Measured:
    """Return what a worker sent with the layout that this process has already."""
    if measured.figures is None:
        return measured
    figures = Figures(shared(measured.figures.layout), measured.figures.values)
    return Measured(measured.replication, figures, measured.seconds, measured.violations)


class Batches:
    """The batches that trials still need, cut one by one as workers become free.

    `missing` tells which replications of a trial are to be run. How many make a batch is learnt from the first ones;
    what a batch holds changes no number.
    """

    def __init__(self, trials: Iterable[Trial], missing: Callable[[Trial], Iterable[int]]) -> None:
        self._trials, self._missing = trials, missing
        self._seconds, self._measured = 0.0, 0
        self._flying: dict[tuple[str, int], Scenario] = {}

    def __iter__(self) -> Iterator[Batch]:
        for trial in self._trials:
            scenario = trial.scenario
            refuse_open_warm_up(scenario)
            work = Work(scenario.name, scenario.timeline, scenario.horizon, scenario.seed)
            numbers = [n for n in self._missing(trial) if (scenario.digest, n) not in self._flying]
            while numbers:
                batch = Batch(scenario.digest, tuple(numbers[: self._size]), work)
                del numbers[: len(batch.replications)]
                self._flying |= {(batch.digest, number): scenario for number in batch.replications}
                yield batch

    def scenario(self, batch: Batch) -> Scenario:
        """Return whose replications a batch under way holds."""
        return self._flying[batch.digest, batch.replications[0]]

    def landed(self, batch: Batch, measured: Iterable[Measured]) -> None:
        """Take note that a batch is done, and of how long it took."""
        for number in batch.replications:
            del self._flying[batch.digest, number]
        done = [item.seconds for item in measured if item.figures is not None]
        self._seconds, self._measured = self._seconds + sum(done), self._measured + len(done)

    @property
    def _size(self) -> int:
        """Replications that take BATCH_S together; one as long as nothing is known."""
        if not self._measured:
            return 1
        return max(1, ceil(BATCH_S * self._measured / max(self._seconds, 1e-3)))
