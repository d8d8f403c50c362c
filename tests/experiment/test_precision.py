"""Stopping at a precision: when, and whether the interval still covers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.errors import RunError
from sim.experiment import RunOptions, precision
from sim.experiment.precision import LEAST, Aim, Precise, Target, looks, run_precisely, skewed_interval
from sim.experiment.statistics import interval
from sim.port.port import Horizon
from sim.records import MetricRow
from tests.experiment.scenarios import scenario

PLAN = scenario()
Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]


@cache
def waits(replications: int, customers: int = 5000, load: float = 0.8) -> NDArray[np.float64]:
    """Return the mean wait of so many customers at M/M/1 from steady state on [mean services], by replication."""
    n, draws = replications, np.random.default_rng(customers)
    wait = np.where(draws.random(n) < load, draws.exponential(1 / (1 - load), n), 0.0)
    total = np.zeros(n)
    for _ in range(customers):
        total += wait
        wait = np.maximum(0.0, wait + draws.exponential(1.0, n) - draws.exponential(1 / load, n))
    return total / customers


KINDS: dict[str, tuple[float, Draw]] = {
    "normal": (100.0, lambda draws, n: draws.normal(100.0, 10.0, n)),
    "skewed": (math.exp(0.125), lambda draws, n: draws.lognormal(0.0, 0.5, n)),
    "like_queue": (100.0, lambda draws, n: 100.0 + 10.0 * (draws.gamma(4.7, 1.0, n) - 4.7)),
    "queue": (4.0, lambda draws, n: draws.choice(waits(10_000), n)),
}
"""Kind of values -> their mean, and n of them. The skewness is 0, 1.75, 0.92 and, for the queue, 0.92 too."""


def stopped(values: NDArray[np.float64], target: Target, monkeypatch: pytest.MonkeyPatch) -> Precise:
    """Return what comes of replications that have these values."""

    def run(scenarios: list[Any], options: RunOptions, progress: Any = None) -> list[Any]:
        rows = [(MetricRow("wait", "all", "all", "mean", value, "h"),) for value in values[: scenarios[0].replications]]
        return [SimpleNamespace(metrics=tuple(rows))]

    monkeypatch.setattr(precision, "run", run)
    return run_precisely(PLAN, Aim("wait", target, len(values)), RunOptions(workers=1))[1]


@pytest.mark.parametrize(
    ("kind", "size", "macro"),
    [
        ("like_queue", 50, 1000),
        *(pytest.param(kind, size, 4000, marks=pytest.mark.long) for kind in KINDS for size in (10, 30, 60, 200)),
    ],
)
def test_the_interval_covers_after_stopping(kind: str, size: int, macro: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of `macro` experiments, each stopped as its own values say; `size` is about how many replications it takes.

    Where values are strongly skewed, the interval covers a little less often than the 93.5 % asked of the others.
    """
    true, draw = KINDS[kind]
    draws = np.random.default_rng(size)
    spread = float(draw(draws, 20_000).std())
    target = Target(1.96 * spread / math.sqrt(size) / true, relative=True)
    found = [stopped(draw(draws, 1000), target, monkeypatch) for _ in range(macro)]
    covered = sum(p.interval.low <= true <= p.interval.high for p in found) / macro  # type: ignore[operator]
    assert (0.925 if kind == "skewed" else 0.935) <= covered <= 0.965
    assert all(p.half <= target.half(p.interval.mean) for p in found)
    assert max(size, LEAST) * 0.9 < np.mean([p.interval.n for p in found]) < 1.6 * max(size, LEAST)


def test_looking_after_each_replication_from_the_tenth_on_would_not_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same experiment with what this module does not do: Student's interval, looked at each time."""
    true, draw = KINDS["skewed"]
    draws = np.random.default_rng(1)
    monkeypatch.setattr(precision, "skewed_interval", interval)
    monkeypatch.setattr(precision, "looks", lambda most: range(10, most))
    target = Target(1.96 * 0.604 / math.sqrt(50) / true, relative=True)
    found = [stopped(draw(draws, 200), target, monkeypatch) for _ in range(300)]
    assert sum(p.interval.low <= true <= p.interval.high for p in found) / 300 < 0.925  # type: ignore[operator]


def test_without_skewness_the_interval_is_students() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    ours, students = skewed_interval(values), interval(values)
    assert (ours.low, ours.high) == pytest.approx((students.low, students.high))


def test_with_a_tail_to_the_right_the_interval_reaches_further_there() -> None:
    values = [1.0, 1.1, 1.2, 1.3, 1.4, 4.0]
    ours, students = skewed_interval(values), interval(values)
    assert ours.low is not None
    assert ours.high is not None
    assert ours.high - ours.mean > ours.mean - ours.low
    assert ours.high > (students.high or 0)
    turned = skewed_interval([-value for value in values])
    assert (turned.low, turned.high) == pytest.approx((-ours.high, -ours.low))


def test_equal_values_are_known_at_once() -> None:
    ours = skewed_interval([3.0] * 20)
    assert (ours.low, ours.mean, ours.high) == (3.0, 3.0, 3.0)


def test_looks_lie_apart_and_end_with_the_most() -> None:
    assert list(looks(80)) == [30, 38, 48, 60, 75, 80]
    assert list(looks(LEAST)) == [LEAST]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2%", Target(0.02, True)),
        (" 0.5 % ", Target(0.005, True)),
        ("0.5h", Target(0.5, False, "h")),
        ("1.5 kg/TEU", Target(1.5, False, "kg/TEU")),
        ("3", Target(3.0, False)),
    ],
)
def test_a_precision_as_typed(text: str, target: Target) -> None:
    assert Target.read(text) == target


@pytest.mark.parametrize("text", ["", "%", "0%", "-1%", "nan", "inf", "two", "1,5h"])
def test_what_is_no_precision(text: str) -> None:
    with pytest.raises(RunError, match="no precision"):
        Target.read(text)


def test_too_few_replications_are_an_error_that_says_how_many_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).normal(100.0, 10.0, 30)
    with pytest.raises(RunError) as caught:
        stopped(values, Target(0.01, True), monkeypatch)
    (problem,) = caught.value.problems
    assert "after 30 replications" in problem.what
    assert "about 619 would do (--max-replications 619)" in problem.remedy, "30 times 4.3 squared, and a tenth more"


def test_a_mean_of_nought_has_no_precision_in_per_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RunError) as caught:
        stopped(np.array([-1.0, 1.0] * 15), Target(0.01, True), monkeypatch)
    assert "its mean is 0" in caught.value.problems[0].remedy


@pytest.mark.long
def test_replications_run_are_those_of_an_ordinary_run_and_stay(tmp_path: Path) -> None:
    horizon = Horizon(start=date(2021, 1, 4), warm_up_days=0, days=7, cool_down_days=2)
    plan = replace(PLAN, horizon=horizon)
    options = RunOptions(workers=1, out=tmp_path)
    aim = Aim("arrival_to_gate_out", Target(0.5, True), 40)
    result, precise = run_precisely(plan, aim, options)
    assert (precise.interval.n, precise.looks) == (LEAST, (LEAST,))
    assert result.scenario.replications == LEAST
    done: list[int] = []
    again, _ = run_precisely(plan, aim, options, lambda finished, total: done.append(finished))
    assert done[0] == LEAST, "all are read from the folder"
    assert again.metrics == result.metrics
