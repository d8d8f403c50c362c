"""With all flows nothing is lost either: not at a gate, not between two vessels, not for those who missed theirs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.metrics.conservation import conservation
from sim.records import Event, Flow, Mode, RunLog
from tests.behaviour.runs import run
from tests.behaviour.whole import STRAINED, port_with, whole

Mask = NDArray[np.bool_]
VALUES = {
    "plain": {},
    "strained": STRAINED,
    "little room": STRAINED | {"traffic.cargo.bookings.room": 0.9, "traffic.cargo.bookings.cut_off": 40},
    "straight from the truck": {"customs.export.direct_share": 1, "customs.export.advance_share": 1},
    "one port, one supervision": {"traffic.cargo.bookings.one_port_share": 1, "rail.seamless": True},
    "shuttle by rail": {"rail.shuttle_mode": "rail", "traffic.cargo.bookings.europe_share": 0.9},
    "all in transit": {
        "traffic.cargo.flows.transhipment.connection_share": 0.5,
        "traffic.cargo.flows.transhipment.share": 0.4,
        "traffic.cargo.bookings.room": 1.1,
    },
}
HOURS = np.arange(0.0, 24 * 35 + 1)


@pytest.fixture(name="log", params=VALUES)
def _log(request: pytest.FixtureRequest) -> RunLog:
    return whole(VALUES[request.param])


def test_the_run_finds_no_fault_with_itself(log: RunLog) -> None:
    assert conservation(log) == []


TO_ROAD = ("t_truck", "t_gate_in", "t_gate_out")


def chain(flow: Flow, by_in: Mode, by_out: Mode) -> tuple[str, ...]:
    """Return the milestones between which such a box is in the port, one after the other."""
    came = "t_discharged" if by_in in (Mode.SEA, Mode.BARGE) else "t_gate_in"
    cleared = () if flow in (Flow.DOMESTIC, Flow.EMPTY) else ("t_released",)
    left = TO_ROAD if by_out == Mode.ROAD else ("t_gate_out",) if by_out == Mode.RAIL else ("t_loaded",)
    return (came, *cleared, *left)


def kinds(log: RunLog) -> NDArray[np.int64]:
    """Return the kind of slot of each box: dry, reefer, empty."""
    return np.where(log.boxes["reefer"], 1, np.where(log.boxes["flow"] == Flow.EMPTY, 2, 0))


def past(column: NDArray[np.float64]) -> Mask:
    """Return whether that milestone has passed, shape (hours, boxes)."""
    return np.asarray(column[None, :] <= HOURS[:, None])


def test_at_every_hour_what_came_is_what_left_and_what_is_there_by_terminal_flow_and_kind(log: RunLog) -> None:
    """What is there is counted by what it waits for; a box with a hole in its chain would be in no count or in two."""
    boxes, kind = log.boxes, kinds(log)
    group = (boxes["terminal"] * 5 + boxes["flow"]) * 3 + kind
    size = 3 * 5 * 3
    totals = {name: np.zeros((len(HOURS), size)) for name in ("came", "there", "left")}
    ways = np.unique(np.stack([boxes["flow"], boxes["by_in"], boxes["by_out"]]), axis=1).T.tolist()
    assert len(ways) >= 14
    for flow, by_in, by_out in ways:
        mine = (boxes["flow"] == flow) & (boxes["by_in"] == by_in) & (boxes["by_out"] == by_out)
        milestones = chain(Flow(flow), Mode(by_in), Mode(by_out))
        reached = {name: past(boxes[name][mine]) for name in milestones}
        waits = np.zeros((len(HOURS), int(mine.sum())), dtype=np.int64)
        for before, after in pairwise(milestones):
            waits += reached[before] & ~reached[after]
        assert waits.max(initial=0) <= 1
        for name, count in (("came", reached[milestones[0]]), ("there", waits), ("left", reached[milestones[-1]])):
            for hour in range(len(HOURS)):
                totals[name][hour] += np.bincount(group[mine], weights=count[hour], minlength=size)
    assert np.array_equal(totals["came"], totals["left"] + totals["there"])
    assert totals["there"][-1].sum() > 0


def test_a_box_that_came_in_one_way_did_not_come_in_another(log: RunLog) -> None:
    boxes = log.boxes
    by_truck = boxes["by_in"] == Mode.ROAD
    assert np.all(np.isnan(boxes["t_discharged"][by_truck]))
    assert np.all(np.isnan(boxes["t_gate_in"][(boxes["by_in"] == Mode.BARGE) & (boxes["booked"] >= 0)]))
    by_water = np.isin(boxes["by_out"], (Mode.SEA, Mode.BARGE))
    assert np.all(np.isnan(boxes["t_gate_out"][by_water]))
    assert np.all(np.isnan(boxes["t_loaded"][~by_water]))


def listing_order(log: RunLog, service: int) -> NDArray[np.intp]:
    """Return the calls of a service that have begun to load, in that order."""
    mine = np.flatnonzero((log.calls["service"] == service) & np.isfinite(log.calls["t_discharged"]))
    return mine[np.argsort(log.calls["t_discharged"][mine], kind="stable")]


def test_a_box_missed_the_calls_between_its_own_and_the_one_that_took_it(log: RunLog) -> None:
    """Or those until now, if it still waits, in the port or outside; a box for the train misses none."""
    boxes = log.boxes
    booked = boxes["booked"] >= 0
    train = booked & (boxes["by_out"] == Mode.RAIL)
    assert not boxes["rolled"][train].any()
    assert not boxes["rolled"][~booked].any()
    some = 0
    for service in range(len(log.names["service"])):
        order = listing_order(log, service)
        place = np.full(len(log.calls["call"]), len(order))
        place[order] = np.arange(len(order))
        mine = np.flatnonzero(booked & ~train & (log.calls["service"][boxes["booked"]] == service))
        out = boxes["call_out"][mine]
        # on the list of a call that has not loaded it yet, it is as good as gone with her
        on_list = np.isnan(boxes["t_loaded"][mine])
        until = np.where(on_list, len(order), place[out])
        missed = until - place[boxes["booked"][mine]]
        at_work = on_list & (boxes["rolled"][mine] == missed - 1) & np.any(np.isnan(log.calls["t_worked"][order]))
        assert np.all((boxes["rolled"][mine] == np.maximum(0, missed)) | at_work)
        some += int(np.sum(missed > 0))
    assert some > 0


def test_a_call_loads_what_was_booked_and_rolled_to_it_and_what_waited_less_what_rolled_on(log: RunLog) -> None:
    """Told service by service from the boxes: a call takes nobody who was not in the line when she loaded."""
    boxes = log.boxes
    for service in range(len(log.names["service"])):
        line: set[int] = set()
        for call in listing_order(log, service).tolist():
            if np.isnan(log.calls["t_worked"][call]) or log.calls["barge"][call]:
                continue
            own = np.flatnonzero((boxes["booked"] == call) & (boxes["by_out"] == Mode.SEA))
            line |= set(own.tolist())
            taken = set(np.flatnonzero(boxes["call_out"] == call).tolist())
            in_transit = {row for row in taken if boxes["booked"][row] < 0}
            assert taken - in_transit <= line
            assert all(boxes["flow"][row] == Flow.TRANSHIPMENT for row in in_transit)
            line -= taken
            assert len(taken) == log.calls["load_boxes"][call]


def test_no_vessel_takes_more_than_its_room_and_no_barge_or_train_more_than_it_carries(log: RunLog) -> None:
    calls, boxes = log.calls, log.boxes
    capacity = np.array([log.factors[f"classes.{key}.capacity"] for key in log.names["vessel_class"]])
    barge = calls["barge"]
    assert np.all(calls["load_teu"][barge] <= capacity[calls["vessel_class"][barge]])
    came = np.bincount(boxes["call"][boxes["call"] >= 0], boxes["teu"][boxes["call"] >= 0], minlength=len(barge))
    assert np.all(came[barge] <= capacity[calls["vessel_class"][barge]])
    assert np.all(log.trains["teu"] <= log.trains["capacity_teu"])


def test_a_carrier_that_left_boxes_behind_was_full(log: RunLog) -> None:
    """To the last box of 2 TEU."""
    calls, trains = log.calls, log.trains
    capacity = np.array([log.factors[f"classes.{key}.capacity"] for key in log.names["vessel_class"]])
    short = calls["barge"] & (calls["left_boxes"] > 0)
    assert np.all(calls["load_teu"][short] > capacity[calls["vessel_class"][short]] - 2)
    short = trains["left_boxes"] > 0
    assert np.all(trains["teu"][short] > trains["capacity_teu"][short] - 2)


def test_lots_are_of_the_boxes_that_a_call_moves(log: RunLog) -> None:
    events, calls = log.events, log.calls
    for kind, count, milestone in (
        (Event.LOT_DISCHARGED, "discharge_boxes", "t_discharged"),
        (Event.LOT_LOADED, "load_boxes", "t_worked"),
    ):
        lots = events["kind"] == kind
        moved = np.bincount(events["call"][lots], weights=events["value"][lots], minlength=len(calls["call"]))
        done = np.isfinite(calls[milestone])
        assert np.array_equal(moved[done], calls[count][done])


def test_in_a_strained_port_boxes_miss_vessels_barges_and_trains() -> None:
    log = whole(STRAINED)
    assert np.sum(log.boxes["rolled"] > 0) > 100
    assert log.calls["left_boxes"][log.calls["barge"]].sum() > 100
    assert log.calls["left_boxes"][~log.calls["barge"]].sum() > 10
    assert log.trains["left_boxes"].sum() > 0


VARIED: dict[str, list[float | bool | str]] = {
    "traffic.cargo.bookings.room": [0, 0.7, 1, 3],
    "traffic.cargo.bookings.cut_off": [0, 24, 90],
    "traffic.cargo.bookings.list_interval": [1, 6, 31],
    "traffic.cargo.bookings.connection_room": [0, 0.06, 0.9],
    "traffic.cargo.bookings.europe_share": [0, 1],
    "traffic.cargo.bookings.one_port_share": [0, 1],
    "traffic.cargo.bookings.road_lead": [2, 90],
    "traffic.cargo.bookings.flows.export.barge_share": [0, 1],
    "traffic.cargo.flows.transhipment.connection_share": [0, 0.5],
    "traffic.cargo.flows.import.barge_share": [0, 1],
    "traffic.vessel_classes.barge.capacity": [3, 15, 100],
    "traffic.services.river_a.arrivals.interval": [7, 40],
    "customs.export.direct_share": [0, 1],
    "customs.export.advance_lead": [0, 24],
    "customs.transhipment.automatic_share": [0, 1],
    "customs.review.officers": [1, 3],
    "rail.seamless": [False, True],
    "rail.shuttle_mode": ["truck", "rail"],
    "rail.capacity": [2, 60],
    "terminals.t1.yard.dry.teu": [150, 500, 3000],
    "terminals.t1.yard.empty.teu": [60, 2000],
    "terminals.t1.gate.stop_from": [0.05, 0.95],
    "terminals.t1.gate.drop_off_lanes": [1, 2],
    "terminals.t1.gate.service": [2, 25],
    "terminals.t1.basin.quay.length": [55, 200],
}


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({}, optional={path: st.sampled_from(values) for path, values in VARIED.items()}))
def test_whatever_is_varied_nothing_is_lost(values: dict[str, float | bool | str]) -> None:
    assert conservation(run(port_with(values), 12)) == []
