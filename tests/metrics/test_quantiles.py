"""Quantiles of many values are those of NumPy, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.quantiles import FEW, quantiles

PROBABILITIES = [0.0, 0.5, 0.9, 0.95, 1.0]


@pytest.mark.parametrize("size", [1, 2, 3, 10, FEW, FEW + 1, 5 * FEW])
@pytest.mark.parametrize("kind", ["spread", "tailed", "tied", "equal"])
def test_as_numpy_has_them(size: int, kind: str) -> None:
    draws = np.random.default_rng(size)
    values = {
        "spread": draws.uniform(-5, 5, size),
        "tailed": draws.standard_cauchy(size),
        "tied": np.round(draws.exponential(2, size)),
        "equal": np.full(size, 3.5),
    }[kind]
    assert quantiles(values, PROBABILITIES) == np.quantile(values, PROBABILITIES).tolist()
