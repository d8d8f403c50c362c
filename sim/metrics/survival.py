"""Times of which some have not ended when the run does: the product-limit estimate of Kaplan and Meier (1958).

A subject that has waited c hours without an end says that its time is longer than c, and no more. It is not left out,
which would flatter a congested port: its weight goes in equal parts to those with longer times (Efron 1967). Weights
by this rule also give the mean of a part of the time, such as one stage of it, which is censored with the whole (Lin,
Sun and Ying 1999). What cannot be known stays open: a quantile that the curve does not reach is None, and a mean is
restricted to the longest time seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.metrics.quantiles import at_places
from sim.records import Column

ROUNDING = 1e-12
"""Sums of weights are equal up to that."""


class Survival:
    """Some times, all finite: `ended` (n,), n > 0, and how long those without an end have `waited` (m,), m > 0.

    An end at the very moment at which others are lost from sight comes before that.
    """

    def __init__(self, ended: NDArray[np.float64], waited: NDArray[np.float64]) -> None:
        cuts, lost = np.unique(waited, return_counts=True)
        self._ended, self._longest = ended, float(cuts[-1])
        self._last = np.flatnonzero(waited == self._longest)
        self._bins = np.searchsorted(cuts, ended, side="left")
        self._counts = np.bincount(self._bins, minlength=cuts.size + 1)
        longer = np.cumsum(self._counts[::-1])[::-1][1:] + np.cumsum(lost[::-1])[::-1] - lost
        grown = 1.0 + lost / np.where(longer > 0, longer, np.inf)
        self._weights = np.concatenate([[1.0], np.cumprod(grown)]) / (ended.size + waited.size)
        self.open = float(self._weights[-2] * lost[-1]) if longer[-1] == 0 else 0.0
        """The share of which the end is not known at all: it lies beyond the longest time seen."""

    def mean(self) -> float:
        """Return the mean, restricted to the longest time seen."""
        return self._sum(self._ended) + self.open * self._longest

    def mean_of(self, ended: Column, so_far: Column) -> float:
        """Return the mean of a part of the time: of those `ended` (n,), and of the others `so_far` (m,).

        Parts that add up to the time, subject by subject, have means that add up to its mean.
        """
        return self._sum(ended) + self.open * float(so_far[self._last].mean(dtype=np.float64))

    def quantiles(self, probabilities: Sequence[float]) -> list[float | None]:
        """Return the quantiles, linearly interpolated as those of times that all ended; None beyond the curve."""
        sums = np.concatenate([[0.0], np.cumsum(self._counts * self._weights)])
        before = np.concatenate([[0], np.cumsum(self._counts)])
        places: list[float | None] = []
        for p in probabilities:
            k = int(np.searchsorted(sums, p - ROUNDING, side="left")) - 1
            if k >= self._counts.size:
                places.append(None)
                continue
            k = max(k, 0)
            places.append(float(max(before[k] + (p - sums[k]) / self._weights[k] - p, 0.0)))
        found = iter(at_places(self._ended, [place for place in places if place is not None]))
        return [None if place is None else next(found) for place in places]

    def share_within(self, limit: float) -> float | None:
        """Return the share that ends within `limit`; None if some were lost from sight and none seen so long."""
        if self.open > 0 and limit > self._longest:
            return None
        within = np.bincount(self._bins[self._ended <= limit], minlength=self._counts.size)
        return min(1.0, float(within @ self._weights))

    def _sum(self, ended: Column) -> float:
        return float(np.bincount(self._bins, weights=ended, minlength=self._counts.size) @ self._weights)
