"""Transhipment: the connection, the release, and the wait of boxes that go on by barge or by sea."""

from __future__ import annotations

from sim.records import Flow, Mode
from tests.metrics.logs import BOOKED, CONNECTION, DEPARTED, DONE, IMPORT, NAN, Measured, boxes, calls, log, port_boxes

TO_BARGE = CONNECTION | {"by_out": Mode.BARGE, "t_loaded": 50.0}
FROM_BARGE = CONNECTION | {"by_in": Mode.BARGE, "booked": 1, "t_arrived": 8.0}
TWO_CALLS = calls(DEPARTED, DEPARTED)
ALONE = {"flow": Flow.TRANSHIPMENT, "t_released": NAN}


def test_connections_by_their_ways_in_and_out() -> None:
    ask = Measured(log(boxes=port_boxes(CONNECTION, TO_BARGE, FROM_BARGE | {"t_loaded": 98.0}), calls=TWO_CALLS))
    expected = {"all": (72 + 42 + 90) / 3, "to_sea": 81.0, "to_barge": 42.0, "sea_to_sea": 72.0, "barge_to_sea": 90.0}
    assert {g: ask("connection_time", "mean", g, "transhipment") for g in expected} == expected
    assert ask("connection_time", "count", "road_to_sea", "transhipment") == 0.0


def test_a_box_that_waits_for_its_connection_is_unfinished() -> None:
    ask = Measured(log(boxes=port_boxes(CONNECTION, CONNECTION | {"t_loaded": NAN, "call_out": -1})))
    assert [ask("connection_time", s, flow="transhipment") for s in ("count", "unfinished")] == [1.0, 1.0]


def test_boxes_that_leave_by_truck_have_no_connection_but_a_release() -> None:
    by_truck = CONNECTION | {"by_out": Mode.ROAD, "t_loaded": NAN, "call_out": -1, "t_gate_out": 60.0}
    ask = Measured(log(boxes=port_boxes(CONNECTION | {"automatic": True, "t_released": 10.0}, by_truck)))
    assert ask("connection_time", "count", flow="transhipment") == 1.0
    means = {group: ask("transfer_time", "mean", group, "transhipment") for group in ("all", "automatic", "by_officer")}
    assert means == {"all": 7.0, "automatic": 2.0, "by_officer": 12.0}
    assert ask("arrival_to_gate_out", "mean", flow="transhipment") == 60.0
    assert [ask("arrival_to_gate_out", s, flow="transhipment") for s in ("count", "unfinished")] == [1.0, 0.0]
    assert ask("yard_dwell", "mean", flow="transhipment") == (72 + 52) / 2


def test_a_port_that_does_not_say_how_they_leave_has_neither() -> None:
    ask = Measured(log(boxes=boxes(ALONE)))
    assert ask("connection_time", "count", flow="transhipment") is None
    assert ask("transfer_time", "count", flow="transhipment") is None
    assert ask("onward_wait", "count", "to_barge", "transhipment") is None


def test_the_wait_for_a_barge_starts_with_discharge_and_release() -> None:
    by_barge = IMPORT | DONE | {"by_in": Mode.SEA, "by_out": Mode.BARGE, "t_gate_out": NAN, "t_loaded": 70.0}
    before = by_barge | {"t_released": 2.0}
    domestic = by_barge | {"flow": Flow.DOMESTIC, "t_released": NAN}
    ask = Measured(log(boxes=port_boxes(by_barge, before, domestic, CONNECTION, FROM_BARGE), calls=TWO_CALLS))
    assert ask("onward_wait", "mean", "to_barge") == (30.0 + 62.0) / 2
    assert ask("onward_wait", "mean", "to_barge", "domestic") == 62.0
    assert ask("onward_wait", "mean", "to_sea", "transhipment") == 60.0
    assert ask("onward_wait", "count", "to_sea", "transhipment") == 1.0


def test_imports_by_barge_have_a_release_and_a_stay_but_no_gate() -> None:
    by_barge = {"by_out": Mode.BARGE, "t_gate_out": NAN, "t_loaded": 70.0}
    ask = Measured(log(boxes=boxes({"by_out": Mode.ROAD}, by_barge)))
    assert ask("arrival_to_release", "count") == 2.0
    assert [ask("arrival_to_gate_out", s) for s in ("count", "unfinished")] == [1.0, 0.0]
    assert [ask("pick_up", s) for s in ("count", "unfinished")] == [1.0, 0.0]
    assert ask("yard_dwell", "mean") == (92 + 62) / 2
    assert ask("yard_dwell", "mean", "by_barge") == 62.0
    assert ask("arrival_to_gate_out", "mean", "by_road") == 100.0


def test_ways_make_no_groups_of_imports_where_all_go_by_road() -> None:
    ask = Measured(log(boxes=boxes({"by_out": Mode.ROAD})))
    assert ask("arrival_to_release", "count", "by_road") is None


def test_booked_boxes_wait_for_their_own_vessel_only() -> None:
    ask = Measured(log(boxes=port_boxes(BOOKED | {"flow": Flow.EMPTY, "by_in": Mode.ROAD, "by_out": Mode.SEA})))
    assert ask("onward_wait", "count", "to_sea", "empty") is None
