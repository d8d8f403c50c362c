"""The product-limit estimate against its definition, a worked example, and what is known where nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.metrics.survival import Survival

HOURS = st.integers(0, 12).map(float)
SOME = st.lists(HOURS, min_size=1, max_size=12)


def product_limit(ended: list[float], waited: list[float]) -> list[tuple[float, float]]:
    """Return each time of an end, in order, with the share that lasts longer: the definition, step by step."""
    curve, share = [], 1.0
    for time in sorted(set(ended)):
        at_risk = sum(t >= time for t in ended + waited)
        share *= 1 - ended.count(time) / at_risk
        curve.append((time, share))
    return curve


def area(ended: list[float], waited: list[float]) -> float:
    """Return the area under the curve up to the longest time."""
    knots = [(0.0, 1.0), *product_limit(ended, waited)]
    ends = [time for time, _ in knots[1:]] + [max(ended + waited)]
    return sum(share * (end - start) for (start, share), end in zip(knots, ends, strict=True))


@given(SOME, SOME)
def test_mean_and_shares_are_those_of_the_product_limit_curve(ended: list[float], waited: list[float]) -> None:
    estimate = Survival(np.array(ended), np.array(waited))
    assert estimate.mean() == pytest.approx(area(ended, waited))
    last = product_limit(ended, waited)[-1][1]
    assert estimate.open == pytest.approx(last if max(waited) >= max(ended) else 0.0, abs=1e-12)
    for limit in (0.0, 3.5, 7.0, 12.0):
        share = estimate.share_within(limit)
        below = [1 - left for time, left in product_limit(ended, waited) if time <= limit]
        if share is None:
            assert limit > max(waited + ended)
        else:
            assert share == pytest.approx(below[-1] if below else 0.0, abs=1e-12)


@given(SOME, SOME, st.floats(0.01, 0.99))
def test_a_quantile_lies_where_the_curve_comes_down_that_far(ended: list[float], waited: list[float], p: float) -> None:
    found = Survival(np.array(ended), np.array(waited)).quantiles([p])[0]
    curve = product_limit(ended, waited)
    if found is None:
        assert 1 - curve[-1][1] < p
    else:
        right = next(time for time, left in curve if 1 - left >= p - 1e-9)
        before = [time for time, _ in curve if time < right]
        after = [time for time, _ in curve if time > right]
        assert (before[-1] if before else right) - 1e-9 <= found <= (after[0] if after else right) + 1e-9


@given(SOME)
def test_who_is_lost_before_anybody_ends_changes_nothing(ended: list[float]) -> None:
    times = np.array(ended) + 1.0
    estimate = Survival(times, np.zeros(3))
    assert estimate.mean() == pytest.approx(times.mean())
    points = [0.5, 0.9, 0.95]
    assert estimate.quantiles(points) == pytest.approx(np.quantile(times, points).tolist())
    assert estimate.open == 0.0


def test_an_example_worked_by_hand() -> None:
    """Kaplan and Meier (1958), table 1: deaths at 0.8, 3.1, 5.4, 9.2 months, losses at 1.0, 2.7, 7.0, 12.1."""
    estimate = Survival(np.array([0.8, 3.1, 5.4, 9.2]), np.array([1.0, 2.7, 7.0, 12.1]))
    shares = [estimate.share_within(month) for month in (0.8, 3.1, 5.4, 9.2)]
    assert shares == pytest.approx([1 - left for left in (7 / 8, 7 / 10, 21 / 40, 21 / 80)])
    assert estimate.open == pytest.approx(21 / 80)
    assert estimate.quantiles([0.9]) == [None]


def test_times_cut_off_at_random_have_the_mean_of_all() -> None:
    draws = np.random.default_rng(7)
    times, until = draws.exponential(10.0, 200_000), draws.uniform(20.0, 80.0, 200_000)
    there = times <= until
    estimate = Survival(times[there], until[~there])
    assert estimate.mean() == pytest.approx(10.0, rel=0.01)
    assert times[there].mean() < 0.98 * 10.0, "leaving them out flatters"
    assert estimate.quantiles([0.5, 0.95]) == pytest.approx([10 * np.log(2), 10 * np.log(20)], rel=0.01)


def test_parts_weighted_with_the_whole_are_those_of_all() -> None:
    """A second stage that is long where the first is short: left out of account, both would be wrong."""
    draws = np.random.default_rng(8)
    first = draws.exponential(5.0, 200_000)
    second = draws.exponential(1.0, first.size) * 10.0 / (1.0 + first)
    until = draws.uniform(15.0, 60.0, first.size)
    there = first + second <= until
    estimate = Survival((first + second)[there], until[~there])
    so_far = np.minimum(first, until), np.clip(until - first, 0.0, second)
    means = [estimate.mean_of(part[there], now[~there]) for part, now in zip((first, second), so_far, strict=True)]
    assert sum(means) == pytest.approx(estimate.mean())
    assert means == pytest.approx([first.mean(), second.mean()], rel=0.01)
