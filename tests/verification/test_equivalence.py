"""The judge judged: it must pass what is right and tight, and fail what is wrong or only noisy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.theory.queues import erlang_c, wait_mg1, wait_mmc, waits_by_rank
from tests.verification.bulk import wait_for_random_carriers, wait_on_lists
from tests.verification.equivalence import assert_equivalent, interval


def replications(mean: float, noise: float, seed: int = 0) -> list[float]:
    return np.random.default_rng(seed).normal(mean, noise, 12).tolist()


def test_right_and_tight_passes() -> None:
    assert_equivalent(replications(10, 0.2), 10.0, margin=0.05)


@pytest.mark.parametrize(("mean", "noise"), [(11.0, 0.2), (9.0, 0.2), (10.0, 3.0)])
def test_wrong_or_noisy_fails(mean: float, noise: float) -> None:
    with pytest.raises(AssertionError, match="is not within"):
        assert_equivalent(replications(mean, noise), 10.0, margin=0.05)


def test_a_bias_as_large_as_the_margin_passes_at_most_once_in_twenty() -> None:
    def passes(seed: int) -> bool:
        low, high = interval(replications(10.5, 0.5, seed))
        return low >= 9.5 and high <= 10.5

    assert np.mean([passes(seed) for seed in range(1000)]) < 0.07


def test_the_interval_is_that_of_student() -> None:
    values = replications(10, 1)
    expected = stats.t.interval(0.9, 11, np.mean(values), stats.sem(values))
    assert interval(values) == pytest.approx(expected)


def test_formulas_agree_where_they_meet() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert wait_mmc(1, 0.7, 1.0) == pytest.approx(wait_mg1(0.7, 1.0, 1.0))
    assert wait_mmc(2, 1.0, 1.0) == pytest.approx(1 / 3)  # a load of 0.5: W = r^2 / (1 - r^2)
    assert wait_mg1(0.8, 1.0, 0.0) == pytest.approx(wait_mg1(0.8, 1.0, 1.0) / 2)
    (alone,) = waits_by_rank(3, (2.0,), 1.0, 1.0)
    assert alone == pytest.approx(wait_mmc(3, 2.0, 1.0))
    first, second = waits_by_rank(1, (0.3, 0.5), 1.0, 1.0)
    assert (0.3 * first + 0.5 * second) / 0.8 == pytest.approx(wait_mg1(0.8, 1.0, 1.0))


def test_carriers_for_one_are_servers_and_carriers_for_all_are_waited_for_once() -> None:
    assert wait_for_random_carriers(0.7, 1.0, 1) == pytest.approx(wait_mmc(1, 0.7, 1.0) + 1.0)
    assert wait_for_random_carriers(0.5, 50, 10_000) == pytest.approx(50.0)
    assert wait_on_lists(0.5, 50, 400, 6.0) == pytest.approx(53.0, rel=1e-5)


@pytest.mark.parametrize(("rate", "interval", "capacity"), [(0.25, 24, 9), (1 / 6, 24, 6), (0.6, 1, 1)])
def test_lists_that_are_drawn_up_all_the_time_hold_nobody_up(rate: float, interval: float, capacity: int) -> None:
    expected = wait_for_random_carriers(rate, interval, capacity)
    # but for the half of the time between two lists
    often = wait_on_lists(rate, interval, capacity, interval / 40) - interval / 80
    assert often == pytest.approx(expected, rel=0.001)
    assert wait_on_lists(rate, interval, capacity, interval / 4) > expected + interval / 8
