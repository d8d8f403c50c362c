"""Intervals and verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiment.statistics import Interval, Verdict, direction, interval, intervals, paired, verdict

samples = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


@given(samples)
def test_the_interval_is_that_of_students_t(values: list[float]) -> None:
    found = interval(values)
    spread = stats.sem(values)
    low, high = (
        stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=spread) if spread else (values[0],) * 2
    )
    assert found.mean == pytest.approx(np.mean(values), rel=1e-9, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9, abs=1e-6)
    assert found.n == len(values)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=3, max_size=30))
def test_a_paired_difference_is_that_of_the_paired_t_test(pairs: list[tuple[float, float]]) -> None:
    before, after = (list(column) for column in zip(*pairs, strict=True))
    differences = np.subtract(after, before)
    found = paired(before, after)
    assert found.mean == pytest.approx(differences.mean(), abs=1e-9)
    if np.ptp(differences) > 1e-3:
        expected = stats.ttest_rel(after, before).confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-6, abs=1e-6)


def test_one_replication_has_no_interval_and_shows_nothing() -> None:
    assert interval([5.0]) == Interval(5.0, None, None, 1)
    assert verdict(interval([5.0]), -1) is Verdict.NOT_SHOWN


def test_equal_differences_have_an_interval_of_no_width() -> None:
    assert paired([1.0, 2.0], [0.0, 1.0]) == Interval(-1.0, -1.0, -1.0, 2)


@pytest.mark.parametrize(
    ("low", "high", "better", "shown"),
    [
        (-3.0, -1.0, -1, Verdict.BETTER),
        (1.0, 3.0, -1, Verdict.WORSE),
        (1.0, 3.0, 1, Verdict.BETTER),
        (-3.0, -1.0, 1, Verdict.WORSE),
        (-3.0, -1.0, 0, Verdict.LOWER),
        (1.0, 3.0, 0, Verdict.HIGHER),
        (-1.0, 1.0, -1, Verdict.NOT_SHOWN),
        (0.0, 3.0, -1, Verdict.NOT_SHOWN),
        (0.0, 0.0, 0, Verdict.NOT_SHOWN),
    ],
)
def test_a_verdict_needs_an_interval_clear_of_zero(low: float, high: float, better: int, shown: Verdict) -> None:
    assert verdict(Interval((low + high) / 2, low, high, 10), better) is shown


@pytest.mark.parametrize(
    ("metric", "statistic", "unit", "better"),
    [
        ("arrival_to_release", "mean", "h", -1),
        ("truck_turn", "p90", "min", -1),
        ("arrival_to_release", "unfinished", "boxes", -1),
        ("arrival_to_release", "count", "boxes", 0),
        ("arrival_to_release", "within_24h", "share", 1),
        ("found_share", "value", "share", 1),
        ("infringements_missed", "count", "boxes", -1),
        ("inspected_share", "value", "share", 0),
        ("quay_teu", "value", "TEU", 0),
        ("time_to_europe", "p95", "d", -1),
        ("rolled_boxes", "count", "boxes", -1),
        ("first_vessel", "value", "share", 1),
        ("filling", "mean", "share", 1),
        ("filling", "count", "calls", 0),
        ("rail_share", "value", "share", 0),
        ("co2_total", "value", "t", -1),
        ("co2_shore_power", "value", "t", 0),
        ("time_cost_low", "mean", "CNY/box", -1),
        ("time_cost_low", "count", "boxes", 0),
        ("throughput_teu_per_year", "value", "TEU/year", 1),
    ],
)
def test_which_way_is_better(metric: str, statistic: str, unit: str, better: int) -> None:
    assert direction(metric, statistic, unit) == better


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), max_size=12))
def test_many_intervals_at_once_are_those_one_by_one_to_the_bit(samples: list[list[float]]) -> None:
    assert intervals(samples) == [interval(sample) for sample in samples]
