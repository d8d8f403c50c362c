"""How much of the start of a series to leave out: the marginal standard error rule, MSER-5.

White (1997), with batches of five as in White, Cobb and Spratt (2000): leave out as many as make the standard error of
the mean of the rest the smallest. What a beginning far from the rest adds to its spread weighs more than the values
lost with it. Where the rule would leave out more than half, the series is too short to tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BATCH = 5
LEAST_BATCHES = 10
"""Fewer batches say nothing; and the rule is not asked of a rest of fewer than five, where it always finds a dip."""
LAST = 5


@dataclass(frozen=True)
class Cut:
    """How many values to leave out, None if the series is too short to tell; mean: that of the rest."""

    left_out: int | None
    mean: float


def mser5(series: NDArray[np.float64]) -> Cut:
    """Return where to cut a series (n,)."""
    batches = series.size // BATCH
    if batches < LEAST_BATCHES:
        return Cut(None, float("nan"))
    means = series[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    rest = np.arange(batches, 0, -1)
    sums = np.cumsum(means[::-1])[::-1]
    squares = np.cumsum(((means - means.mean()) ** 2)[::-1])[::-1]
    apart = (sums / rest - means.mean()) ** 2
    errors = (squares / rest - apart) / rest
    cut = int(np.argmin(errors[: batches - LAST + 1]))
    mean = float(sums[cut] / rest[cut])
    return Cut(None if cut > batches / 2 else cut * BATCH, mean)
