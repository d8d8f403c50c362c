"""A lone vessel for which boxes are booked, and her boxes, worked out by hand from the truck to the hook."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.models import simulate
from sim.port.port import Port
from sim.records import Event, Flow, Mode, RunLog
from tests.models.ports import always, horizon, lone_port
from tests.small_port import number, share

RATE = 28 * 0.95 * 2**0.9
SECOND = 32.0 + 168
"""The vessel of the second week, whose boxes come within the run."""


def weeks(port: Port, days: int = 13) -> RunLog:
    return simulate(always(port), horizon(days), 1, 0)


def vessel(log: RunLog, week: int) -> dict[str, Any]:
    number_of = np.flatnonzero(~log.calls["barge"])[week]
    return {name: column[number_of] for name, column in log.calls.items()}


def booked_on(log: RunLog, call: int) -> dict[str, Any]:
    return {name: column[log.boxes["booked"] == call] for name, column in log.boxes.items()}


LOG = weeks(lone_port())
CALL = vessel(LOG, 1)
BOX = booked_on(LOG, CALL["call"])


def test_her_load_is_what_was_booked_and_came_in_time() -> None:
    assert (CALL["booked_boxes"], CALL["load_boxes"], CALL["load_teu"], CALL["left_boxes"]) == (75, 75, 75, 0)
    assert np.all(BOX["call_out"] == CALL["call"])
    assert not BOX["rolled"].any()


def test_she_discharges_and_then_loads_at_the_pace_of_her_cranes() -> None:
    assert CALL["t_discharged"] == pytest.approx(SECOND + 1 + 80 / RATE)
    assert BOX["t_loaded"] == pytest.approx(SECOND + 1 + np.arange(81, 156) / RATE)
    assert CALL["t_worked"] == pytest.approx(BOX["t_loaded"].max())
    assert CALL["crane_hours"] == pytest.approx(2 * 155 / RATE)
    lots = (LOG.events["kind"] == Event.LOT_LOADED) & (LOG.events["call"] == CALL["call"])
    assert LOG.events["value"][lots].tolist() == [60, 15]


def test_trucks_bring_her_boxes_through_the_drop_off_lanes() -> None:
    """All at 20:00 on Saturday, two lanes, two minutes each."""
    assert np.all(BOX["t_truck"] == SECOND - 60)
    assert BOX["t_gate_in"] == pytest.approx(SECOND - 60 + 2 / 60 * (1 + np.arange(75) // 2))
    assert np.array_equal(BOX["t_arrived"], BOX["t_gate_in"])
    assert np.all(np.isnan(BOX["t_gate_out"]))
    assert np.all(BOX["call"] == -1)
    assert np.all(np.isnan(BOX["t_discharged"]))


def test_domestic_boxes_are_not_cleared() -> None:
    for milestone in ("t_tallied", "t_lodged", "t_reviewed", "t_released"):
        assert np.all(np.isnan(BOX[milestone])), milestone


def test_at_hour_0_the_boxes_of_the_first_vessel_are_there_that_were_planned_before_it() -> None:
    first = booked_on(LOG, vessel(LOG, 0)["call"])
    assert np.all(first["t_arrived"] == 32 - 60)
    assert np.all(first["t_gate_in"] == 32 - 60)
    assert np.isfinite(first["t_loaded"]).all()


def test_a_lead_shorter_than_the_cut_off_makes_all_of_them_roll() -> None:
    log = weeks(lone_port(traffic__cargo__bookings__road_lead=number(23, "h")), days=20)
    for week in (0, 1):
        call = vessel(log, week)
        box = booked_on(log, call["call"])
        assert call["load_boxes"] == (0 if week == 0 else 75)
        assert np.all(box["rolled"] == 1)
        assert np.all(box["call_out"] == vessel(log, week + 1)["call"])


def test_where_there_is_room_the_rolled_go_with_those_of_the_next_week() -> None:
    """A call has room for 104 boxes: 75 that rolled and came first, and 29 of her own."""
    moves = {"traffic__cargo__bookings__road_lead": number(23, "h"), "traffic__cargo__bookings__cut_off": 0}
    assert vessel(weeks(lone_port(**moves)), 1)["load_boxes"] == 75
    late = weeks(lone_port(**moves, traffic__cargo__bookings__list_interval=number(100, "h")), days=20)
    # lists at 0, 100, 200 h: what came at 9 h for 32 h was counted by none, nor what comes at 177 h for 200 h,
    # but for the list of 200 h itself, which comes before everything else of its hour
    assert vessel(late, 0)["load_boxes"] == 0
    assert vessel(late, 1)["load_boxes"] == 104
    assert vessel(late, 1)["left_boxes"] == 46


def exports(**moves: Any) -> Port:
    """Return the lone port with exports in the place of domestic boxes, whose papers take no luck."""
    fixed = {
        "traffic__cargo__bookings__flows": {"export": {"barge_share": share(0)}},
        "traffic__cargo__bookings__one_port_share": None,
        "traffic__cargo__bookings__one_port_lead": None,
        "customs__export__preparation": number(14, "h"),
        "customs__export__advance_share": 0,
        "customs__export__manual_share": 0,
        "customs__export__direct_share": 0,
        **{f"customs__traders__{t}__export_inspection_rate": 0 for t in ("aeo", "ordinary", "discredited")},
    }
    return lone_port(**(fixed | moves))


def test_an_export_box_waits_for_its_papers() -> None:
    """Come at 20:00 and a little, prepared at 10:00 and a little, lodged then, released six minutes later."""
    box = booked_on(weeks(exports()), 2)
    assert np.all(box["flow"] == Flow.EXPORT)
    assert np.array_equal(box["t_arrived"], box["t_gate_in"])
    assert box["t_tallied"] == pytest.approx(box["t_arrived"] + 0.5)
    assert box["t_prepared"] == pytest.approx(box["t_arrived"] + 14)
    assert np.array_equal(box["t_lodged"], box["t_prepared"])
    assert box["t_released"] == pytest.approx(box["t_arrived"] + 14.1)
    assert np.all(box["call_out"] == 2)


def test_brokers_are_closed_at_night_and_what_is_released_after_the_cut_off_rolls() -> None:
    """Papers at 22:00 are lodged at 8:30; the cut-off is at 8:00 of the day before the vessel."""
    log = weeks(exports(customs__export__preparation=number(26, "h"), traffic__cargo__bookings__cut_off=23.3), days=20)
    box = booked_on(log, vessel(log, 1)["call"])
    assert box["t_lodged"] == pytest.approx(np.full(75, 24 * 7 + 8.5))
    assert box["t_released"] == pytest.approx(np.full(75, 24 * 7 + 8.6))
    assert np.all(box["rolled"] == 0)
    log = weeks(exports(customs__export__preparation=number(26, "h")), days=20)
    box = booked_on(log, vessel(log, 1)["call"])
    assert np.all(box["rolled"] == 1)
    assert np.all(box["call_out"] == vessel(log, 2)["call"])


def test_declared_in_advance_a_box_is_released_on_its_arrival_report() -> None:
    box = booked_on(weeks(exports(customs__export__advance_share=1)), 2)
    assert box["t_prepared"] == pytest.approx(np.full(75, SECOND - 60 - 24))
    assert np.all(box["t_lodged"] == box["t_prepared"] + 12.5)  # 20:00 is too late: 8:30 of the next day
    assert box["t_released"] == pytest.approx(box["t_arrived"] + 0.5)


def test_straight_from_the_truck_a_box_is_in_the_port_for_two_hours() -> None:
    direct = {"customs__export__advance_share": 1, "customs__export__direct_share": 1}
    log = weeks(exports(**direct))
    for week in (0, 1):
        box = booked_on(log, vessel(log, week)["call"])
        assert np.all(box["direct"])
        came = box["t_loaded"] - 2
        for milestone in ("t_truck", "t_gate_in", "t_arrived", "t_tallied", "t_released"):
            assert np.array_equal(box[milestone], came), milestone
        assert np.all(np.isnan(box["gate_service"]))
    assert vessel(log, 1)["load_boxes"] == 75


def test_a_truck_sets_out_for_the_vessel_when_its_box_has_been_reviewed_and_not_before() -> None:
    """Planned at 22:00 two hours before her, lodged at 8:30 in the morning, when she has been loaded."""
    late = {"traffic__cargo__bookings__road_lead": number(10, "h"), "customs__export__advance_lead": 0}
    direct = {"customs__export__advance_share": 1, "customs__export__direct_share": 1}
    log = weeks(exports(**direct, **late), days=20)
    box = booked_on(log, vessel(log, 1)["call"])
    assert np.all(box["t_lodged"] == SECOND + 0.5)
    assert np.all(box["rolled"] == 1)
    assert np.all(box["call_out"] == vessel(log, 2)["call"])
    assert np.array_equal(box["t_released"], box["t_loaded"] - 2)


def test_one_whose_truck_takes_long_is_released_on_the_way_at_the_latest() -> None:
    late = {"traffic__cargo__bookings__road_lead": number(10, "h"), "customs__export__advance_lead": 0}
    direct = {"customs__export__advance_share": 1, "customs__export__direct_share": 1}
    log = weeks(exports(**direct, **late, customs__export__direct_time=number(200, "h")), days=20)
    box = booked_on(log, vessel(log, 1)["call"])
    assert box["t_arrived"] == pytest.approx(box["t_loaded"] - 200)
    assert np.array_equal(box["t_released"], np.maximum(box["t_arrived"], box["t_reviewed"]))
    assert np.any(box["t_released"] > box["t_arrived"])
    assert np.all(box["t_released"] < box["t_loaded"])


def test_cleared_at_the_river_port_a_box_is_released_when_it_arrives() -> None:
    one_port = {
        "traffic__cargo__bookings__flows": {"export": {"barge_share": share(1)}},
        "traffic__cargo__bookings__one_port_share": share(1),
        "traffic__cargo__bookings__one_port_lead": number(71, "h"),
    }
    box = booked_on(weeks(exports(**one_port)), 2)
    assert np.all(box["one_port"])
    assert np.all(box["by_in"] == Mode.BARGE)
    for milestone in ("t_arrived", "t_tallied", "t_lodged", "t_reviewed", "t_released"):
        assert np.array_equal(box[milestone], box["t_discharged"]), milestone
    assert np.all(box["trader"] == -1)
    assert np.all(np.isnan(box["t_notified"]))
    assert np.isfinite(box["t_loaded"]).all()


def test_a_vessel_for_which_nothing_came_only_discharges() -> None:
    call = vessel(weeks(lone_port(traffic__cargo__bookings__road_lead=number(1, "h"))), 0)
    assert (call["load_boxes"], call["load_teu"]) == (0, 0)
    assert call["t_worked"] == call["t_discharged"] == pytest.approx(33 + 80 / RATE)
