"""Percentiles of a box in the long run, and what each replication adds to them, from the rows of the runs alone.

The mean of the runs' own percentiles is not the percentile of all boxes: a busy run has more than its share of the long
times, and the 95th percentile of few boxes lies too low. Here the distribution of a run goes through its three
percentiles, with an exponential course between them and beyond, and those of the runs are added up by their boxes.
Where the sum reaches the probability lies the percentile; each run's share in that, made linear, is its value for
Student's t (the quantile's influence function: Serfling 1980, Approximation Theorems of Mathematical Statistics, 2.5).
That a run's percentile is an order statistic of n boxes counts: k of n has the mean probability k / (n + 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.experiment.result import Key

Floats = NDArray[np.float64]
Values = Mapping[Key, tuple[str, Mapping[int, float]]]
"""As `ScenarioResult.values`."""

NAMES, P = ("p50", "p90", "p95"), np.array([0.50, 0.90, 0.95])
FEWEST = 20
"""Boxes in every run: of fewer not one need lie beyond the 95th percentile."""

HALVINGS = 60
SURE = 1e-9
"""How near the sum has to come to the probability."""

REACH = 10.0
"""Of the distance between the least median and the greatest 95th percentile: so far beyond that is looked."""


def pooled(values: Values) -> dict[Key, dict[int, float]]:
    """Return the values by replication of the percentiles whose mean is the percentile of the boxes of all runs.

    Left out, with their own values to go by: those of one run, of fewer boxes than FEWEST in any run, and those that
    lie on each other, as where most boxes do not wait at all.
    """
    subjects = [key[:3] for key in values if key[3] == NAMES[0]]
    found: dict[Key, dict[int, float]] = {}
    tails = {subject: tail for subject in subjects if (tail := _tail(values, subject)) is not None}
    for runs in {tail.runs for tail in tails.values()}:
        alike = [subject for subject, tail in tails.items() if tail.runs == runs]
        points = np.array([tails[subject].points for subject in alike])
        boxes = np.array([tails[subject].boxes for subject in alike])
        for place, name in enumerate(NAMES):
            for subject, shares in zip(alike, _shares(points, boxes, float(P[place])), strict=True):
                if np.isfinite(shares).all():
                    found[(*subject, name)] = dict(zip(runs, shares.tolist(), strict=True))
    return found


@dataclass(frozen=True)
class _Tail:
    """Replications (n,), their percentiles (n, 3) and boxes (n,)."""

    runs: tuple[int, ...]
    points: Floats
    boxes: Floats


def _tail(values: Values, subject: tuple[str, str, str]) -> _Tail | None:
    rows = [values.get((*subject, name)) for name in (*NAMES, "count")]
    columns = [row[1] for row in rows if row is not None]
    runs = tuple(columns[0])
    if len(columns) < len(rows) or len(runs) < 2 or not all(run in column for column in columns for run in runs):
        return None
    *points, boxes = (np.array([column[run] for run in runs]) for column in columns)
    if min(boxes) < FEWEST or not all(np.all(more > less) for less, more in pairwise(points)):
        return None
    return _Tail(runs, np.stack(points, axis=-1), boxes)


def _shares(points: Floats, boxes: Floats, p: float) -> Floats:
    """Return the values (subjects, runs) of one percentile; points: (subjects, runs, 3), boxes: (subjects, runs)."""
    hazard = -np.log1p(-((boxes[..., None] - 1) * P + 1) / (boxes[..., None] + 1))
    rates = np.diff(hazard, axis=-1) / np.diff(points, axis=-1)
    weights = boxes / boxes.sum(axis=1, keepdims=True)

    def beyond(x: Floats) -> tuple[Floats, Floats]:
        """Return the share of each run's boxes beyond x (subjects,), and its density there."""
        right = x[:, None] >= points[..., 1]
        start, rate = np.where(right, 1, 0), np.where(right, rates[..., 1], rates[..., 0])
        at = np.take_along_axis(hazard, start[..., None], -1)[..., 0]
        at = at + rate * (x[:, None] - np.take_along_axis(points, start[..., None], -1)[..., 0])
        share = np.exp(-np.maximum(at, 0.0))
        return share, np.where(at > 0, rate * share, 0.0)

    low, top = points[..., 0].min(axis=1), points[..., 2].max(axis=1)
    high = top + REACH * (top - low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = (weights * beyond(middle)[0]).sum(axis=1) > 1 - p
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    share, density = beyond(high)
    slope = (weights * density).sum(axis=1, keepdims=True)
    found = np.abs((weights * share).sum(axis=1, keepdims=True) - (1 - p)) < SURE
    with np.errstate(divide="ignore", invalid="ignore"):
        each = high[:, None] + boxes.shape[1] * weights * (share - (1 - p)) / slope
    return np.where(found, each, np.nan)
