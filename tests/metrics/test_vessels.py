"""Vessels: waits, times, berth use and crane work."""

from __future__ import annotations

import pytest

from tests.metrics.logs import EXPORT, NAN, Measured, calls, log, port_boxes

DONE = {
    "t_arrived": 10.0,
    "t_entered": 14.0,
    "t_berthed": 20.0,
    "t_worked": 38.0,
    "t_unberthed": 40.0,
    "t_departed": 47.0,
    "discharge_boxes": 300,
    "load_boxes": 200,
    "crane_hours": 20.0,
    "yard_stop": 1.0,
}


def test_waits_and_times_of_a_call() -> None:
    ask = Measured(log(calls=calls(DONE)))
    spans = {"anchorage_wait": 4.0, "berth_time": 20.0, "port_time": 37.0}
    assert {metric: ask(metric, "mean", flow="vessel") for metric in spans} == spans
    assert ask("calls", "count", flow="vessel") == 1.0
    assert ask("yard_stop", "mean", flow="vessel") == 1.0


def test_classes_are_groups() -> None:
    ask = Measured(log(calls=calls(DONE, DONE | {"vessel_class": 1, "t_entered": 22.0})))
    assert ask("anchorage_wait", "mean", "feeder", "vessel") == 4.0
    assert ask("anchorage_wait", "mean", "mother", "vessel") == 12.0
    assert ask("anchorage_wait", "mean", flow="vessel") == 8.0


def test_berth_use_counts_each_vessel_with_one_gap() -> None:
    ask = Measured(log(calls=calls(DONE)))
    offered = (400.0 + 800.0) * 200.0
    assert ask("berth_use", "value", flow="vessel") == pytest.approx(200.0 * 20.0 / offered)


def test_berth_use_is_cut_at_the_window_and_at_the_end_of_the_run() -> None:
    over_the_edge = DONE | {"t_arrived": 0.0}
    still_there = DONE | {"t_berthed": 90.0, "t_worked": NAN, "t_unberthed": NAN, "t_departed": NAN}
    ask = Measured(log(calls=calls(over_the_edge, still_there), window=(30.0, 130.0), end=120.0))
    offered = (400.0 + 800.0) * 100.0
    assert ask("berth_use", "value", flow="vessel") == pytest.approx(200.0 * (10.0 + 30.0) / offered)


def test_crane_work_is_all_moves_over_all_crane_hours() -> None:
    slow = DONE | {"discharge_boxes": 50, "load_boxes": 50, "crane_hours": 10.0}
    waiting = DONE | {"t_worked": NAN, "crane_hours": 5.0}
    ask = Measured(log(calls=calls(DONE, slow, waiting)))
    assert ask("moves_per_crane_hour", "value", flow="vessel") == 20.0


def test_calls_not_departed_are_unfinished() -> None:
    ask = Measured(log(calls=calls(DONE, DONE | {"t_unberthed": NAN, "t_departed": NAN})))
    assert [ask("port_time", s, flow="vessel") for s in ("count", "unfinished")] == [1.0, 1.0]
    assert ask.unit("port_time", "unfinished", flow="vessel") == "calls"


def test_terminals_are_groups_each_with_its_own_quay() -> None:
    ask = Measured(log(calls=calls(DONE, DONE | {"terminal": 1, "t_entered": 22.0})))
    assert ask("anchorage_wait", "mean", "t2", "vessel") == 12.0
    assert ask("berth_use", "value", "t1", "vessel") == pytest.approx(200.0 * 20.0 / (400.0 * 200.0))
    assert ask("berth_use", "value", "t2", "vessel") == pytest.approx(200.0 * 20.0 / (800.0 * 200.0))


def test_idle_terminals_are_left_out_of_the_use_of_active_berths() -> None:
    ask = Measured(log(calls=calls(DONE)))
    assert ask("berth_use_active", "value", flow="vessel") == pytest.approx(200.0 * 20.0 / (400.0 * 200.0))
    assert Measured(log())("berth_use_active", "value", flow="vessel") is None


def test_a_vessel_berths_directly_if_it_has_a_berth_within_half_an_hour() -> None:
    rows = ({"t_assigned": 10.0}, {"t_assigned": 10.5}, {"t_assigned": 10.6}, {"t_assigned": NAN})
    ask = Measured(log(calls=calls(*(DONE | row for row in rows))))
    assert ask("direct_berthing", "value", flow="vessel") == 0.5


def test_a_vessel_too_late_in_the_run_for_a_verdict_is_left_out() -> None:
    late = DONE | {"t_arrived": 199.8, "t_assigned": NAN}
    ask = Measured(log(calls=calls(DONE | {"t_assigned": 10.0}, late)))
    assert ask("direct_berthing", "value", flow="vessel") == 1.0


def test_barges_are_no_vessels() -> None:
    barge = DONE | {"barge": True, "vessel_class": 1}
    ask = Measured(log(calls=calls(DONE, barge)))
    assert ask("calls", "count", flow="vessel") == 1.0
    assert ask("calls", "count", "mother", "vessel") is None
    assert ask("calls", "count", "t1", "vessel") == 1.0
    assert ask("berth_use", "value", flow="vessel") == pytest.approx(200.0 * 20.0 / (1200.0 * 200.0))


def test_boxes_left_behind_count_where_boxes_are_booked() -> None:
    left = calls(DONE | {"left_boxes": 3}, DONE | {"left_boxes": 4, "terminal": 1})
    assert Measured(log(calls=left))("left_boxes", "count", flow="vessel") is None
    ask = Measured(log(calls=left, boxes=port_boxes(EXPORT)))
    assert [ask("left_boxes", "count", group, "vessel") for group in ("all", "t1", "t2")] == [7.0, 3.0, 4.0]


def test_no_calls_no_numbers() -> None:
    ask = Measured(log())
    assert ask("calls", "count", flow="vessel") == 0.0
    assert ask("berth_use", "value", flow="vessel") == 0.0
    assert ask("moves_per_crane_hour", "value", flow="vessel") is None
    assert ask("yard_stop", "mean", flow="vessel") is None
