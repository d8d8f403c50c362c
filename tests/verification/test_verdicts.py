"""The judge of `nansha verify`: it must pass what is right and tight, and fail what is wrong or only noisy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.verify.case import Case, Finding, Verdict, judged, steady

whole = st.floats(0.01, 1000)


def case(margin: float = 0.05) -> Case:
    return Case("a_case", "review", 10, {"wait": margin}, lambda: {"wait": 10.0}, lambda _, __: {"wait": 10.0})


def verdict(values: list[float], margin: float = 0.05, slack: float = 1.0) -> Verdict:
    (finding,) = judged(case(margin), [{"wait": value} for value in values], slack)
    return finding.verdict


def replications(mean: float, noise: float, seed: int = 0) -> list[float]:
    return np.random.default_rng(seed).normal(mean, noise, 16).tolist()


def test_right_and_tight_holds() -> None:
    assert verdict(replications(10, 0.2)) == Verdict.HOLDS


@pytest.mark.parametrize(("mean", "noise"), [(11.0, 0.2), (9.0, 0.2), (10.0, 3.0), (10.45, 0.5)])
def test_wrong_or_noisy_fails(mean: float, noise: float) -> None:
    assert verdict(replications(mean, noise)) == Verdict.FAILS


def test_an_interval_that_only_holds_the_expected_value_is_not_enough() -> None:
    """Expected 10, found 10 within 3 half-widths or within one: with an interval from 5 to 15 it still fails."""
    (finding,) = judged(case(), [{"wait": value} for value in (6.0, 14.0, 6.5, 13.5)])
    assert finding.low < finding.expected < finding.high
    assert finding.verdict == Verdict.FAILS


def test_the_interval_is_that_of_student() -> None:
    values = replications(10, 1)
    (finding,) = judged(case(), [{"wait": value} for value in values])
    expected = stats.t.interval(0.95, 15, np.mean(values), stats.sem(values))
    assert (finding.low, finding.high) == pytest.approx(expected)
    assert finding.found == pytest.approx(np.mean(values))
    assert finding.replications == 16


def test_what_is_off_by_the_margin_holds_at_most_once_in_forty() -> None:
    """Half of the 5 % that a 95 % interval leaves out lies on the side that lets it pass."""
    held = [verdict(replications(10.5, 0.3, seed)) == Verdict.HOLDS for seed in range(1000)]
    assert np.mean(held) < 0.04


def test_slack_widens_the_margin_that_is_told() -> None:
    values = replications(10.7, 0.2)
    assert (verdict(values), verdict(values, slack=2.0)) == (Verdict.FAILS, Verdict.HOLDS)
    assert judged(case(), [{"wait": value} for value in values], 2.0)[0].margin == pytest.approx(0.1)


@given(expected=whole, low=whole, high=whole, margin=st.floats(0.001, 0.5))
def test_it_holds_only_with_the_whole_interval_inside(expected: float, low: float, high: float, margin: float) -> None:
    low, high = sorted((low, high))
    finding = Finding("a", "b", "c", expected, (low + high) / 2, low, high, margin, 16)
    inside = all(abs(end - expected) <= margin * expected for end in (low, high))
    near = any(math.isclose(abs(end - expected), margin * expected, rel_tol=1e-9) for end in (low, high))
    assert near or (finding.verdict == Verdict.HOLDS) == inside


@pytest.mark.parametrize("values", [[10.0, float("nan")], [float("inf"), 10.0]])
def test_a_number_that_is_none_fails(values: list[float]) -> None:
    with np.errstate(invalid="ignore"):
        assert verdict(values) == Verdict.FAILS


def test_the_start_and_the_end_are_left_out() -> None:
    assert steady(np.arange(100.0)).tolist() == list(range(10, 95))
