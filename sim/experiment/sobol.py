"""How much of a number's variance each input makes (Sobol' 1993): alone, and with all that it interacts with.

Two independent samples of all inputs, A and B, and A with one input at a time taken from B. First-order indices by
Saltelli et al. (2010), total indices by Jansen (1999); intervals by resampling the rows (Archer, Saltelli and Sobol'
1997). A row of which one point could not be run is left out whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 1000
LEAST_ROWS = 8
"""Fewer rows say nothing."""


@dataclass(frozen=True)
class Index:
    """An index by input, shape (k,), with its 95 % interval."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Indices:
    """First-order and total indices, the variance that they share out, and the rows that they rest on."""

    first: Index
    total: Index
    variance: float
    rows: int


def samples(inputs: int, rows: int, seed: int) -> tuple[Floats, Floats]:
    """Return samples A and B (rows, inputs) in the unit cube: halves of a scrambled Sobol' sequence.

    rows: a power of two, for which the sequence is balanced.
    """
    from scipy.stats import qmc

    both = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.default_rng(seed)).random(rows)
    return both[:, :inputs], both[:, inputs:]


def indices(a: Floats, b: Floats, mixed: Floats, draws: np.random.Generator) -> Indices | None:
    """Return the indices of a number: `a`, `b` (rows,) at both samples, `mixed` (k, rows) at A with one input of B.

    NaN is a point that could not be run. None if too few rows are left, or all of them are equal.
    """
    whole = np.isfinite(a) & np.isfinite(b) & np.isfinite(mixed).all(axis=0)
    a, b, mixed = a[whole], b[whole], mixed[:, whole]
    if a.size < LEAST_ROWS or np.ptp(np.concatenate([a, b])) == 0:
        return None
    first, total = _estimated(a, b, mixed)
    again = draws.integers(0, a.size, (RESAMPLES, a.size))
    some = [_estimated(a[rows], b[rows], mixed[:, rows]) for rows in again]
    spread = [np.percentile([part[k] for part in some], [2.5, 97.5], axis=0) for k in (0, 1)]
    variance = float(np.concatenate([a, b]).var())
    return Indices(Index(first, *spread[0]), Index(total, *spread[1]), variance, int(a.size))


def _estimated(a: Floats, b: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    both = np.concatenate([a, b])
    variance = both.var()
    if variance == 0:
        return np.zeros(len(mixed)), np.zeros(len(mixed))
    first = ((b - both.mean()) * (mixed - a)).mean(axis=1) / variance
    total = ((a - mixed) ** 2).mean(axis=1) / 2 / variance
    return first, total
