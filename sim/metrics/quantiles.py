"""Quantiles of many values, without sorting them all: a year of boxes is asked for thousands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FEW = 4096
"""So few values are sorted at once."""
BINS = 512


def quantiles(values: NDArray[np.float64], probabilities: Sequence[float]) -> list[float]:
    """Return the linearly interpolated quantiles of `values` (n,), n > 0 and all finite: those of `numpy.quantile`."""
    return at_places(values, [(values.size - 1) * p for p in probabilities])


def at_places(values: NDArray[np.float64], places: Sequence[float]) -> list[float]:
    """Return what stands at places 0 to n - 1 of `values` (n,) in rising order, linearly between two of them."""
    ordered = _Ordered(values)
    return [_between(ordered, place) for place in places]


def _between(ordered: _Ordered, place: float) -> float:
    below = int(place)
    low = ordered[below]
    high = ordered[min(below + 1, ordered.size - 1)]
    part = place - below
    # the two forms meet in the middle and are exact at their ends
    return low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)


class _Ordered:
    """The values in rising order, of which only the parts that are asked for are sorted.

    Values fall into bins of equal width; as rounding down keeps their order, so do the bins.
    """

    def __init__(self, values: NDArray[np.float64]) -> None:
        self.size = values.size
        self._values = values
        low, high = values.min(), values.max()
        if values.size <= FEW or not low < high:
            self._bins, self._ends = np.zeros(values.size, dtype=np.int16), np.array([values.size])
        else:
            self._bins = ((values - low) * ((BINS - 1) / (high - low))).astype(np.int16)
            self._ends = np.cumsum(np.bincount(self._bins))
        self._sorted: dict[int, NDArray[np.float64]] = {}

    def __getitem__(self, place: int) -> float:
        """Return the value at `place` in rising order."""
        number = int(np.searchsorted(self._ends, place, side="right"))
        if number not in self._sorted:
            self._sorted[number] = np.sort(self._values[np.flatnonzero(self._bins == number)])
        return float(self._sorted[number][place - (self._ends[number - 1] if number else 0)])
