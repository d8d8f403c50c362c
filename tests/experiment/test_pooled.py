"""Percentiles of all boxes from the percentiles of the runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.experiment import compare, summarise
from sim.experiment.pooled import FEWEST, NAMES, P, Values, pooled
from sim.experiment.result import Outcome, ScenarioResult
from sim.metrics.summary import Subject, describe
from sim.records import MetricRow
from tests.experiment.scenarios import scenario

Hours = NDArray[np.float64]
SUBJECT = ("arrival_to_release", "import", "all")


def rows(hours: Hours) -> list[MetricRow]:
    metric, flow, group = SUBJECT
    return list(describe(Subject(metric, "h", flow, group), hours))


def result(runs: Sequence[Hours], name: str = "base") -> ScenarioResult:
    return ScenarioResult(scenario(name), tuple(Outcome(tuple(rows(hours)), (), (), 0.0) for hours in runs))


def values(runs: Sequence[Hours]) -> Values:
    return result(runs).values()


def means(runs: Sequence[Hours]) -> list[float]:
    found = pooled(values(runs))
    return [float(np.mean(list(found[(*SUBJECT, name)].values()))) for name in NAMES]


def uneven(seed: int, boxes: int = 3000) -> list[Hours]:
    """Return the boxes of runs of which the busy ones have more boxes, and longer times."""
    draws = np.random.default_rng(seed)
    return [draws.exponential(10 * busy, int(boxes * busy)) for busy in (0.6, 0.8, 1.0, 1.3, 2.0)]


@pytest.mark.parametrize("seed", range(5))
def test_they_are_those_of_all_boxes_where_the_mean_of_the_runs_is_not(seed: int) -> None:
    runs = uneven(seed)
    together = np.quantile(np.concatenate(runs), P)
    assert means(runs) == pytest.approx(together, rel=0.02)
    of_runs = np.mean([np.quantile(hours, P) for hours in runs], axis=0)
    assert np.all(of_runs < 0.95 * together)


def test_a_percentile_of_few_boxes_counts_as_the_lower_one_that_it_is() -> None:
    draws = np.random.default_rng(7)
    few, many = ([draws.exponential(1.0, boxes) for _ in range(10)] for boxes in (40, 40_000))
    raised = [found - np.mean(own) for found, own in zip(means(few), _own(few), strict=True)]
    assert raised[2] > 0.1
    assert means(many) == pytest.approx([np.mean(own) for own in _own(many)], rel=1e-3)


def _own(runs: Sequence[Hours]) -> Iterator[list[float]]:
    for p in P:
        yield [float(np.quantile(hours, p)) for hours in runs]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.floats(0.1, 100), st.floats(-50, 50))
def test_other_units_change_nothing_else(seed: int, scale: float, shift: float) -> None:
    runs = uneven(seed, boxes=60)
    assert means([scale * hours + shift for hours in runs]) == pytest.approx(
        [scale * point + shift for point in means(runs)], rel=1e-6, abs=1e-6
    )


def test_the_order_of_the_runs_changes_nothing() -> None:
    runs = uneven(1)
    assert means(runs[::-1]) == pytest.approx(means(runs), rel=1e-9)


def test_a_run_that_moves_up_moves_its_own_value_most() -> None:
    runs = uneven(2)
    before = pooled(values(runs))[(*SUBJECT, "p90")]
    after = pooled(values([runs[0] * 2, *runs[1:]]))[(*SUBJECT, "p90")]
    moved = {run: after[run] - before[run] for run in before}
    assert max(moved, key=lambda run: moved[run]) == 0


@pytest.mark.parametrize(
    "runs",
    [
        [np.arange(100.0)],
        [np.arange(100.0), np.arange(FEWEST - 1.0)],
        [np.zeros(100), np.arange(100.0)],
        [np.append(np.zeros(95), np.arange(5.0)), np.arange(100.0)],
    ],
    ids=["one run", "few boxes", "all alike", "most alike"],
)
def test_where_the_rows_do_not_tell_the_runs_keep_their_own(runs: list[Hours]) -> None:
    assert pooled(values(runs)) == {}
    for item in summarise(result(runs)):
        if item.statistic in NAMES:
            own = [np.quantile(hours, P[NAMES.index(item.statistic)]) for hours in runs]
            assert item.mean == pytest.approx(np.mean(own))


def test_a_run_without_boxes_of_the_group_does_not_count() -> None:
    runs = uneven(3)
    assert means([runs[0], np.empty(0), *runs[1:]]) == pytest.approx(means(runs), rel=1e-12)


def test_a_difference_is_that_of_the_two_percentiles() -> None:
    base, reform = uneven(4), [0.8 * hours for hours in uneven(4)]
    by_statistic = {effect.statistic: effect for effect in compare(result(base), result(reform, "reform"))}
    for name, before in zip(NAMES, means(base), strict=True):
        assert by_statistic[name].base == pytest.approx(before)
        assert by_statistic[name].difference == pytest.approx(-0.2 * before)


def test_a_difference_never_mixes_the_two_kinds() -> None:
    base, reform = uneven(5), [np.zeros(100), *uneven(5)[1:]]
    for effect in compare(result(base), result(reform, "reform")):
        if effect.statistic in NAMES:
            p = P[NAMES.index(effect.statistic)]
            assert effect.base == pytest.approx(np.mean([np.quantile(hours, p) for hours in base]))
            assert effect.difference == pytest.approx(effect.reform - effect.base)
