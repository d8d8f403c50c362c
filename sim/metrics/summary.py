"""The rows that describe a distribution, the same for boxes, calls and trucks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from sim.metrics.quantiles import quantiles
from sim.metrics.survival import Survival
from sim.records import Column, MetricRow

QUANTILES = {"p50": 0.50, "p90": 0.90, "p95": 0.95}
LIMITS_H = {"within_24h": 24.0, "within_48h": 48.0}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured, in which unit, of which flow and group; `counted` is the unit of a count of them."""

    metric: str
    unit: str
    flow: str
    group: str
    counted: str = "boxes"

    def row(self, statistic: str, value: SupportsFloat) -> MetricRow:
        """Return one row in the subject's own unit."""
        return MetricRow(self.metric, self.flow, self.group, statistic, float(value), self.unit)

    def share(self, statistic: str, value: SupportsFloat) -> MetricRow:
        """Return one row as a share."""
        return MetricRow(self.metric, self.flow, self.group, statistic, float(value), "share")

    def count(self, statistic: str, value: SupportsFloat) -> MetricRow:
        """Return one row that counts."""
        return MetricRow(self.metric, self.flow, self.group, statistic, float(value), self.counted)


def describe(
    subject: Subject, values: NDArray[np.float64], waited: NDArray[np.float64] | None = None
) -> Iterator[MetricRow]:
    """Yield mean and quantiles of `values` (n,), shares within the limits if in hours, and both counts.

    NaN is a subject without the end milestone, counted as unfinished. `waited` (n,) says how long it has been without:
    then it enters by Kaplan and Meier's estimate (see `sim.metrics.survival`), else into the count alone.
    """
    there = np.isfinite(values)
    finished = values if there.all() else values[np.flatnonzero(there)]
    if finished.size and finished.size < values.size and waited is not None:
        yield from _censored(subject, Survival(finished, waited[np.flatnonzero(~there)]))
    elif finished.size:
        yield subject.row("mean", finished.mean())
        yield from _spread(subject, finished)
    yield from _counts(subject, finished.size, values.size)


def describe_part(
    subject: Subject, hours: NDArray[np.float64], there: NDArray[np.bool_], whole: Survival | None
) -> Iterator[MetricRow]:
    """Yield the same rows of a part of a longer time: `hours` (n,), of those not `there` (n,) so far.

    The mean is weighted with the whole time, so that parts add up; quantiles and shares are of those that are there.
    whole: the estimate of the whole time, None if all or none ended.
    """
    finished = hours if there.all() else hours[np.flatnonzero(there)]
    if finished.size:
        so_far = hours[np.flatnonzero(~there)]
        yield subject.row("mean", finished.mean() if whole is None else whole.mean_of(finished, so_far))
        yield from _spread(subject, finished)
    yield from _counts(subject, finished.size, hours.size)


def _spread(subject: Subject, finished: NDArray[np.float64]) -> Iterator[MetricRow]:
    points = quantiles(finished, list(QUANTILES.values()))
    yield from (subject.row(name, point) for name, point in zip(QUANTILES, points, strict=True))
    if subject.unit == "h":
        for name, limit in LIMITS_H.items():
            yield subject.share(name, np.count_nonzero(finished <= limit) / finished.size)


def _censored(subject: Subject, survival: Survival) -> Iterator[MetricRow]:
    yield subject.row("mean", survival.mean())
    for name, point in zip(QUANTILES, survival.quantiles(list(QUANTILES.values())), strict=True):
        if point is not None:
            yield subject.row(name, point)
    for name, limit in LIMITS_H.items() if subject.unit == "h" else ():
        share = survival.share_within(limit)
        if share is not None:
            yield subject.share(name, share)


def _counts(subject: Subject, finished: int, every: int) -> Iterator[MetricRow]:
    yield subject.count("count", finished)
    yield subject.count("unfinished", every - finished)


def average(subject: Subject, values: Column) -> Iterator[MetricRow]:
    """Yield the mean of `values` (n,), all finite, and how many they are."""
    if values.size:
        yield subject.row("mean", values.mean(dtype=np.float64))
    yield subject.count("count", values.size)
