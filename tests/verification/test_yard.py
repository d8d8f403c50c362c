"""The yard as M/G/infinity, and Little's law from the run log."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.records import RunLog
from tests.small_port import number, share
from tests.verification.equivalence import assert_equivalent
from tests.verification.ports import berths, only_flow, poisson_calls, run

pytestmark = pytest.mark.long

Floats = NDArray[np.float64]


def level(log: RunLog, start: str, end: str, weights: Floats, hours: Floats) -> Floats:
    """Return at each of `hours` the weight of the boxes between two milestones: what has come less what has gone."""

    def reached(milestone: str) -> Floats:
        times = log.boxes[milestone]
        order = np.argsort(times)  # NaN, not yet, comes last
        total = np.concatenate([[0.0], np.cumsum(weights[order])])
        return total[np.searchsorted(times[order], hours, "right")]

    return reached(start) - reached(end)


def yard_of(replication: int, days: int, stay: dict[str, object], forty: float, boxes: int) -> RunLog:
    """Run a port with ever enough berths whose calls each bring some boxes after an hour, none of them imports."""
    moves = (
        only_flow(empty={"stay": stay})
        | berths(60)
        | {
            "terminals__t1__quay__service": number(1, "h"),
            "traffic__vessel_classes__feeder__exchange": number(boxes, "boxes"),
            "traffic__vessel_classes__feeder__discharge_share": share(1),
            "traffic__cargo__forty_foot_share": share(forty),
        }
    )
    return run(poisson_calls(2.0, **moves), days=days, warm_up=40, replication=replication)


SPREADS = {
    "fixed": number(100, "h"),
    "erlang": number(100, "h", "erlang", phases=2),
    "lognormal": number(100, "h", "lognormal_mean", cv=0.7),
}


@pytest.mark.parametrize("spread", SPREADS)
def test_teu_in_the_yard_are_those_that_come_times_their_stay_whatever_its_spread(spread: str) -> None:
    means = []
    for replication in range(8):
        log = yard_of(replication, 120, SPREADS[spread], forty=0.6, boxes=4)
        hours = np.arange(*log.window, 5.0)
        means.append(level(log, "t_discharged", "t_gate_out", log.boxes["teu"].astype(float), hours).mean())
    assert_equivalent(means, 4 / 2.0 * 1.6 * 100, margin=0.05)


def test_boxes_that_come_one_by_one_at_random_are_poisson_in_the_yard() -> None:
    mean, spread = [], []
    for replication in range(12):
        log = yard_of(replication, 250, SPREADS["lognormal"], forty=0.0, boxes=1)
        boxes = level(log, "t_discharged", "t_gate_out", log.boxes["teu"].astype(float), np.arange(*log.window, 5.0))
        mean.append(boxes.mean())
        # about the true mean: within one run the mean of the run would hide part of the spread
        spread.append(np.mean((boxes - 50.0) ** 2))
    assert_equivalent(mean, 50.0, margin=0.05)
    assert_equivalent(spread, 50.0, margin=0.25)


def test_littles_law_holds_at_the_gate() -> None:
    """Trucks seen at the lane at random hours are those that come an hour times how long they are there."""
    moves = only_flow(**{"import": {"share": share(1)}, "empty": {"stay": number(9, "h")}}) | {
        "terminals__t1__gate__calendar": "h24",
        "terminals__t1__gate__service": number(12, "min", "exponential"),
        "terminals__t1__gate__lanes": 1,
        "customs__pick_up__shipside_share": 0,
        "traffic__vessel_classes__feeder__exchange": number(40, "boxes"),
    }
    ratios = []
    for replication in range(10):
        log = run(poisson_calls(5.0, **moves), days=120, warm_up=30, replication=replication)
        first, last = log.window
        came, passed = log.boxes["t_truck"], log.boxes["t_gate_in"]
        mine = (came >= first) & (came < last) & np.isfinite(passed)
        expected = mine.sum() / (last - first) * (passed - came)[mine].mean()
        hours = np.random.default_rng(replication).uniform(first, last, 6000)
        ratios.append(level(log, "t_truck", "t_gate_in", np.ones(len(came)), hours).mean() / expected)
    assert_equivalent(ratios, 1.0, margin=0.03)
