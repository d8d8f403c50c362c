"""Nothing is lost, nothing runs backwards, and a box is released when the last of its conditions holds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.metrics.conservation import conservation
from sim.records import Event, Flow, RunLog
from tests.behaviour.runs import STRAINED, busy

VALUES = {
    "plain": {},
    "strained": STRAINED,
    "ranks": STRAINED | {"customs.traders.aeo.priority": 1, "customs.inspection.calendar": "nights"},
    "all by the ship's side": {"customs.pick_up.shipside_share": 1, "customs.declaration.advance_share": 1},
    "two steps": {"customs.declaration.two_step_share": 1, "customs.declaration.two_step_completion": 20},
}


@pytest.fixture(name="log", params=VALUES)
def _log(request: pytest.FixtureRequest) -> RunLog:
    return busy(VALUES[request.param])


NEVER_BACKWARDS = (
    ("t_manifest", "t_arrived", "t_berthed", "t_discharged", "t_tallied", "t_released", "t_truck"),
    ("t_truck", "t_gate_in", "t_gate_out"),
    ("t_manifest", "t_prepared", "t_lodged", "t_reviewed", "t_released", "t_completed"),
    ("t_lodged", "t_taxed", "t_released"),
    ("t_discharged", "t_notified", "t_at_site", "t_scanned", "t_released"),
    ("t_lodged", "t_notified", "t_at_site", "t_examined", "t_released"),
    ("t_scanned", "t_examined", "t_tested"),
)


def test_the_run_finds_no_fault_with_itself(log: RunLog) -> None:
    assert conservation(log) == []


def test_milestones_never_run_backwards(log: RunLog) -> None:
    for chain in NEVER_BACKWARDS:
        for k, before in enumerate(chain):
            for after in chain[k + 1 :]:
                assert not np.any(log.boxes[after] < log.boxes[before]), (before, after)


def test_a_milestone_needs_those_before_it(log: RunLog) -> None:
    """But inspection is for some only, and a box that is not imported leaves without clearance."""
    boxes = log.boxes
    imports = boxes["flow"] == Flow.IMPORT
    chain = ("t_berthed", "t_discharged", "t_tallied", "t_released", "t_truck", "t_gate_in", "t_gate_out")
    for k, after in enumerate(chain):
        for before in chain[:k]:
            assert not np.any(~np.isnan(boxes[after]) & np.isnan(boxes[before]) & imports), (before, after)
    others = {name for name in boxes if name.startswith("t_")} - {
        *("t_arrived", "t_berthed", "t_discharged", "t_gate_out")
    }
    assert all(np.isnan(boxes[name][~imports]).all() for name in others)


def test_release_is_the_latest_of_its_conditions(log: RunLog) -> None:
    boxes = log.boxes
    latest = np.fmax(np.fmax(boxes["t_tallied"], boxes["t_reviewed"]), boxes["t_taxed"])
    inspected = boxes["selected"] | boxes["quarantine"]
    for name in ("t_scanned", "t_examined", "t_tested"):
        latest = np.where(inspected, np.fmax(latest, boxes[name]), latest)
    released = ~np.isnan(boxes["t_released"])
    assert np.array_equal(latest[released], boxes["t_released"][released])


def test_at_every_hour_and_terminal_what_came_is_what_left_and_what_is_there(log: RunLog) -> None:
    """What is there is counted by what it waits for; a box with a hole in its chain would be in no count or in two."""
    boxes = log.boxes
    imports = boxes["flow"] == Flow.IMPORT
    chain = ("t_discharged", "t_released", "t_truck", "t_gate_in", "t_gate_out")
    for terminal in range(len(log.names["terminal"])):
        mine = boxes["terminal"] == terminal
        assert mine.any()
        for hour in np.arange(0.0, log.end + 1):
            past = {name: (boxes[name] <= hour) & mine for name in chain}
            there = np.sum(past["t_discharged"] & ~past["t_gate_out"] & ~imports)
            for before, after in pairwise(chain):
                there += np.sum(past[before] & ~past[after] & imports)
            assert past["t_discharged"].sum() == past["t_gate_out"].sum() + there


def test_a_call_brings_what_it_was_to_bring(log: RunLog) -> None:
    boxes, calls = log.boxes, log.calls
    off = ~np.isnan(boxes["t_discharged"])
    for call in range(len(calls["call"])):
        mine = boxes["call"] == call
        lots = log.events["value"][(log.events["kind"] == Event.LOT_DISCHARGED) & (log.events["call"] == call)]
        assert mine.sum() == calls["discharge_boxes"][call]
        assert boxes["teu"][mine].sum() == calls["discharge_teu"][call]
        # the boxes of a lot come off by its end
        assert off[mine].sum() <= lots.sum() <= mine.sum()
        if not np.isnan(calls["t_discharged"][call]):
            assert off[mine].all()
            assert lots.sum() == mine.sum()
            assert boxes["t_discharged"][mine].max(initial=0) <= calls["t_discharged"][call] + 1e-9
            assert np.all(np.diff(boxes["t_discharged"][mine]) >= 0)


def test_stations_serve_the_boxes_that_show_it(log: RunLog) -> None:
    """From hour 0 on; what is declared in advance may have been reviewed before."""
    stages = {"review": ("review", "t_reviewed"), "scanner": ("scan", "t_scanned")}
    for name, (stage, milestone) in (stages | {"examination": ("examine", "t_examined")}).items():
        row = log.names["station"].index(name)
        hours = log.boxes[f"{stage}_service"][log.boxes[milestone] >= 0]
        assert log.stations["served"][row] == np.sum(~np.isnan(hours))
        assert log.stations["work"][row] == pytest.approx(np.nansum(hours, dtype=np.float64))
