"""Estimators of Sobol' indices against closed forms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiment.sobol import Indices, indices, samples
from tests.experiment.closed_forms import ISHIGAMI_FIRST, ISHIGAMI_TOTAL, WEIGHTS, g_function, g_indices, ishigami

Floats = NDArray[np.float64]


def estimated(function: Callable[[Floats], Floats], inputs: int, rows: int) -> Indices:
    a, b = samples(inputs, rows, 7)
    mixed = []
    for k in range(inputs):
        point = a.copy()
        point[:, k] = b[:, k]
        mixed.append(function(point))
    found = indices(function(a), function(b), np.array(mixed), np.random.default_rng(1))
    assert found is not None
    return found


def test_ishigami() -> None:
    found = estimated(ishigami, 3, 2048)
    assert found.first.value == pytest.approx(ISHIGAMI_FIRST, abs=0.02)
    assert found.total.value == pytest.approx(ISHIGAMI_TOTAL, abs=0.02)
    assert found.variance == pytest.approx(13.845, rel=0.02)


def test_the_g_function_of_sobol() -> None:
    first, total = g_indices()
    found = estimated(g_function, WEIGHTS.size, 1024)
    assert found.first.value == pytest.approx(first, abs=0.02)
    assert found.total.value == pytest.approx(total, abs=0.02)


def test_a_linear_model_has_no_interactions() -> None:
    slopes = np.array([3.0, 2.0, 1.0])
    found = estimated(lambda x: x @ slopes, 3, 1024)
    shares = slopes**2 / (slopes**2).sum()
    assert found.first.value == pytest.approx(shares, abs=0.02)
    assert found.total.value == pytest.approx(shares, abs=0.02)


def test_the_intervals_hold_the_true_indices_and_narrow_with_the_rows() -> None:
    few, many = estimated(ishigami, 3, 128), estimated(ishigami, 3, 2048)
    for found in (few, many):
        for index, true in ((found.first, ISHIGAMI_FIRST), (found.total, ISHIGAMI_TOTAL)):
            assert ((index.low <= true + 0.02) & (true - 0.02 <= index.high)).all()
    assert (many.total.high - many.total.low < 0.5 * (few.total.high - few.total.low)).all()


def test_rows_with_a_point_that_could_not_be_run_are_left_out() -> None:
    a, b = samples(2, 64, 3)
    mixed = np.array([a[:, 1] + b[:, 0], b[:, 1] + a[:, 0]])
    numbers = a.sum(axis=1)
    numbers[:10] = np.nan
    mixed[0, 10:12] = np.nan
    found = indices(numbers, b.sum(axis=1), mixed, np.random.default_rng(1))
    assert found is not None
    assert found.rows == 52


def test_nothing_is_said_of_a_number_that_never_changes_or_of_too_few_rows() -> None:
    draws, flat = np.random.default_rng(1), np.ones(16)
    assert indices(flat, flat, np.ones((2, 16)), draws) is None
    some = np.arange(4.0)
    assert indices(some, some[::-1], np.array([some]), draws) is None
