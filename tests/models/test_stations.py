"""What each waiting line was asked for and could give, up to the end of the run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.models import simulate
from sim.port.port import Port, PortTimeline
from sim.records import Flow, Mode, RunLog
from tests.models.ports import always, horizon, port_with, whole_port_with
from tests.small_port import share, small_port, whole_small_port


def row(log: RunLog, station: str) -> dict[str, Any]:
    code = log.names["station"].index(station)
    return {name: column[code] for name, column in log.stations.items()}


LOG = simulate(always(small_port()), horizon(60), 1, 0)


def test_every_line_has_a_row() -> None:
    assert log_names(LOG) == ["review", "scanner", "examination", "gate t1"]


def log_names(log: RunLog) -> list[str]:
    return [log.names["station"][code] for code in log.stations["station"]]


@pytest.mark.parametrize(
    ("station", "stage", "milestone"),
    [("review", "review", "t_reviewed"), ("scanner", "scan", "t_scanned"), ("gate t1", "gate", "t_gate_in")],
)
def test_served_and_work_are_those_of_the_boxes_that_are_through(station: str, stage: str, milestone: str) -> None:
    through = (LOG.boxes[milestone] >= 0) & ~np.isnan(LOG.boxes[f"{stage}_service"])
    assert row(LOG, station)["served"] == through.sum() > 0
    assert row(LOG, station)["work"] == pytest.approx(LOG.boxes[f"{stage}_service"][through].sum(dtype=float))


def test_capacity_is_servers_times_open_hours_from_the_first_hour_to_the_last() -> None:
    assert row(LOG, "review")["capacity"] == pytest.approx(3 * 60 * 9)
    assert row(LOG, "gate t1")["capacity"] == pytest.approx(2 * 60 * 16)
    assert row(LOG, "review")["servers"] == pytest.approx(3)


def test_servers_that_come_later_count_from_then() -> None:
    timeline = PortTimeline((-np.inf, 30 * 24.0), (small_port(), port_with(customs__review__officers=5)))
    log = simulate(timeline, horizon(60), 1, 0)
    assert row(log, "review")["capacity"] == pytest.approx((3 * 30 + 5 * 30) * 9)
    assert row(log, "review")["servers"] == pytest.approx(4)


BUSY = {"customs__review__officers": 1, "customs__review__manual_share": 1.0}


def test_a_line_that_is_asked_for_too_much_gives_no_more_than_it_can() -> None:
    log = simulate(always(port_with(**BUSY)), horizon(60), 1, 0)
    busy = row(log, "review")
    # the job on the desk at hour 0 counts whole
    assert 0.85 < busy["work"] / busy["capacity"] < 1.005


def test_hours_of_a_stage_are_told_with_its_milestone_and_not_before() -> None:
    short = simulate(always(port_with(**BUSY)), horizon(20), 1, 0)
    ends = {"lodge": "t_lodged", "review": "t_reviewed", "pickup": "t_truck", "gate": "t_gate_in"}
    for stage, milestone in ends.items():
        for name in (n for n in short.boxes if n.startswith(f"{stage}_")):
            told = ~np.isnan(short.boxes[name])
            assert not np.any(told & np.isnan(short.boxes[milestone])), name
            assert np.all(np.isfinite(short.boxes[name][told])), name


def test_gates_of_two_terminals_are_two_lines() -> None:
    tree = small_port().model_dump(mode="json", exclude_none=True)
    tree["terminals"]["t2"] = tree["terminals"]["t1"]
    tree["traffic"]["services"]["south"]["terminal"] = "t2"
    log = simulate(always(Port.model_validate(tree)), horizon(60), 1, 0)
    assert log_names(log)[-2:] == ["gate t1", "gate t2"]
    through = np.isfinite(log.boxes["t_gate_in"]) & ~log.boxes["shipside"]
    for code, gate in enumerate(("gate t1", "gate t2")):
        assert row(log, gate)["served"] == np.sum(through & (log.boxes["terminal"] == code)) > 0


WHOLE = simulate(always(whole_small_port()), horizon(60), 1, 0)


def test_lanes_for_trucks_that_bring_boxes_have_rows_of_their_own() -> None:
    gates = [f"{lane} {key}" for key in ("t1", "nansha_iv", "nansha_v") for lane in ("gate", "drop-off")]
    assert log_names(WHOLE) == ["review", "scanner", "examination", *gates]


@pytest.mark.parametrize("code", [0, 1, 2])
def test_each_gate_counts_the_trucks_of_its_lanes(code: int) -> None:
    key = WHOLE.names["terminal"][code]
    boxes = WHOLE.boxes
    here = (boxes["terminal"] == code) & (boxes["t_gate_in"] >= 0) & ~np.isnan(boxes["gate_service"])
    for lane, mine in (
        ("gate", here & (boxes["by_out"] == Mode.ROAD)),
        ("drop-off", here & (boxes["by_in"] == Mode.ROAD)),
    ):
        assert row(WHOLE, f"{lane} {key}")["served"] == mine.sum()
        assert row(WHOLE, f"{lane} {key}")["work"] == pytest.approx(boxes["gate_service"][mine].sum(dtype=float))
        assert row(WHOLE, f"{lane} {key}")["capacity"] == pytest.approx(2 * 60 * 16)
    assert (row(WHOLE, f"drop-off {key}")["served"] > 0) == (code < 2)


def test_a_box_that_goes_straight_to_the_vessel_or_was_there_before_the_run_is_no_work_of_a_lane() -> None:
    boxes = WHOLE.boxes
    none = boxes["direct"] | (boxes["t_gate_in"] < 0)
    assert none.any()
    assert np.all(np.isnan(boxes["gate_service"][none]))


def test_desks_serve_imports_and_exports() -> None:
    boxes = WHOLE.boxes
    for flow in (Flow.IMPORT, Flow.EXPORT):
        assert np.any((boxes["flow"] == flow) & (boxes["t_reviewed"] >= 0) & ~np.isnan(boxes["review_service"]))
    through = (boxes["t_reviewed"] >= 0) & ~np.isnan(boxes["review_service"])
    assert row(WHOLE, "review")["served"] == through.sum()
    assert not np.any(through & ~np.isin(boxes["flow"], (Flow.IMPORT, Flow.EXPORT)))


def test_without_trucks_that_bring_boxes_there_are_no_such_rows() -> None:
    flows = {"empty": {"barge_share": share(1)}}
    log = simulate(always(whole_port_with(traffic__cargo__bookings__flows=flows)), horizon(20), 1, 0)
    assert not any(name.startswith("drop-off") for name in log.names["station"])
