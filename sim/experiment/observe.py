"""The few numbers that an experiment is about, of many scenarios: an array of values by replication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.experiment.evaluate import Trial, evaluate
from sim.experiment.options import Progress, RunOptions
from sim.experiment.subject import Subject, find_all, subjects, values_of

if TYPE_CHECKING:
    from sim.scenario import Scenario

Floats = NDArray[np.float64]


def named(names: Sequence[str], scenario: Scenario, options: RunOptions) -> tuple[Subject, ...]:
    """Return the numbers that `names` mean in results of `scenario`, of which one replication is run if need be.

    Raises RunError with every name that means none.
    """
    rows = evaluate([Trial(scenario, (0,))], options)
    return find_all(names, rows[scenario.digest, 0])


def everything(scenario: Scenario, options: RunOptions) -> tuple[Subject, ...]:
    """Return every number that results of `scenario` have."""
    return subjects(evaluate([Trial(scenario, (0,))], options)[scenario.digest, 0])


def observe(
    scenarios: Iterable[Scenario],
    replications: Sequence[int],
    wanted: Sequence[Subject],
    options: RunOptions,
    progress: Progress | None = None,
) -> Floats:
    """Return the values of the numbers `wanted` in these replications (scenarios, wanted, replications).

    What is stored is not run again. Raises RunError if a number is one of nothing in some replication.
    """
    listed = list(scenarios)
    keys = {subject.key for subject in wanted}
    trials = [Trial(scenario, tuple(replications)) for scenario in {s.digest: s for s in listed}.values()]
    rows = evaluate(trials, replace(options, keep_boxes=False), progress, keys.__contains__)
    return np.array(
        [
            [values_of(subject, [rows[s.digest, number] for number in replications], s.name) for subject in wanted]
            for s in listed
        ]
    ).reshape(len(listed), len(wanted), len(replications))


class Tally:
    """Progress over several calls of `observe`, one after another: what earlier ones were asked for stays counted."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._total = progress, 0

    def next(self) -> Progress:
        """Return the progress of the next call."""
        before = self._total

        def report(done: int, total: int) -> None:
            self._total = before + total
            if self._progress is not None:
                self._progress(before + done, before + total)

        return report
