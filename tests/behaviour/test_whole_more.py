"""More barges, trains and lanes never make anybody wait longer, on the same draws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.records import Flow, Mode, RunLog
from tests.behaviour.runs import run, same
from tests.behaviour.whole import SPARE, port_with, whole

pytestmark = pytest.mark.long

Floats = NDArray[np.float64]
NEVER = 1e9
"""Stands for what had not come by the end of the run."""


def later(hours: Floats) -> Floats:
    return np.where(np.isnan(hours), NEVER, hours)


def never_later(logs: list[RunLog], name: str, rows: NDArray[np.bool_]) -> None:
    """Fail unless each of these boxes has a milestone no later in the next log, and some have it sooner."""
    hours = [later(log.boxes[name][rows]) for log in logs]
    for fewer, more in pairwise(hours):
        assert np.all(more <= fewer + 1e-9)
    assert np.any(hours[-1] < hours[0] - 0.1)


CROWDED = {f"terminals.{key}.gate.service": 14 for key in ("t1", "nansha_iv")}


def test_more_lanes_for_trucks_that_bring_boxes() -> None:
    """Nobody of them waits longer, and those who wait are fewer."""
    logs = [
        whole(CROWDED | {f"terminals.{key}.gate.drop_off_lanes": lanes for key in ("t1", "nansha_iv")})
        for lanes in (1, 2, 3, 6)
    ]
    brought = (logs[0].boxes["by_in"] == Mode.ROAD) & ~logs[0].boxes["direct"]
    # a box that goes straight to the vessel comes when she does, and that may change
    assert all(same(logs[0].boxes["t_truck"], log.boxes["t_truck"])[brought].all() for log in logs)
    never_later(logs, "t_gate_in", brought)
    waits = [np.nansum(log.boxes["gate_queued"][brought]) for log in logs]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > 10 * waits[-1]


def test_larger_barges() -> None:
    """Where nothing else is short: no box that comes or goes by barge is on a later one."""
    logs = [whole(SPARE | {"traffic.vessel_classes.barge.capacity": teu}) for teu in (12, 20, 40, 200)]
    boxes = logs[0].boxes
    never_later(logs, "t_discharged", boxes["by_in"] == Mode.BARGE)
    never_later(logs, "t_loaded", (boxes["by_out"] == Mode.BARGE))
    others = (boxes["by_in"] != Mode.BARGE) & (boxes["by_out"] != Mode.BARGE)
    assert all(same(boxes[name], logs[-1].boxes[name])[others].all() for name in boxes)


def test_more_barges_in_the_mean() -> None:
    """Lines that come twice as often: the wait from the wish to the hook falls, and so does that at the river port."""
    every = {"river_a": 40, "river_b": 60, "river_c": 40}
    often = [{f"traffic.services.{k}.arrivals.interval": h / times for k, h in every.items()} for times in (1, 2, 4)]
    onto_barge, onto_vessel = [], []
    for values in often:
        logs = [run(port_with(values), 56, replication) for replication in range(3)]
        onto_barge.append(np.mean([_stay(log, log.boxes["by_out"] == Mode.BARGE) for log in logs]))
        onto_vessel.append(np.mean([np.mean(log.boxes["rolled"][log.boxes["by_in"] == Mode.BARGE]) for log in logs]))
    assert onto_barge == sorted(onto_barge, reverse=True)
    assert onto_vessel == sorted(onto_vessel, reverse=True)
    assert onto_barge[-1] < onto_barge[0] - 5


def _stay(log: RunLog, rows: NDArray[np.bool_]) -> float:
    """Return the mean hours from the quay to the barge of the boxes discharged in the first four weeks."""
    mine = rows & (log.boxes["t_discharged"] < 28 * 24)
    hours = log.boxes["t_loaded"][mine] - log.boxes["t_discharged"][mine]
    return float(np.mean(hours[np.isfinite(hours)]))


TRAINS = {"traffic.cargo.bookings.europe_share": 0.9, "rail.capacity": 80}


@pytest.mark.parametrize(
    "steps",
    [
        [{"rail.trains_per_week": n} for n in (2, 4, 8)],  # each timetable has the trains of the one before
        [{"rail.capacity": teu} for teu in (60, 80, 120, 400)],
        [{"rail.cut_off": hours} for hours in (24, 12, 6, 0)],
    ],
    ids=["more trains", "larger trains", "later cut-off"],
)
def test_more_trains(steps: list[dict[str, float]]) -> None:
    logs = [whole(TRAINS | step) for step in steps]
    for log in logs[1:]:
        assert all(same(logs[0].rail[name], log.rail[name]).all() for name in ("box", "t_station", "t_ready"))
        assert all(same(logs[0].boxes[name], log.boxes[name]).all() for name in log.boxes)
    departed = [later(log.rail["t_departed"]) for log in logs]
    for fewer, more in pairwise(departed):
        assert np.all(more <= fewer)
    assert np.any(departed[-1] < departed[0])


def test_shuttles_that_run_oftener() -> None:
    """Every 24, 12 and 6 hours: each timetable has the shuttles of the one before."""
    logs = [whole(TRAINS | {"rail.shuttle_mode": "rail", "rail.shuttle_interval": hours}) for hours in (24, 12, 6)]
    never_later(logs, "t_gate_out", logs[0].boxes["by_out"] == Mode.RAIL)


def test_more_room_on_vessels() -> None:
    """Where nothing else is short, no box is on a later vessel and none misses more of them."""
    logs = [whole(SPARE | {"traffic.cargo.bookings.room": room}) for room in (0.85, 1, 1.2, 2)]
    by_sea = logs[0].boxes["by_out"] == Mode.SEA
    never_later(logs, "t_loaded", by_sea)
    for fewer, more in pairwise(logs):
        assert np.all(more.boxes["rolled"] <= fewer.boxes["rolled"])


def test_a_later_cut_off_and_lists_drawn_up_oftener() -> None:
    for path, steps in (
        ("traffic.cargo.bookings.cut_off", (48, 24, 12, 0)),
        ("traffic.cargo.bookings.list_interval", (24, 12, 6, 3)),
    ):
        logs = [whole(SPARE | {path: step}) for step in steps]
        never_later(
            logs, "t_loaded", np.isin(logs[0].boxes["by_out"], (Mode.SEA, Mode.BARGE)) & ~logs[0].boxes["direct"]
        )


def test_more_officers_review_imports_and_exports_sooner() -> None:
    in_turn = SPARE | {"customs.traders.aeo.priority": 5, "customs.export.manual_share": 0.9}
    logs = [whole(in_turn | {"customs.review.officers": n}) for n in (1, 2, 4)]
    for flow in (Flow.IMPORT, Flow.EXPORT):
        never_later(logs, "t_reviewed", (logs[0].boxes["flow"] == flow) & logs[0].boxes["manual"])
        never_later(logs, "t_released", (logs[0].boxes["flow"] == flow) & ~logs[0].boxes["direct"])
