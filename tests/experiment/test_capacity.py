"""Capacity against closed forms of M/M/c: the load at which the wait reaches a target, and the fewest berths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.optimize import brentq

from sim.errors import RunError
from sim.experiment import RunOptions
from sim.experiment.capacity import Capacity, Range, Target, cannot_carry, capacity, target
from sim.experiment.subject import Subject
from sim.port.port import Horizon, PortTimeline
from sim.scenario import Scenario
from sim.theory.queues import wait_mmc
from sim.verify.port import number, port_with
from tests.experiment.scenarios import scenario

WAIT = Subject("anchorage_wait", "vessel", "all", "mean", "h")
SERVICE, BERTHS, RATE = 4.0, 2, 0.3
OPTIONS = RunOptions(workers=1)
LOADS = Range(0.5, 1.5, 0.01, whole=False)


def expected_load(wait: float) -> float:
    """Return the factor on RATE at which vessels wait so long."""
    return float(brentq(lambda x: wait_mmc(BERTHS, RATE * x, SERVICE) - wait, 0.1, 1.6))


def built(x: float) -> Scenario:
    """Return a scenario that only says its x, and that can be carried."""
    return scenario(repr(x), replications=5)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[float], float], float], list[float]]:
    """Give the waits of a line as a function of x, with common luck of some size; the list takes every x looked at."""

    def set_to(wait: Callable[[float], float], spread: float) -> list[float]:
        looked: list[float] = []

        def observe(scenarios: Sequence[Scenario], *_: object) -> np.ndarray:
            looked.append(float(scenarios[0].name))
            return np.array([[wait(looked[-1]) * (1 + spread * np.linspace(-1, 1, 5))]])

        monkeypatch.setattr("sim.experiment.capacity.observe_together", observe)
        return looked

    return set_to


def test_the_load_at_which_the_wait_reaches_the_target(waits) -> None:  # type: ignore[no-untyped-def]
    looked = waits(lambda x: wait_mmc(BERTHS, RATE * x, SERVICE), 0.1)
    found = capacity(built, LOADS, target(WAIT, 2.0), OPTIONS)
    assert found.largest
    assert found.steady
    assert found.x == pytest.approx(expected_load(2.0), abs=0.002)
    half = 2.7764 * np.std(0.1 * np.linspace(-1, 1, 5), ddof=1) / 5**0.5  # the t interval of the wait, relative
    assert found.low == pytest.approx(expected_load(2.0 / (1 + half)), abs=0.002)
    assert found.high == pytest.approx(expected_load(2.0 / (1 - half)), abs=0.002)
    assert len(looked) == len(set(looked)) == len(found.points) < 20


def test_the_fewest_berths(waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda c: wait_mmc(int(c), 2.0, SERVICE), 0.3)
    found = capacity(built, Range(9, 20, 1, whole=True), target(WAIT, 0.5), OPTIONS)
    fewest = next(c for c in range(9, 21) if wait_mmc(c, 2.0, SERVICE) <= 0.5)
    assert not found.largest
    assert found.x == fewest
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.x <= found.high
    around = {point.x: point.value for point in found.points}
    assert {fewest - 1.0, float(fewest)} <= around.keys()


@pytest.mark.parametrize(("value", "where"), [(0.0001, "nowhere"), (100.0, "everywhere")])
def test_a_target_met_nowhere_or_everywhere_is_refused(value: float, where: str, waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda x: wait_mmc(BERTHS, RATE * x, SERVICE), 0.1)
    with pytest.raises(RunError) as told:
        capacity(built, LOADS, target(WAIT, value), OPTIONS)
    (problem,) = told.value.problems
    assert f"is met {where} from 0.5 to 1.5 (at 0.5: " in problem.what
    assert "--from and --to" in problem.remedy


def test_an_interval_beyond_the_range_has_no_end_there(waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda x: 2.0 * x, 0.5)
    found = capacity(built, Range(0.5, 1.01, 0.01, whole=False), target(WAIT, 2.0), OPTIONS)
    assert found.x == pytest.approx(1.0)
    assert found.low is not None
    assert found.high is None


def test_more_is_better_of_some_numbers(waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda x: 1 - 0.2 * x, 0.01)
    share = Subject("first_vessel", "export", "all", "value", "share")
    assert target(share, 0.9) == Target(share, 0.9, at_most=False)
    assert target(share, 0.9, at_least=False).at_most
    found = capacity(built, Range(0.1, 2, 0.01, whole=False), target(share, 0.9), OPTIONS)
    assert found.x == pytest.approx(0.5, abs=0.002)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.5 < found.high


def test_a_number_that_falls_back_is_told(waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda x: 2 * x + 1.2 * np.sin(20 * x + 3), 0.0)
    assert not capacity(built, LOADS, target(WAIT, 2.0), OPTIONS).steady


def test_what_the_port_cannot_carry_misses_the_target(waits) -> None:  # type: ignore[no-untyped-def]
    waits(lambda x: 0.1 * x, 0.1)

    def build(x: float) -> Scenario:
        port = mmc(RATE * x, BERTHS)
        return replace(built(x), port=port, timeline=PortTimeline((0.0,), (port,)))

    found = capacity(build, Range(0.5, 3, 0.01, whole=False), target(WAIT, 1.0), OPTIONS)
    assert found.x == pytest.approx(2 / (RATE * SERVICE), abs=0.011)  # a load of 1
    assert found.x < 2 / (RATE * SERVICE)
    assert "would be loaded to" in found.points[-1].reason
    assert found.points[-1].value is None


def test_one_replication_is_refused() -> None:
    with pytest.raises(RunError, match="one replication has no interval"):
        capacity(lambda x: replace(built(x), replications=1), LOADS, target(WAIT, 2.0), OPTIONS)


def mmc(rate: float, berths: int):  # type: ignore[no-untyped-def]
    """Return a bare port whose vessels see M/M/c: each takes 100 m of quay for an exponential time."""
    return port_with(
        {
            "terminals.t.quay.length": number(100 * berths, "m"),
            "terminals.t.quay.service": number(SERVICE, "h", "exponential"),
            "terminals.t.cranes.count": number(50, "cranes"),
            "traffic.services.line.arrivals.interval": number(1 / rate, "h", "exponential"),
        }
    )


def of_model(rate: float, berths: int) -> Scenario:
    """Return a scenario of that port; its digest is its own."""
    port = mmc(rate, berths)
    horizon = Horizon(start=date(2021, 3, 1), warm_up_days=4, days=80, cool_down_days=6)
    digest = f"{rate:.9f}-{berths}".ljust(64, "0")
    return scenario("m", port=port, horizon=horizon, digest=digest, replications=6)


def holds(found: Capacity, expected: float) -> bool:
    """Return whether the interval holds what theory expects."""
    return found.low is not None and found.high is not None and found.low <= expected <= found.high


@pytest.mark.long
def test_the_model_agrees_with_theory() -> None:
    assert cannot_carry(of_model(RATE, BERTHS)) == ""
    loads = Range(0.4, 1.2, 0.05, whole=False)
    found = capacity(lambda x: of_model(RATE * x, BERTHS), loads, target(WAIT, 1.0), OPTIONS)
    assert holds(found, expected_load(1.0))
    assert found.high - found.low < 0.35  # type: ignore[operator]


@pytest.mark.long
def test_the_model_agrees_with_theory_on_berths() -> None:
    berths = Range(4, 12, 1, whole=True)
    found = capacity(lambda c: of_model(0.9, int(c)), berths, target(WAIT, 0.6), OPTIONS)
    assert holds(found, next(c for c in range(4, 13) if wait_mmc(c, 0.9, SERVICE) <= 0.6))
