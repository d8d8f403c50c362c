"""Barge calls: waits, work, how full they are, and whether they leave on time."""

from __future__ import annotations

import pytest

from tests.metrics.logs import NAN, Measured, calls, log

QUAY = {"t1": (385.0, 15.0), "t2": (785.0, 15.0), "t1 basin": (190.0, 10.0)}
ROOM = {"classes.feeder.capacity": 100.0}
CALL = {
    "barge": True,
    "loa": 90.0,
    "t_arrived": 10.0,
    "t_assigned": 13.5,
    "t_berthed": 14.0,
    "t_worked": 19.0,
    "t_unberthed": 20.0,
    "discharge_boxes": 30,
    "load_boxes": 20,
    "discharge_teu": 50,
    "load_teu": 30.0,
    "crane_hours": 5.0,
    "yard_stop": 0.5,
    "left_boxes": 4,
}
SEA = {"t_arrived": 10.0, "t_berthed": 11.0, "t_worked": 12.0, "load_boxes": 7, "crane_hours": 1.0}


def barges(*changes: dict[str, object]) -> Measured:
    """Return the metrics of barge calls at the basin of the first terminal."""
    return Measured(log(calls=calls(*(CALL | change for change in changes)), quay=QUAY, factors=ROOM))


def test_waits_and_work_of_a_call() -> None:
    ask = barges({}, SEA | {"barge": False})
    spans = {"berth_wait": 3.5, "berth_time": 6.0, "port_time": 10.0}
    assert {metric: ask(metric, "mean", flow="barge") for metric in spans} == spans
    assert ask("calls", "count", flow="barge") == 1.0
    assert ask("moves_per_crane_hour", "value", flow="barge") == 10.0
    assert ask("yard_stop", "mean", flow="barge") == 0.5
    assert ask("berth_use", "value", flow="barge") == pytest.approx(100.0 * 6.0 / (200.0 * 200.0))
    assert ask("anchorage_wait", "mean", flow="barge") is None


def test_groups_are_classes_that_barges_have_and_terminals_with_a_basin() -> None:
    ask = barges({}, {"t_assigned": 16.5})
    assert ask("berth_wait", "mean", "feeder", "barge") == 5.0
    assert ask("berth_wait", "mean", "t1", "barge") == 5.0
    assert ask("calls", "count", "mother", "barge") is None
    assert ask("calls", "count", "t2", "barge") is None


def test_filling_is_what_she_brings_and_takes_over_her_room() -> None:
    ask = barges({}, {"load_teu": 90.0}, {"t_worked": NAN, "t_unberthed": NAN})
    assert [ask("filling", s, flow="barge") for s in ("mean", "count", "unfinished")] == [0.6, 2.0, 1.0]
    assert ask("filling_in", "mean", flow="barge") == 0.5
    assert ask.unit("filling", "p90", flow="barge") == "share"
    assert ask.unit("filling", "count", flow="barge") == "calls"


def test_without_a_capacity_nothing_is_said_of_the_filling() -> None:
    ask = barges({"vessel_class": 1})
    assert ask("filling", "count", flow="barge") is None
    assert ask("left_boxes", "count", flow="barge") == 4.0


def test_a_barge_leaves_on_time_within_twelve_hours() -> None:
    ask = barges({}, {"t_unberthed": 22.0}, {"t_unberthed": 22.1}, {"t_unberthed": NAN})
    assert ask("departed_on_time", "value", flow="barge") == 0.5


def test_a_barge_too_late_in_the_run_for_a_verdict_is_left_out() -> None:
    late = {"t_arrived": 190.0, "t_berthed": 191.0, "t_worked": NAN, "t_unberthed": NAN}
    assert barges({}, late)("departed_on_time", "value", flow="barge") == 1.0


def test_no_barges_no_rows() -> None:
    assert Measured(log(calls=calls(SEA)))("calls", "count", flow="barge") is None
