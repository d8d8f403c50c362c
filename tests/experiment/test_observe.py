"""Numbers of many scenarios as arrays, and percentiles as a comparison has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment import RunOptions, compare, run
from sim.experiment.observe import Tally, everything, named, observe, observe_together
from sim.port.port import PortTimeline
from sim.scenario import Scenario
from tests.experiment.scenarios import scenario, slow_preparation

OPTIONS = RunOptions(workers=1)
NAMES = ("arrival_to_release", "arrival_to_release.p90", "found_share")


@pytest.fixture(scope="module")
def both() -> tuple[Scenario, Scenario]:
    slow = slow_preparation()
    return scenario("base"), replace(scenario("reform", slow), timeline=PortTimeline((0.0,), (slow,)))


@pytest.mark.long
def test_percentiles_are_those_of_a_comparison(both: tuple[Scenario, Scenario]) -> None:
    wanted = named(NAMES[:2], both[0], OPTIONS)
    effects = {(e.metric, e.flow, e.group, e.statistic): e for e in compare(*run(both, OPTIONS))}
    found = observe_together(both, range(2), wanted, OPTIONS).mean(axis=2)
    for number, subject in enumerate(wanted):
        effect = effects[subject.key]
        assert found[:, number] == pytest.approx([effect.base, effect.reform])
    raw = observe(both, range(2), wanted, OPTIONS).mean(axis=2)
    assert raw[:, 0] == pytest.approx(found[:, 0])
    assert (raw[:, 1] != found[:, 1]).all()


@pytest.mark.long
def test_values_stand_by_scenario_number_and_replication(both: tuple[Scenario, Scenario]) -> None:
    wanted = named(NAMES[:2], both[0], OPTIONS)
    values = observe([*both, both[0]], (0, 1), wanted, OPTIONS)
    assert values.shape == (3, 2, 2)
    assert (values[0] == values[2]).all()
    assert (values[1, 0] > values[0, 0]).all()
    assert np.array_equal(observe([both[1]], (1,), wanted, OPTIONS)[0, :, 0], values[1, :, 1])
    assert {subject.metric for subject in everything(both[0], OPTIONS)} >= {"arrival_to_release", "found_share"}


def test_progress_adds_up_over_calls() -> None:
    seen: list[tuple[int, int]] = []
    tally = Tally(lambda done, total: seen.append((done, total)))
    first = tally.next()
    first(1, 2)
    first(2, 2)
    second = tally.next()
    second(1, 3)
    assert seen == [(1, 2), (2, 2), (3, 5)]
