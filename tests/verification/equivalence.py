"""Equivalence from replications: the interval about their mean must lie within a margin that is stated beforehand.

A test that only fails to find a difference proves nothing: few or noisy replications always pass it. Here noise makes
the interval wide, and a wide interval fails (two one-sided tests at 5 % each: the 90 % interval within the margin).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats


def interval(means: Sequence[float]) -> tuple[float, float]:
    """Return the 90 % interval of the mean from independent replications (Student's t)."""
    values = np.asarray(means, dtype=float)
    half = stats.t.ppf(0.95, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - half), float(values.mean() + half)


def assert_equivalent(means: Sequence[float], theory: float, margin: float) -> None:
    """Fail unless the 90 % interval of the mean lies within `theory` times 1 - margin to 1 + margin."""
    low, high = interval(means)
    assert theory * (1 - margin) <= low, f"[{low:.5g}, {high:.5g}] is not within {margin:.1%} of {theory:.5g}"
    assert high <= theory * (1 + margin), f"[{low:.5g}, {high:.5g}] is not within {margin:.1%} of {theory:.5g}"
