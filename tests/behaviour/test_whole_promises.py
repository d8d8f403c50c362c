"""What the mechanisms of the measures promise, seen box by box in a run with all flows."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records import Flow, Mode, RunLog
from tests.behaviour.whole import STRAINED, whole

RUNS = {"plain": {}, "strained": STRAINED}
DIRECT = {"customs.export.direct_share": 0.6, "customs.export.advance_share": 0.9}
ONE_PORT = {"traffic.cargo.bookings.one_port_share": 0.8}


@pytest.fixture(name="log", params=RUNS)
def _log(request: pytest.FixtureRequest) -> RunLog:
    return whole(RUNS[request.param] | DIRECT | ONE_PORT)


def test_a_box_loaded_straight_from_the_truck_is_in_the_port_for_the_direct_time(log: RunLog) -> None:
    """Two hours, and released on its arrival; it never stands in the yard, nor in the line of the lanes."""
    boxes = log.boxes
    mine = boxes["direct"] & np.isfinite(boxes["t_loaded"])
    assert mine.sum() > 50
    assert boxes["t_loaded"][mine] - boxes["t_arrived"][mine] == pytest.approx(np.full(mine.sum(), 2.0))
    for milestone in ("t_truck", "t_gate_in", "t_released"):
        assert np.array_equal(boxes[milestone][mine], boxes["t_arrived"][mine])
    assert np.all(np.isnan(boxes["gate_queued"][mine]))
    assert np.all(boxes["t_reviewed"][mine] <= boxes["t_arrived"][mine])
    assert not np.any(boxes["selected"][mine] | boxes["manual"][mine])


def test_the_others_are_there_for_days() -> None:
    boxes = whole(DIRECT).boxes
    road = (boxes["flow"] == Flow.EXPORT) & (boxes["by_in"] == Mode.ROAD) & np.isfinite(boxes["t_loaded"])
    stay = boxes["t_loaded"] - boxes["t_arrived"]
    assert np.median(stay[road & ~boxes["direct"]]) > 48
    assert np.all(stay[road & ~boxes["direct"]] > 24)  # the cut-off


def test_transhipment_released_automatically_is_released_3_to_5_hours_after_its_tally(log: RunLog) -> None:
    boxes = log.boxes
    mine = boxes["automatic"] & np.isfinite(boxes["t_released"])
    assert mine.sum() > 100
    assert np.all(boxes["flow"][mine] == Flow.TRANSHIPMENT)
    hours = boxes["t_released"][mine] - boxes["t_tallied"][mine]
    assert hours.min() >= 3 - 1e-9
    assert hours.max() <= 5 + 1e-9
    assert hours.mean() == pytest.approx(4, abs=0.2)
    assert np.array_equal(boxes["t_reviewed"][mine], boxes["t_tallied"][mine])
    by_hand = (boxes["flow"] == Flow.TRANSHIPMENT) & ~boxes["automatic"] & np.isfinite(boxes["t_released"])
    slower = boxes["t_released"][by_hand] - boxes["t_tallied"][by_hand]
    assert slower.mean() > hours.mean() + 6
    assert slower.min() >= 3 - 1e-9


def test_transhipment_comes_by_sea_and_by_barge_and_is_tallied_half_an_hour_later(log: RunLog) -> None:
    boxes = log.boxes
    mine = (boxes["flow"] == Flow.TRANSHIPMENT) & np.isfinite(boxes["t_tallied"])
    assert boxes["t_tallied"][mine] == pytest.approx(boxes["t_discharged"][mine] + 0.5)
    assert set(boxes["by_in"][mine]) == {Mode.SEA, Mode.BARGE}


def test_no_transhipment_box_goes_on_before_it_is_released_and_one_in_transit_by_sea_is_not_kept(log: RunLog) -> None:
    boxes = log.boxes
    mine = boxes["flow"] == Flow.TRANSHIPMENT
    assert not np.any((boxes["t_loaded"] < boxes["t_released"])[mine])
    assert not np.any((boxes["t_truck"] < boxes["t_released"])[mine])
    by_sea = mine & (boxes["by_in"] == Mode.SEA) & (boxes["by_out"] == Mode.SEA) & np.isfinite(boxes["t_loaded"])
    # its owner's stay is 60 h: some are gone before
    assert np.any((boxes["t_loaded"] - boxes["t_discharged"])[by_sea] < 60)


def test_a_box_cleared_at_the_river_port_meets_no_customs_in_the_port(log: RunLog) -> None:
    boxes = log.boxes
    mine = boxes["one_port"] & np.isfinite(boxes["t_arrived"])
    assert mine.sum() > 30
    for milestone in ("t_discharged", "t_tallied", "t_lodged", "t_reviewed", "t_released"):
        assert np.array_equal(boxes[milestone][mine], boxes["t_arrived"][mine]), milestone
    for milestone in ("t_notified", "t_at_site", "t_scanned", "t_examined", "t_taxed"):
        assert np.all(np.isnan(boxes[milestone][mine])), milestone
    assert np.all(boxes["by_in"][mine] == Mode.BARGE)


def test_no_export_box_is_loaded_that_is_not_released_and_in_the_port_by_the_cut_off(log: RunLog) -> None:
    boxes, calls = log.boxes, log.calls
    mine = (boxes["booked"] >= 0) & (boxes["call_out"] >= 0) & ~boxes["direct"]
    closing = calls["t_arrived"][boxes["call_out"]] - 24
    assert np.all(boxes["t_arrived"][mine] <= closing[mine])
    cleared = mine & np.isin(boxes["flow"], (Flow.EXPORT, Flow.TRANSHIPMENT))
    assert np.all(boxes["t_released"][cleared] <= closing[cleared])


def test_what_was_in_time_for_its_own_call_and_missed_it_found_no_room(log: RunLog) -> None:
    boxes, calls = log.boxes, log.calls
    ready = np.where(np.isin(boxes["flow"], (Flow.EXPORT, Flow.TRANSHIPMENT)), boxes["t_released"], boxes["t_arrived"])
    booked = (boxes["booked"] >= 0) & (boxes["by_out"] == Mode.SEA) & ~boxes["direct"]
    in_time = booked & (ready <= calls["t_arrived"][boxes["booked"]] - 24)
    missed = in_time & (boxes["rolled"] > 0)
    assert np.all(calls["left_boxes"][boxes["booked"][missed]] > 0)


def test_export_declarations_lodged_in_advance_are_lodged_before_the_box_comes_and_released_on_its_report() -> None:
    boxes = whole({}).boxes
    mine = (boxes["flow"] == Flow.EXPORT) & boxes["advance"] & ~boxes["direct"] & np.isfinite(boxes["t_released"])
    plain = mine & ~boxes["selected"] & ~boxes["manual"]
    assert plain.sum() > 100
    assert boxes["t_released"][plain] == pytest.approx(boxes["t_arrived"][plain] + 0.5)
    assert np.all(boxes["t_lodged"][plain] <= boxes["t_arrived"][plain])
    late = (boxes["flow"] == Flow.EXPORT) & ~boxes["advance"] & ~boxes["one_port"] & np.isfinite(boxes["t_lodged"])
    assert np.all(boxes["t_lodged"][late] >= boxes["t_arrived"][late])
    assert np.mean((boxes["t_released"] - boxes["t_arrived"])[late]) > 10
