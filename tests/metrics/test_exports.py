"""Official clocks, stages and groups of export boxes, and what becomes of those that miss their vessel."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.exports import clocks, stages
from sim.metrics.groups import choose
from sim.records import Channel, Flow
from tests.metrics.logs import (
    ABOARD,
    BY_BARGE,
    BY_RAIL,
    DEPARTED,
    EXPORT,
    NAN,
    Measured,
    boxes,
    calls,
    log,
    port_boxes,
)

STAGES = ("preparation", "clearance", "after_release", "vessel_departure")
NOT_ABOARD = dict.fromkeys(ABOARD, NAN) | {"call_out": -1}


def exports(*changes: dict[str, object]) -> Measured:
    """Return the metrics of export boxes on call 0, departed at hour 75, and call 1, a week later."""
    week = {key: value + 168.0 for key, value in DEPARTED.items() if key.startswith("t_")}
    rows = port_boxes(*(EXPORT | change for change in changes))
    return Measured(log(boxes=rows, calls=calls(DEPARTED, DEPARTED | week), end=400.0))


def test_the_clocks_end_with_release_and_with_the_departure_of_the_vessel() -> None:
    ask = exports({}, {"t_arrived": 20.0, "t_gate_in": 20.0, "t_released": 20.0})
    assert ask("arrival_to_release", "mean", flow="export") == 7.0
    assert ask("arrival_to_departure", "mean", flow="export") == 60.0
    assert ask("release_to_loading", "mean", flow="export") == 38.0
    assert ask("loading_to_departure", "mean", flow="export") == 15.0
    assert ask.unit("arrival_to_departure", "mean", flow="export") == "h"


def test_the_four_stages_of_a_box() -> None:
    ask = exports({})
    assert [ask(stage, "mean", flow="export") for stage in STAGES] == [4.0, 10.0, 36.0, 15.0]


def test_a_box_lodged_before_it_came_needs_no_preparation() -> None:
    ask = exports({"t_lodged": -20.0, "t_released": 11.0})
    assert [ask(stage, "mean", flow="export") for stage in STAGES] == [0.0, 1.0, 49.0, 15.0]


def test_a_box_cleared_at_the_river_port_has_no_clearance_here() -> None:
    ask = exports(BY_BARGE | {"one_port": True, "t_lodged": 10.0, "t_released": 10.0})
    assert [ask(stage, "mean", "one_port", "export") for stage in STAGES] == [0.0, 0.0, 50.0, 15.0]


def test_stages_add_up_box_by_box_and_in_the_mean() -> None:
    draws = np.random.default_rng(5)
    rows = []
    for _ in range(50):
        arrived, hours = draws.uniform(0, 20), draws.exponential(5, 3)
        lodged = arrived + draws.normal(0, 20)
        released = max(arrived, lodged) + hours[0]
        loaded = released + hours[1] if hours[2] > 1 else NAN
        row = {"t_arrived": arrived, "t_lodged": lodged, "t_released": released, "t_loaded": loaded}
        rows.append(EXPORT | row | {"call_out": 0 if hours[2] > 1 else -1})
    run = log(boxes=port_boxes(*rows), calls=calls(DEPARTED))
    chosen = choose(run, Flow.EXPORT)
    total = clocks(chosen)["arrival_to_departure"]
    through = np.isfinite(total)
    np.testing.assert_allclose(sum(stages(chosen).values())[through], total[through], atol=1e-9)
    assert not through.all()
    ask = Measured(run)
    means = [ask(stage, "mean", flow="export") or 0.0 for stage in STAGES]
    assert sum(means) == pytest.approx(ask("arrival_to_departure", "mean", flow="export"))
    assert ask("after_release", "unfinished", flow="export") == ask("arrival_to_departure", "unfinished", flow="export")


def test_a_box_not_departed_is_unfinished() -> None:
    ask = exports({}, {"t_loaded": NAN, "call_out": -1}, NOT_ABOARD)
    counts = {"arrival_to_release": (2, 1), "release_to_loading": (1, 2), "arrival_to_departure": (1, 2)}
    counts |= {"clearance": (1, 2), "yard_dwell": (1, 2)}
    for metric, (done, undone) in counts.items():
        assert [ask(metric, s, flow="export") for s in ("count", "unfinished")] == [done, undone], metric


def test_a_box_by_rail_has_a_release_and_a_stay_but_no_vessel() -> None:
    ask = exports({}, BY_RAIL | {"europe": True})
    assert [ask("arrival_to_release", "count", group, "export") for group in ("all", "by_rail")] == [2.0, 1.0]
    assert [ask("arrival_to_departure", s, flow="export") for s in ("count", "unfinished")] == [1.0, 0.0]
    assert ask("yard_dwell", "mean", "by_rail", "export") == 40.0


def test_groups_overlap_and_take_the_names_of_the_port() -> None:
    ask = exports(
        {"trader": 0, "channel": Channel.GREEN, "advance": True, "direct": True},
        {"channel": Channel.RED, "selected": True, "t_released": 40.0},
        BY_BARGE | {"one_port": True},
        BY_BARGE | {"europe": True},
    )
    counts = {"all": 4, "aeo": 1, "ordinary": 3, "inspected": 1, "green": 3, "yellow": 0, "red": 1, "advance": 1}
    counts |= {"direct": 1, "one_port": 1, "europe": 1, "by_road": 2, "by_barge": 2, "by_rail": 0}
    assert {group: ask("arrival_to_release", "count", group, "export") for group in counts} == counts
    assert ask("arrival_to_release", "mean", "inspected", "export") == 30.0


def test_direct_boxes_are_not_in_the_yard() -> None:
    ask = exports({}, {"direct": True, "t_arrived": 58.0, "t_gate_in": 58.0, "t_lodged": 50.0, "t_released": 58.0})
    assert [ask("yard_dwell", s, flow="export") for s in ("mean", "count", "unfinished")] == [50.0, 1.0, 0.0]
    assert ask("yard_dwell", "count", "direct", "export") == 0.0
    assert ask("release_to_loading", "mean", "direct", "export") == 2.0


def test_boxes_count_that_came_in_the_window() -> None:
    early = EXPORT | {"t_arrived": -3.0, "t_gate_in": -3.0}
    never = EXPORT | NOT_ABOARD | {"t_arrived": NAN, "t_gate_in": NAN}
    ask = Measured(log(boxes=port_boxes(EXPORT, early, never), calls=calls(DEPARTED)))
    assert [ask("arrival_to_release", s, flow="export") for s in ("count", "unfinished")] == [1.0, 0.0]


def test_waits_are_those_of_all_and_of_the_inspected() -> None:
    queued = {"review_queued": 2.0, "gate_queued": 0.5}
    ask = exports(queued, queued | {"selected": True, "t_notified": 12.0, "t_examined": 20.0, "review_queued": 4.0})
    assert ask("review_queued", "mean", flow="export") == 3.0
    assert ask("review_queued", "mean", "inspected", "export") == 4.0
    assert ask("gate_queued", "mean", flow="export") == 0.5
    assert ask("review_queued", "mean", "aeo", "export") is None
    assert ask("inspection", "mean", flow="export") == 8.0


def test_boxes_that_roll_lose_the_time_to_the_vessel_that_takes_them() -> None:
    rolled = {"rolled": 1, "call_out": 1, "t_loaded": 230.0}
    waiting = {"rolled": 1, "call_out": -1, "t_loaded": NAN}
    ask = exports({}, {"trader": 0}, rolled, waiting, BY_RAIL)
    assert ask("first_vessel", "value", flow="export") == pytest.approx(2 / 3)
    assert ask("first_vessel", "value", "aeo", "export") == 1.0
    assert ask("rolled_boxes", "count", flow="export") == 2.0
    assert [ask("hours_lost", s, flow="export") for s in ("count", "unfinished")] == [1.0, 1.0]
    assert ask("hours_lost", "mean", flow="export") == (168.0 + 360.0) / 2, (
        "booked on a call that came at hour 40 of 400"
    )
    assert ask("hours_lost", "count", "aeo", "export") == 0.0


def test_other_booked_flows_roll_too() -> None:
    empty = {"flow": Flow.EMPTY, "t_lodged": NAN, "t_released": NAN, "trader": -1, "goods": -1}
    ask = exports(empty, empty | {"rolled": 1, "call_out": 1, "t_loaded": 230.0})
    assert ask("first_vessel", "value", flow="empty") == 0.5
    assert ask("hours_lost", "mean", flow="empty") == 168.0
    assert ask("first_vessel", "value", flow="domestic") is None


def test_a_port_without_exports_says_nothing_of_them() -> None:
    ask = Measured(log(boxes=boxes({})))
    assert ask("arrival_to_release", "count", flow="export") is None
    assert ask("rolled_boxes", "count", flow="export") is None
    assert ask("selected_share", "value", flow="export") is None


def test_detection_is_that_of_exports_too() -> None:
    ask = exports({"infringing": True, "found": True, "selected": True}, {}, {"infringing": True})
    assert ask("selected_share", "value", flow="export") == pytest.approx(1 / 3)
    assert ask("found_share", "value", flow="export") == 0.5
    assert ask("infringements_missed", "count", flow="import") == 0.0
