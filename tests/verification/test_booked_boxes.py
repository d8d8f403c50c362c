"""Boxes brought for their vessels: the yard before her as M/G/infinity, and the drop-off lanes as M/M/c.

The margins were set before the runs; two of these were made longer, 400 days for 150 and 120, after the first intervals
came out too wide for them.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernel.clock import OpenHours
from sim.kernel.station import Station
from sim.port.port import Port
from sim.records import Mode, RunLog
from sim.theory.queues import erlang_c, poisson_at_least, wait_mmc
from tests.small_port import number
from tests.verification.equivalence import assert_equivalent
from tests.verification.ports import poisson_boxes, run
from tests.verification.test_yard import level

LEAD = 60.0
HOURS = 4.0
"""Between two vessels, in the mean."""


def yard_before_vessels(**moves: object) -> Port:
    """Return a port where a truck brings the one box of each vessel LEAD hours before her, in the mean.

    The lead is spread so that next to none is shorter than the hours between two lists.
    """
    return poisson_boxes(
        HOURS,
        off=False,
        traffic__cargo__bookings__road_lead=number(LEAD, "h", "gamma", shape=6),
        traffic__cargo__bookings__list_interval=6,
        **moves,
    )


def there(log: RunLog) -> np.ndarray:
    """Return how many boxes are in the port at every fifth hour from hour 0 on, but for the last weeks.

    There the vessels are missing for which boxes would have been brought.
    """
    ones = np.ones(len(log.boxes["box"]))
    return level(log, "t_arrived", "t_loaded", ones, np.arange(0.0, log.end - 24 * 14, 5.0))


@pytest.mark.long
def test_boxes_in_the_yard_before_their_vessels_are_those_that_come_times_their_lead() -> None:
    """From hour 0 on: what was to come before it is there. They are Poisson, as vessels come at random."""
    mean, spread, many = [], [], []
    port, expected = yard_before_vessels(), LEAD / HOURS
    for replication in range(10):
        boxes = there(run(port, 400, 0, replication))
        mean.append(boxes.mean())
        # about the true mean: within one run the mean of the run would hide part of the spread
        spread.append(np.mean((boxes - expected) ** 2))
        many.append(np.mean(boxes >= 20))
    assert_equivalent(mean, expected, margin=0.06)
    assert_equivalent(spread, expected, margin=0.25)
    assert_equivalent(many, poisson_at_least(expected, 20), margin=0.4)


@pytest.mark.long
def test_the_yard_is_as_full_at_hour_0_as_ever() -> None:
    port = yard_before_vessels()
    first = [there(run(port, 21, 0, replication))[0] for replication in range(60)]
    assert np.mean(first) == pytest.approx(LEAD / HOURS, abs=4 * np.sqrt(LEAD / HOURS / 60))
    assert np.var(first) == pytest.approx(LEAD / HOURS, rel=0.8)


@pytest.mark.long
def test_littles_law_holds_for_those_who_roll() -> None:
    """A cut-off that half of the boxes miss, and next to no room: some wait for vessel after vessel."""
    port = yard_before_vessels(traffic__cargo__bookings__cut_off=60)
    ratios, rolled = [], []
    for replication in range(8):
        log = run(port, 150, 20, replication)
        came, gone = log.boxes["t_arrived"], log.boxes["t_loaded"]
        first, last = log.window[0], log.end - 24 * 40
        mine = (came >= first) & (came < last) & np.isfinite(gone)
        stay = np.mean((gone - came)[mine])
        hours = np.random.default_rng(replication).uniform(first, last, 4000)
        seen = level(log, "t_arrived", "t_loaded", np.ones(len(came)), hours).mean()
        ratios.append(seen / (mine.sum() / (last - first) * stay))
        rolled.append(np.mean(log.boxes["rolled"][mine] > 0))
    assert np.mean(rolled) > 0.4
    assert_equivalent(ratios, 1.0, margin=0.05)


def gate(lanes: int, minutes: float, interval: float = 24.0) -> Port:
    """Return a port at which trucks come at random, one an hour, to so many lanes; their vessel comes a day later."""
    return poisson_boxes(
        1.0,
        off=False,
        traffic__cargo__bookings__road_lead=number(24, "h"),
        traffic__cargo__bookings__list_interval=number(interval, "h"),
        terminals__t1__gate__drop_off_lanes=number(lanes, "servers"),
        terminals__t1__gate__service=number(minutes, "min", "exponential"),
    )


def waits(log: RunLog) -> np.ndarray:
    """Return the hours in line of the trucks that came in the window."""
    mine = (log.boxes["t_truck"] >= log.window[0]) & np.isfinite(log.boxes["t_gate_in"])
    assert np.all(log.boxes["by_in"][mine] == Mode.ROAD)
    return np.asarray((log.boxes["t_gate_in"] - log.boxes["t_truck"] - log.boxes["gate_service"])[mine])


@pytest.mark.parametrize(("lanes", "minutes", "interval"), [(1, 48, 24), (1, 48, 5), (3, 150, 24)])
def test_lanes_are_a_line_with_as_many_servers_truck_by_truck(lanes: int, minutes: float, interval: float) -> None:
    boxes = run(gate(lanes, minutes, interval), 60, 0, 0).boxes
    rows = np.flatnonzero(~np.isnan(boxes["gate_service"]))
    line = Station(lanes, OpenHours.always())
    line.feed(rows, boxes["t_truck"][rows], boxes["gate_service"][rows].astype(float))
    served = line.advance(np.inf)
    assert len(rows) > 1000
    assert boxes["t_gate_in"][served.ids] == pytest.approx(served.finishes, abs=1e-3)


@pytest.mark.long
def test_waits_at_the_lanes_follow_erlang() -> None:
    lanes, hours = 2, 1.2
    mean, share_of = [], []
    for replication in range(8):
        wait = waits(run(gate(lanes, hours * 60), 400, 10, replication))
        mean.append(wait.mean())
        share_of.append(np.mean(wait > 1e-6))
    assert_equivalent(share_of, erlang_c(lanes, hours), margin=0.08)
    assert_equivalent(mean, wait_mmc(lanes, 1.0, hours), margin=0.15)
