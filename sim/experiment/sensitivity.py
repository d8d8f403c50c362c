"""How much of a number rests on assumed and derived values: screening of all, then shares of variance of the leading.

Luck is an input like the others: the replication, from which all draws follow. Within a trajectory of the screening,
and within a row of the samples, it stays the same unless it is itself what is moved; so a change is that of the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from sim.errors import Problem, RunError
from sim.experiment.batches import Batch, run_batch
from sim.experiment.ends import Ends, at_ends, with_turns
from sim.experiment.inputs import Input, inputs_of, part
from sim.experiment.laboratory import Floats, Laboratory, Point, Tally
from sim.experiment.morris import Screening, walk, walked
from sim.experiment.observe import named
from sim.experiment.options import Progress, RunOptions
from sim.experiment.replicate import Work
from sim.experiment.sobol import Indices, indices, samples
from sim.experiment.statistics import Interval
from sim.experiment.subject import Subject
from sim.scenario import Scenario
from sim.scenario.template import Template

LUCK = "luck"


@dataclass(frozen=True)
class Size:
    """How much is run: trajectories that screen, leading values, replications at their ends, rows of the samples."""

    trajectories: int = 4
    leading: int = 8
    replications: int = 10
    rows: int = 64


@dataclass(frozen=True)
class Plan:
    """What is asked: the number of which scenario, or with `effect` its change by the scenario's policies."""

    template: Template
    metric: str
    effect: bool
    size: Size

    @property
    def inputs(self) -> tuple[Input, ...]:
        """All values that are screened."""
        return inputs_of(self.template.base)

    @property
    def points(self) -> tuple[int, int, int]:
        """Points of the screening, of the ends, and of the samples."""
        k, size = len(self.inputs), self.size
        leading = min(size.leading, k)
        return size.trajectories * (k + 1), (2 * leading + 1) * size.replications, size.rows * (leading + 3)

    @property
    def runs(self) -> int:
        """Replications in all."""
        return sum(self.points) * (2 if self.effect else 1)


@dataclass(frozen=True)
class Sensitivity:
    """What was found. leading: the first of `inputs` by the size of their effects, with what they do at their ends.

    indices: shares of the variance by leading value and, last, by luck; None if the number never changed. draws: the
    numbers at the rows of both samples (2 rows,), NaN where a point could not be run.
    """

    plan: Plan
    subject: Subject
    inputs: tuple[Input, ...]
    screening: Screening
    number: Interval
    leading: tuple[Ends, ...]
    indices: Indices | None
    draws: Floats
    tally: Tally


def planned(template: Template, metric: str, size: Size, *, effect: bool) -> Plan:
    """Return the plan for a scenario. Raises RunError if there is nothing to vary."""
    plan = Plan(template, metric, effect, size)
    base = template.base
    if effect and not base.policies:
        what = f"{base.name} has no policies, so it has no effect"
        raise RunError(Problem(what, "--effect", "name a reform, or leave --effect out"))
    if not plan.inputs:
        what = f"{base.name} has no assumed or derived value with a range"
        raise RunError(Problem(what, remedy="write low and high at the values that are not certain"))
    return plan


def expected_seconds(plan: Plan, workers: int) -> float:
    """Return how long all runs will take over so many workers, from one that is run here and not kept."""
    base = plan.template.base
    start = perf_counter()
    (measured,) = run_batch(Batch(base.digest, (0,), Work(base.name, base.timeline, base.horizon, base.seed)))
    if measured.figures is None:
        raise RunError(measured.problems)
    return plan.runs * (perf_counter() - start) / workers


def sensitivity(plan: Plan, options: RunOptions, progress: Progress | None = None) -> Sensitivity:
    """Run the plan. Raises RunError if the metric is none, or if the number cannot be had as the scenario stands.

    A point that is refused, or whose run fails, is left out and counted. What is stored is not run again.
    """
    base, inputs = plan.template.base, plan.inputs
    total = sum(plan.points)
    if progress is not None:
        progress(0, total)
    (subject,) = named([plan.metric], base, options)
    laboratory = Laboratory(plan.template, subject, options, effect=plan.effect)
    if progress is not None:
        laboratory.reporting(lambda points: progress(points, max(points, total)))
    found = _screened(inputs, plan.size.trajectories, base, laboratory)
    order = np.argsort(-np.nan_to_num(found.size, nan=-1.0), kind="stable")[: plan.size.leading]
    leading = tuple(inputs[k] for k in order.tolist())
    number, ends = at_ends(leading, plan.size.replications, laboratory)
    if number.n == 0:
        reason = next(iter(laboratory.tally.reasons.values()), Problem(f"{subject.name} is a number of nothing"))
        raise RunError(reason)
    if plan.effect:
        ends = with_turns(number, ends, plan.size.replications, laboratory)
    shares, draws = _shared_out(leading, plan.size.rows, base, laboratory)
    return Sensitivity(plan, subject, inputs, found, number, ends, shares, draws, laboratory.tally)


def _screened(inputs: tuple[Input, ...], count: int, base: Scenario, laboratory: Laboratory) -> Screening:
    """Screen all inputs from the scenario as it is; the draws of a trajectory are those of one replication."""
    draws = np.random.default_rng(base.seed)
    start = np.array([part(item, item.value) for item in inputs])
    walks = []
    for luck in range(count):
        cube, steps = walk(start, draws, lambda row: laboratory.holds(_values(inputs, row)))
        points: list[Point] = [(_values(inputs, row), luck) for row in cube]
        walks.append((steps, laboratory.numbers(points)))
    return walked(len(inputs), walks)


def _shared_out(
    leading: tuple[Input, ...], rows: int, base: Scenario, laboratory: Laboratory
) -> tuple[Indices | None, Floats]:
    """Return the shares of the leading inputs and of luck, and the numbers at both samples."""
    a, b = samples(len(leading), rows, base.seed)
    mixed = []
    for k in range(len(leading)):
        cube = a.copy()
        cube[:, k] = b[:, k]
        mixed.append(cube)
    lucks = [range(rows)] + [range(rows, 2 * rows)] + [range(rows)] * len(leading) + [range(rows, 2 * rows)]
    points: list[Point] = [
        (_values(leading, row), luck)
        for cube, some in zip([a, b, *mixed, a], lucks, strict=True)
        for row, luck in zip(cube, some, strict=True)
    ]
    numbers = laboratory.numbers(points).reshape(-1, rows)
    found = indices(numbers[0], numbers[1], numbers[2:], np.random.default_rng(base.seed))
    return found, numbers[:2].ravel()


def _values(inputs: tuple[Input, ...], row: Floats) -> dict[Input, float]:
    own = {item: part(item, item.value) for item in inputs}
    return {item: item.value if u == own[item] else item.at(u) for item, u in zip(inputs, row.tolist(), strict=True)}
