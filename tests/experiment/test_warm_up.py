"""MSER-5 on series with a known beginning, and on a port that starts empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiment import RunOptions, run
from sim.experiment.mser import BATCH, mser5
from sim.experiment.warm_up import warm_up
from sim.port.port import Horizon, PortTimeline
from tests.experiment.scenarios import outcome, scenario
from tests.experiment.scenarios import result as result_of
from tests.small_port import small_port


def decaying(start: float, pace: float, size: int = 2000, seed: int = 1) -> NDArray[np.float64]:
    """Return an AR(1) series about 10, moved by `start` at first, which fades with `pace` values."""
    draws = np.random.default_rng(seed)
    noise = np.zeros(size)
    for t in range(1, size):
        noise[t] = 0.7 * noise[t - 1] + draws.normal(0.0, 0.5)
    return np.asarray(10.0 + noise + start * np.exp(-np.arange(size) / pace))


def by_definition(series: NDArray[np.float64]) -> int:
    """Return the cut, worked out one by one."""
    means = [series[k : k + BATCH].mean() for k in range(0, series.size - BATCH + 1, BATCH)]
    errors = [np.var(means[d:]) / (len(means) - d) for d in range(len(means) - 4)]
    return int(np.argmin(errors)) * BATCH


@pytest.mark.parametrize("start", [-20.0, 20.0])
@pytest.mark.parametrize("pace", [20.0, 100.0])
def test_a_beginning_that_fades_is_left_out_until_it_is_lost_in_the_noise(start: float, pace: float) -> None:
    """A shift of 20 is below the noise of 0.7 after 3.4 paces."""
    for seed in range(5):
        series = decaying(start, pace, seed=seed)
        cut = mser5(series)
        assert cut.left_out == by_definition(series)
        assert cut.left_out is not None
        assert 2 * pace < cut.left_out < 6 * pace + 50
        assert cut.mean == pytest.approx(10.0, abs=0.3)
        assert abs(series.mean() - 10.0) > 2 * abs(cut.mean - 10.0) or pace < 50


def test_a_series_without_a_beginning_loses_little() -> None:
    cuts = [mser5(decaying(0.0, 1.0, seed=seed)).left_out for seed in range(20)]
    assert np.median([2000 if cut is None else cut for cut in cuts]) < 200


def test_a_series_that_has_not_settled_is_too_short_to_tell() -> None:
    assert mser5(decaying(-20.0, 1000.0, size=500)).left_out is None
    assert mser5(np.ones(40)).left_out is None
    assert mser5(np.ones(60)).left_out == 0


@pytest.mark.long
def test_a_port_started_empty(tmp_path: Path) -> None:
    """Boxes stay for days: so long the port fills, and a run that leaves out a day says that this is too little."""
    horizon = Horizon(start=date(2021, 1, 4), warm_up_days=1, days=50, cool_down_days=1)
    plan = scenario(horizon=horizon, replications=6)
    options = RunOptions(workers=1, out=tmp_path)
    found = warm_up(run([plan], options)[0])
    assert found is not None
    assert found.boxes.series[0] == 0
    assert found.boxes.days is not None
    assert 1 < found.boxes.days < 15
    assert found.boxes.cut.mean > 1.01 * found.boxes.series.mean()
    assert not found.suffices
    long = replace(plan, horizon=horizon.model_copy(update={"warm_up_days": 20}), digest="f" * 64)
    again = warm_up(run([long], RunOptions(workers=1))[0])
    assert again is not None
    assert again.suffices
    stored = warm_up(run([plan], options)[0])
    assert stored is not None
    assert stored.boxes.series.tolist() == found.boxes.series.tolist()


def test_nothing_is_said_where_policies_change_within_the_run_or_nothing_was_recorded() -> None:
    port = small_port()
    assert warm_up(result_of("base", "pick_up", [1.0, 2.0])) is None
    changing = scenario(timeline=PortTimeline((0.0, 48.0), (port, port)))
    assert warm_up(replace(result_of("base", "pick_up", [1.0]), scenario=changing, outcomes=(outcome(),))) is None
