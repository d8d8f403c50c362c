"""Elementary effects against what is exact: a linear model, an interaction, and the walk itself."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.morris import LEVELS, Floats, Screening, Step, walk, walked
from tests.experiment.closed_forms import WEIGHTS, g_function

LINE = np.array([3.0, -2.0, 0.0, 0.5])


def always(point: Floats) -> bool:
    return True


def screened(start: Floats, count: int, seed: int, number: object) -> Screening:
    """Return the effects of a function of points (n, k) over so many walks."""
    draws = np.random.default_rng(seed)
    walks = [walk(start, draws, always) for _ in range(count)]
    return walked(start.size, [(steps, number(points)) for points, steps in walks])  # type: ignore[operator]


def test_a_walk_moves_each_value_once_by_half_its_range_at_least() -> None:
    start = np.array([0.0, 0.1, 0.5, 0.9, 1.0, 0.4, 0.6])
    points, steps = walk(start, np.random.default_rng(1), always)
    assert points.shape == (8, 7)
    assert points[0].tolist() == start.tolist()
    assert sorted(step.value for step in steps) == list(range(7))
    assert all(abs(step.size) >= 0.5 for step in steps)
    assert np.isin(np.round(points[-1] * (LEVELS - 1), 9), range(LEVELS)).all()


def test_the_effects_of_a_linear_model_are_its_slopes() -> None:
    found = screened(np.array([0.3, 0.5, 0.1, 0.9]), 6, 3, lambda points: points @ LINE)
    assert found.mean == pytest.approx(LINE)
    assert found.size == pytest.approx(np.abs(LINE))
    assert found.spread == pytest.approx(np.zeros(4), abs=1e-12)
    assert found.counted.tolist() == [6] * 4


def test_an_effect_that_turns_with_another_value_has_a_size_and_a_spread() -> None:
    found = screened(np.full(2, 0.5), 400, 4, lambda points: (points[:, 0] - 0.5) * (points[:, 1] - 0.5))
    assert found.mean == pytest.approx([0.0, 0.0], abs=0.05)
    assert (found.size > 0.2).all()
    assert (found.spread > 0.2).all()


def test_the_g_function_is_ranked_by_its_weights() -> None:
    found = screened(np.full(WEIGHTS.size, 0.3), 50, 5, g_function)
    assert np.argsort(-found.size).tolist() == [0, 1, 2, 3, 4]


def test_a_step_that_does_not_hold_is_taken_back_and_takes_its_own_effect_alone() -> None:
    start = np.full(4, 0.5)
    points, steps = walk(start, np.random.default_rng(6), lambda point: bool(point[1] == 0.5))
    assert sorted(step.value for step in steps) == [0, 2, 3]
    assert (points[:, 1] == 0.5).all()
    found = walked(4, [(steps, points @ LINE)])
    assert found.counted.tolist() == [1, 0, 1, 1]
    assert found.size[[0, 2, 3]] == pytest.approx(np.abs(LINE[[0, 2, 3]]))
    assert np.isnan(found.size[1])


def test_a_point_whose_run_failed_takes_its_two_steps_away() -> None:
    steps = [Step(0, 0.5), Step(1, -0.5), Step(2, 1.0)]
    found = walked(3, [(steps, np.array([0.0, np.nan, 2.0, 3.0]))])
    assert found.counted.tolist() == [0, 0, 1]
    assert found.size[2] == pytest.approx(1.0)
