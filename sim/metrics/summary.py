"""The rows that describe a distribution, the same for boxes, calls and trucks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from sim.metrics.quantiles import quantiles
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


def describe(subject: Subject, values: NDArray[np.float64]) -> Iterator[MetricRow]:
    """Yield mean and quantiles of the finite `values` (n,), shares within the limits if in hours, and both counts.

    NaN is a subject without the end milestone: counted as unfinished and left out of all else.
    """
    there = np.isfinite(values)
    finished = values if there.all() else values[np.flatnonzero(there)]
    if finished.size:
        yield subject.row("mean", finished.mean())
        points = quantiles(finished, list(QUANTILES.values()))
        yield from (subject.row(name, point) for name, point in zip(QUANTILES, points, strict=True))
        if subject.unit == "h":
            for name, limit in LIMITS_H.items():
                yield subject.share(name, np.count_nonzero(finished <= limit) / finished.size)
    yield subject.count("count", finished.size)
    yield subject.count("unfinished", values.size - finished.size)


def average(subject: Subject, values: Column) -> Iterator[MetricRow]:
    """Yield the mean of `values` (n,), all finite, and how many they are."""
    if values.size:
        yield subject.row("mean", values.mean(dtype=np.float64))
    yield subject.count("count", values.size)
