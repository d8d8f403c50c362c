"""Functions whose sensitivity indices are known exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ishigami(x: Floats) -> Floats:
    """Return sin u + 7 sin² v + 0.1 w⁴ sin u of points (n, 3) in the unit cube, each stretched over -π to π."""
    u, v, w = (np.pi * (2 * x - 1)).T
    return np.asarray(np.sin(u) + 7 * np.sin(v) ** 2 + 0.1 * w**4 * np.sin(u))


ISHIGAMI_FIRST = np.array([0.3139, 0.4424, 0.0])
ISHIGAMI_TOTAL = np.array([0.5576, 0.4424, 0.2437])
"""Closed form of Ishigami and Homma (1990)."""

WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def g_function(x: Floats) -> Floats:
    """Return Sobol's g-function of points (n, 5), the less of an input the larger its weight."""
    return np.asarray(np.prod((np.abs(4 * x - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1))


def g_indices() -> tuple[Floats, Floats]:
    """Return first-order and total indices of the g-function: V_i = 1 / (3 (1 + a_i)²)."""
    parts = 1 / (3 * (1 + WEIGHTS) ** 2)
    variance = np.prod(1 + parts) - 1
    return parts / variance, parts * np.prod(1 + parts) / (1 + parts) / variance
