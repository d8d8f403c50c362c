"""The few numbers that an experiment is about, of many scenarios: an array of values by replication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.experiment.evaluate import Trial, evaluate
from sim.experiment.options import Progress, RunOptions
from sim.experiment.pooled import NAMES, pooled
from sim.experiment.result import Key
from sim.experiment.subject import Subject, find_all, subjects, values_of

if TYPE_CHECKING:
    from sim.records import MetricRow
    from sim.scenario import Scenario

Rows = tuple["MetricRow", ...]
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
    rows = _rows(listed, replications, {subject.key for subject in wanted}, options, progress)
    found = [[values_of(subject, rows[s.digest], s.name) for subject in wanted] for s in listed]
    return np.array(found).reshape(len(listed), len(wanted), len(replications))


def observe_together(
    scenarios: Iterable[Scenario],
    replications: Sequence[int],
    wanted: Sequence[Subject],
    options: RunOptions,
    progress: Progress | None = None,
) -> Floats:
    """Return the same, but of percentiles the values whose mean is the percentile of the boxes of all replications.

    So does a comparison (see `sim.experiment.pooled`). A value then depends on the other replications too.
    """
    listed = list(scenarios)
    keys = {(*subject.key[:3], part) for subject in wanted for part in (subject.statistic, *parts(subject))}
    rows = _rows(listed, replications, keys, options, progress)
    found = np.empty((len(listed), len(wanted), len(replications)))
    for place, scenario in enumerate(listed):
        of_all = pooled(by_key(rows[scenario.digest]))
        for number, subject in enumerate(wanted):
            together = of_all.get(subject.key)
            of_runs = values_of(subject, rows[scenario.digest], scenario.name)
            found[place, number] = of_runs if together is None else list(together.values())
    return found


def parts(subject: Subject) -> tuple[str, ...]:
    """Return the statistics from which a percentile of all boxes is found; none for other numbers."""
    return (*NAMES, "count") if subject.statistic in NAMES else ()


def by_key(replications: Sequence[Rows]) -> dict[Key, tuple[str, dict[int, float]]]:
    """Return key -> unit and value by replication, in the order of first sight."""
    found: dict[Key, tuple[str, dict[int, float]]] = {}
    for number, rows in enumerate(replications):
        for row in rows:
            key = (row.metric, row.flow, row.group, row.statistic)
            found.setdefault(key, (row.unit, {}))[1][number] = row.value
    return found


def _rows(
    scenarios: Sequence[Scenario],
    replications: Sequence[int],
    keys: set[Key],
    options: RunOptions,
    progress: Progress | None,
) -> dict[str, list[Rows]]:
    """Return digest -> the rows with these keys of each replication."""
    trials = [Trial(scenario, tuple(replications)) for scenario in {s.digest: s for s in scenarios}.values()]
    rows = evaluate(trials, replace(options, keep_boxes=False), progress, keys.__contains__)
    return {s.digest: [rows[s.digest, number] for number in replications] for s in scenarios}


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
