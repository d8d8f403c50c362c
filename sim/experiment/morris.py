"""Screening by elementary effects (Morris 1991): which of many values move a number at all, at few runs per value.

A trajectory starts at the scenario as it is and moves all values, one after the other in an order of its own, by half
their range at least; what each step changes, over the step, is an elementary effect: the change that the whole range
would make. The mean of their sizes (mu*, Campolongo, Cariboni and Saltelli 2007) ranks the values; their spread
(sigma) tells of effects that depend on the other values, or on luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVELS = 4


@dataclass(frozen=True)
class Step:
    """One value moved by a part of its range, with its sign."""

    value: int
    size: float


@dataclass(frozen=True)
class Screening:
    """Elementary effects by value, shape (k,), over those trajectories whose step could be run.

    mean: mu, with its sign. size: mu*. spread: sigma, NaN of a single effect. counted: of how many effects; where there
    is none, all are NaN.
    """

    mean: Floats
    size: Floats
    spread: Floats
    counted: NDArray[np.int64]


def walk(start: Floats, draws: np.random.Generator, holds: Callable[[Floats], bool]) -> tuple[Floats, list[Step]]:
    """Return a trajectory from `start` (k,) on that keeps to points that hold, and its steps.

    Each value in turn moves to a level at least half its range away. Where the point does not hold, it moves back, so
    that a refused step takes its own effect away and no other: of hundreds of values, chosen freely, hardly any
    combination would hold.
    """
    points, steps = [start], []
    for value in draws.permutation(start.size):
        levels = np.linspace(0.0, 1.0, LEVELS)
        there = points[-1].copy()
        there[value] = draws.choice(levels[np.abs(levels - there[value]) >= 0.5])
        if holds(there):
            steps.append(Step(int(value), float(there[value] - points[-1][value])))
            points.append(there)
    return np.array(points), steps


def walked(values: int, walks: Sequence[tuple[Sequence[Step], Floats]]) -> Screening:
    """Return the effects of so many `values` in walks: the steps of each, and the numbers at its points."""
    effects = np.full((len(walks), values), np.nan)
    for row, (steps, numbers) in zip(effects, walks, strict=True):
        for step, change in zip(steps, np.diff(numbers), strict=True):
            row[step.value] = change / step.size
    return summary(effects)


def summary(effects: Floats) -> Screening:
    """Return mean, size and spread of effects (count, k), NaN where there is none."""
    there = np.isfinite(effects)
    counted = there.sum(axis=0)
    known = np.where(there, effects, 0.0)
    least = np.where(counted > 0, counted, np.nan)
    mean, size = known.sum(axis=0) / least, np.abs(known).sum(axis=0) / least
    apart = (np.where(there, effects - mean, 0.0) ** 2).sum(axis=0)
    spread = np.sqrt(apart / np.where(counted > 1, counted - 1.0, np.nan))
    return Screening(mean, size, spread, counted)
