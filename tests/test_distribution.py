"""Quantile functions against scipy.stats, their means against integration, and what goes together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from scipy import stats

from sim.kernel.distribution import Distribution

READ = TypeAdapter(Distribution)
U = np.array([1e-9, 1e-4, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 - 1e-4, 1 - 1e-9])

values = st.floats(0.01, 1000)
shapes = st.floats(0.05, 50)
spreads = st.floats(0.01, 3)


def of(kind: str, **shape: Any) -> Distribution:
    return READ.validate_python({"kind": kind, **shape})


def agree(ours: Distribution, value: float, theirs: Any) -> None:
    ours.check(value)
    assert ours.quantile(value, U) == pytest.approx(theirs.ppf(U), rel=1e-7, abs=1e-12)
    assert ours.mean(value) == pytest.approx(theirs.mean(), rel=1e-9)


@settings(deadline=None)
@given(values)
def test_exponential(mean: float) -> None:
    agree(of("exponential"), mean, stats.expon(scale=mean))


@settings(deadline=None)
@given(values, shapes)
def test_gamma(mean: float, shape: float) -> None:
    agree(of("gamma", shape=shape), mean, stats.gamma(shape, scale=mean / shape))


@settings(deadline=None)
@given(values, st.integers(1, 30))
def test_erlang(mean: float, phases: int) -> None:
    agree(of("erlang", phases=phases), mean, stats.erlang(phases, scale=mean / phases))


@settings(deadline=None)
@given(values, spreads)
def test_lognormal_by_its_median(median: float, sigma: float) -> None:
    ours = of("lognormal", sigma=sigma)
    agree(ours, median, stats.lognorm(sigma, scale=median))
    assert ours.quantile(median, np.array([0.5]))[0] == pytest.approx(median)


@settings(deadline=None)
@given(values, spreads)
def test_lognormal_by_its_mean(mean: float, cv: float) -> None:
    sigma = math.sqrt(math.log1p(cv**2))
    theirs = stats.lognorm(sigma, scale=mean / math.exp(sigma**2 / 2))
    agree(of("lognormal_mean", cv=cv), mean, theirs)
    assert theirs.std() / theirs.mean() == pytest.approx(cv)


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(0.01, 100), st.floats(0, 1))
def test_triangular(low: float, span: float, where: float) -> None:
    mode = min(low + where * span, low + span)
    # rounding may carry the quotient past 1, where scipy has no distribution
    theirs = stats.triang(min(1.0, (mode - low) / span), loc=low, scale=span)
    agree(of("triangular", min=low, max=low + span), mode, theirs)


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(0.01, 100))
def test_uniform(low: float, span: float) -> None:
    ours = of("uniform", min=low, max=low + span)
    agree(ours, low + span / 2, stats.uniform(low, span))


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(0, 50))
def test_normal_is_cut_at_zero(mean: float, sd: float) -> None:
    expected = mean if sd == 0 else np.maximum(0.0, stats.norm(mean, sd).ppf(U))
    assert of("normal", sd=sd).quantile(mean, U) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(values)
def test_deterministic(value: float) -> None:
    assert of("deterministic").quantile(value, U).tolist() == [value] * len(U)
    assert of("deterministic").mean(value) == value


EVERY_KIND = [
    ({"kind": "deterministic"}, 3.0),
    ({"kind": "exponential"}, 3.0),
    ({"kind": "gamma", "shape": 2.0}, 3.0),
    ({"kind": "erlang", "phases": 3}, 3.0),
    ({"kind": "lognormal", "sigma": 0.9}, 3.0),
    ({"kind": "lognormal_mean", "cv": 0.7}, 3.0),
    ({"kind": "triangular", "min": 1.0, "max": 9.0}, 3.0),
    ({"kind": "uniform", "min": 1.0, "max": 5.0}, 3.0),
    ({"kind": "normal", "sd": 0.5}, 3.0),
]


@pytest.mark.parametrize(("given_", "value"), EVERY_KIND)
def test_a_larger_draw_never_gives_less_and_none_is_negative(given_: dict[str, Any], value: float) -> None:
    u = np.linspace(2.0**-54, 1 - 2.0**-53, 20_001)
    drawn = READ.validate_python(given_).quantile(value, u)
    assert np.all(np.diff(drawn) >= 0)
    assert drawn.min() >= 0
    assert np.all(np.isfinite(drawn))


@pytest.mark.parametrize(("given_", "value"), EVERY_KIND)
def test_the_mean_is_that_of_the_draws(given_: dict[str, Any], value: float) -> None:
    u = (np.arange(400_000) + 0.5) / 400_000
    ours = READ.validate_python(given_)
    assert np.mean(ours.quantile(value, u)) == pytest.approx(ours.mean(value), rel=2e-3)


@pytest.mark.parametrize(("given_", "value"), EVERY_KIND)
def test_a_draw_keeps_its_rank_when_the_value_moves(given_: dict[str, Any], value: float) -> None:
    if given_["kind"] == "uniform":
        return  # its value is tied to its ends
    ours = READ.validate_python(given_)
    assert np.all(ours.quantile(value * 1.1, U) >= ours.quantile(value, U))


@pytest.mark.parametrize("kind", ["exponential", "lognormal", "lognormal_mean", "gamma", "erlang"])
def test_a_value_of_zero_is_always_zero(kind: str) -> None:
    shape = {"lognormal": {"sigma": 1}, "lognormal_mean": {"cv": 1}, "gamma": {"shape": 2}, "erlang": {"phases": 2}}
    ours = of(kind, **shape.get(kind, {}))
    ours.check(0.0)
    assert ours.quantile(0.0, U).tolist() == [0.0] * len(U)


@pytest.mark.parametrize(
    ("given_", "value"),
    [
        ({"kind": "exponential"}, -1.0),
        ({"kind": "normal", "sd": 1}, -1.0),
        ({"kind": "triangular", "min": 2, "max": 5}, 1.9),
        ({"kind": "triangular", "min": 2, "max": 5}, 5.1),
        ({"kind": "triangular", "min": 2, "max": 2}, 2.0),
        ({"kind": "triangular", "min": -1, "max": 5}, 2.0),
        ({"kind": "uniform", "min": 2, "max": 5}, 3.0),
        ({"kind": "uniform", "min": 5, "max": 2}, 3.5),
        ({"kind": "uniform", "min": -1, "max": 5}, 2.0),
    ],
)
def test_values_that_do_not_go_with_their_shape(given_: dict[str, Any], value: float) -> None:
    with pytest.raises(ValueError, match=r"cannot be negative|triangular needs|uniform needs"):
        READ.validate_python(given_).check(value)


@pytest.mark.parametrize(
    "given_",
    [
        {"kind": "weibull"},
        {"kind": "gamma"},
        {"kind": "gamma", "shape": 0},
        {"kind": "erlang", "phases": 0},
        {"kind": "erlang", "phases": 1.5},
        {"kind": "lognormal", "sigma": -1},
        {"kind": "exponential", "mean": 3},
        {"sigma": 1},
    ],
)
def test_shapes_that_are_none(given_: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        READ.validate_python(given_)
