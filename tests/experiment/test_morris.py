"""Elementary effects against what is exact: a linear model, an interaction, and the design itself."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.morris import LEVELS, STEP, screening, trajectories
from tests.experiment.closed_forms import WEIGHTS, g_function


def test_a_trajectory_moves_each_value_once_between_the_levels() -> None:
    points = trajectories(7, 5, np.random.default_rng(1))
    assert points.shape == (5, 8, 7)
    moves = np.diff(points, axis=1)
    assert np.count_nonzero(moves, axis=2).tolist() == [[1] * 7] * 5
    assert np.abs(moves).sum(axis=1) == pytest.approx(np.full((5, 7), STEP))
    assert np.isin(np.round(points * (LEVELS - 1), 9), range(LEVELS)).all()


def test_every_level_is_a_start_equally_often() -> None:
    starts = trajectories(2000, 4, np.random.default_rng(2))[:, 0].ravel()
    assert np.bincount(np.round(starts * 3).astype(int)) == pytest.approx(np.full(4, 2000), rel=0.1)


def test_the_effects_of_a_linear_model_are_its_slopes() -> None:
    slopes = np.array([3.0, -2.0, 0.0, 0.5])
    points = trajectories(4, 6, np.random.default_rng(3))
    found = screening(points, points @ slopes)
    assert found.mean == pytest.approx(slopes)
    assert found.size == pytest.approx(np.abs(slopes))
    assert found.spread == pytest.approx(np.zeros(4), abs=1e-12)
    assert found.counted.tolist() == [6] * 4


def test_an_effect_that_turns_with_another_value_has_a_size_and_a_spread_but_no_mean() -> None:
    points = trajectories(2, 400, np.random.default_rng(4))
    found = screening(points, (points[..., 0] - 0.5) * (points[..., 1] - 0.5))
    assert found.mean == pytest.approx([0.0, 0.0], abs=0.05)
    assert found.size == pytest.approx([1 / 3, 1 / 3], abs=0.05)
    assert (found.spread > 0.3).all()


def test_the_g_function_is_ranked_by_its_weights() -> None:
    points = trajectories(WEIGHTS.size, 50, np.random.default_rng(5))
    numbers = np.array([g_function(path) for path in points])
    assert np.argsort(-screening(points, numbers).size).tolist() == [0, 1, 2, 3, 4]


def test_a_point_that_could_not_be_run_takes_its_two_steps_away() -> None:
    points = trajectories(3, 2, np.random.default_rng(6))
    numbers = points @ np.array([1.0, 2.0, 4.0])
    numbers[0, 1] = np.nan
    found = screening(points, numbers)
    assert sorted(found.counted.tolist()) == [1, 1, 2]
    assert found.size == pytest.approx([1.0, 2.0, 4.0])
    nothing = screening(points, np.full((2, 4), np.nan))
    assert nothing.counted.tolist() == [0, 0, 0]
    assert np.isnan(nothing.size).all()
