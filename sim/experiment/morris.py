"""Screening by elementary effects (Morris 1991): which of many values move a number at all, at few runs per value.

A trajectory starts somewhere in the cube of all values and moves them one after the other, in an order of its own, by
two thirds of their range; what each step changes, over the step, is an elementary effect: the change that the whole
range would make. The mean of their sizes (mu*, Campolongo, Cariboni and Saltelli 2007) ranks the values; their spread
(sigma) tells of effects that depend on the other values, or on luck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
"""Two thirds: from each of the four levels one other is so far away, so that all are equally likely."""


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


def trajectories(values: int, count: int, draws: np.random.Generator) -> Floats:
    """Return the points of `count` trajectories in the unit cube of so many `values` (k), shape (count, k + 1, k)."""
    points = np.empty((count, values + 1, values))
    for path in points:
        here = draws.integers(0, LEVELS, values) / (LEVELS - 1)
        path[0] = here
        for step, value in enumerate(draws.permutation(values), start=1):
            here = here.copy()
            here[value] += STEP if here[value] < 0.5 else -STEP
            path[step] = here
    return points


def screening(points: Floats, numbers: Floats) -> Screening:
    """Return the effects in `numbers` (count, k + 1), NaN where a point could not be run, at `points` as above."""
    moves = np.diff(points, axis=1)
    value = np.abs(moves).argmax(axis=2)  # the one value that each step moves, shape (count, k)
    step = np.take_along_axis(moves, value[..., None], axis=2)[..., 0]
    effects = np.full(value.shape, np.nan)
    np.put_along_axis(effects, value, np.diff(numbers, axis=1) / step, axis=1)
    there = np.isfinite(effects)
    counted = there.sum(axis=0)
    known = np.where(there, effects, 0.0)
    least = np.where(counted > 0, counted, np.nan)
    mean, size = known.sum(axis=0) / least, np.abs(known).sum(axis=0) / least
    apart = (np.where(there, effects - mean, 0.0) ** 2).sum(axis=0)
    spread = np.sqrt(apart / np.where(counted > 1, counted - 1.0, np.nan))
    return Screening(mean, size, spread, counted)
