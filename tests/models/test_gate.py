"""The truck gate: when trucks come, the lanes for those that bring boxes, and trucks that are kept outside."""

from __future__ import annotations

import math
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.models.gate import Gate
from sim.models.haulage import Haulage
from sim.models.openings import Openings
from sim.port.port import Port
from sim.records import BOX_FIELDS, Mode, empty
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import number

FIRST = 2
"""Rows of the table before the booked boxes."""
LANES = {n: whole_port_with(terminals__t1__gate__drop_off_lanes=n) for n in (None, 1, 2, 3, 5)}
OPENINGS = Openings(always(LANES[1]), horizon(30), Draws(1, 0))


class Lorries:
    """Booked boxes that trucks bring to the first terminal, planned at these hours, and its gate, open from 6 to 22."""

    def __init__(self, planned: list[float], lane: float = 0.5, port: Port | None = None, spread: float = 1.5) -> None:
        port = port or LANES[1]
        size = FIRST + len(planned)
        self.table = empty(BOX_FIELDS, size)
        self.table["by_in"][FIRST:] = Mode.ROAD
        self.table["terminal"][:] = 0
        self.rows = np.arange(FIRST, size)
        self.boxes: Any = SimpleNamespace(
            table=self.table,
            discharged=FIRST,
            planned=np.array(planned, dtype=float),
            haulage=Haulage(np.full(size, lane), np.full(size, 0.25), np.full(size, spread)),
        )
        self.openings = OPENINGS if not port.weather else Openings(always(port), horizon(30), Draws(1, 0))
        self.gate = Gate(always(port), self.openings, self.boxes, 0)

    def told(self, name: str) -> list[float]:
        return [float(value) for value in self.table[name][self.rows]]

    def let_in(self, *hours: float) -> list[list[int]]:
        """Let trucks in at each of these hours, up to the next; return the places of their boxes."""
        return [(self.gate.let_in(now, until) - FIRST).tolist() for now, until in pairwise(hours)]


def test_a_truck_comes_when_its_box_is_planned_or_in_the_rush_after_opening() -> None:
    lorries = Lorries([9.0, 6.0, 3.0, 23.0, 21.99])
    assert lorries.told("t_truck") == [9.0, 6.0, 7.5, 24 + 7.5, 21.99]
    assert lorries.told("pickup_closed") == [0.0, 0.0, 4.5, 8.5, 0.0]
    assert np.isnan(lorries.told("t_gate_in")).all()


def test_boxes_that_are_there_at_hour_0_or_come_another_way_have_no_truck_of_this_gate() -> None:
    lorries = Lorries([9.0] * 5)
    table = lorries.table
    table["t_truck"][:] = np.nan
    table["by_in"][FIRST] = Mode.BARGE
    table["direct"][FIRST + 1] = True
    table["terminal"][FIRST + 2] = 1
    lorries.boxes.planned[3] = -0.5
    gate = Gate(always(whole_port_with()), lorries.openings, lorries.boxes, 0)
    assert np.flatnonzero(np.isfinite(table["t_truck"])).tolist() == [FIRST + 4]
    assert gate.let_in(0.0, 24.0).tolist() == [FIRST + 4]


def test_trucks_that_bring_boxes_wait_for_their_lane_in_turn() -> None:
    lorries = Lorries([8.0, 8.2, 8.1, 12.0])
    assert lorries.let_in(6.0, 18.0) == [[0, 2, 1, 3]]
    assert lorries.told("t_gate_in") == pytest.approx([8.5, 9.5, 9.0, 12.5])
    assert lorries.told("gate_queued") == pytest.approx([0, 0.8, 0.4, 0])
    assert lorries.told("gate_service") == pytest.approx([0.5] * 4)
    assert np.isnan(lorries.told("t_gate_out")).all()


def test_a_truck_that_comes_just_at_a_list_belongs_to_it_and_not_to_the_one_before() -> None:
    assert Lorries([12.0, 11.999]).let_in(6.0, 12.0, 18.0) == [[1], [0]]


def test_a_truck_let_in_before_a_list_may_be_through_its_lane_after_it() -> None:
    lorries = Lorries([11.8, 11.9, 12.0])
    assert lorries.let_in(6.0, 12.0, 18.0) == [[0, 1], [2]]
    assert lorries.told("t_gate_in") == pytest.approx([12.3, 12.8, 13.3])


def test_those_that_fetch_boxes_have_lanes_of_their_own() -> None:
    lorries = Lorries([8.0] * 40)
    lorries.boxes.haulage.lane[0] = 0.1
    lorries.gate.fetch(np.array([0]), np.array([8.0]))
    lorries.let_in(6.0, 12.0)
    assert lorries.gate.advance(12.0).tolist() == [0]
    assert lorries.table["t_gate_in"][0] == pytest.approx(8.1)
    assert lorries.table["t_gate_out"][0] == pytest.approx(8.35)


def test_trucks_kept_outside_join_the_line_when_they_are_let_in() -> None:
    lorries = Lorries([7.0, 13.0, 14.0, 19.0])
    assert lorries.let_in(6.0, 12.0) == [[0]]
    lorries.gate.hold(18.0)
    assert lorries.told("t_gate_in")[1:] == pytest.approx([math.nan] * 3, nan_ok=True)
    assert lorries.let_in(18.0, 24.0) == [[1, 2, 3]]
    assert lorries.told("t_gate_in") == pytest.approx([7.5, 18.5, 19.0, 19.5])
    assert lorries.told("t_truck")[1] == 13.0  # the truck has stood there since


def test_kept_outside_again_and_again_none_is_lost() -> None:
    lorries = Lorries([7.0, 13.0, 25.0])
    for until in (12.0, 18.0, 24.0, 30.0):
        lorries.gate.hold(until)
    assert lorries.let_in(30.0, 36.0) == [[0, 1, 2]]
    assert lorries.let_in(36.0, 42.0) == [[]]


def test_without_lanes_of_their_own_they_find_no_queue() -> None:
    lorries = Lorries([8.0, 8.0, 8.0, 3.0], port=LANES[None])
    lorries.let_in(6.0, 12.0)
    assert lorries.told("t_gate_in") == [8.0, 8.0, 8.0, 7.5]
    assert np.isnan(lorries.told("gate_service")).all()


def test_a_box_is_in_the_port_after_the_list_that_lets_its_truck_in() -> None:
    lorries = Lorries([12.0, 12.0], port=LANES[None])
    lorries.let_in(12.0, 18.0)
    assert lorries.told("t_gate_in") == [math.nextafter(12.0, 13.0)] * 2


@pytest.mark.parametrize("lanes", [None, 1])
def test_a_gate_that_is_closed_lets_nobody_in_who_was_kept_outside(lanes: int | None) -> None:
    """The yard has room again at midnight; the gate opens at six."""
    lorries = Lorries([20.0], port=LANES[lanes])
    lorries.gate.hold(24.0)
    lorries.let_in(24.0, 30.0)
    assert lorries.told("t_gate_in") == [30.0 if lanes is None else 30.5]


def test_a_storm_closes_the_gate() -> None:
    storm = {"rate": number(300, "events/year"), "duration": number(9, "h"), "months": [3]}
    port = whole_port_with(
        terminals__t1__gate__drop_off_lanes=None,
        weather={"storm": {**storm, "closes_quay": False, "closes_land": True}},
    )
    lorries = Lorries([k / 2 for k in range(400)], port=port)
    calm, hours = (o.land(lambda p: p.terminals["t1"].gate.calendar.value) for o in (OPENINGS, lorries.openings))
    assert np.any(calm.is_open(np.arange(200.5)) & ~hours.is_open(np.arange(200.5)))
    assert np.all(hours.is_open(np.array(lorries.told("t_truck"))))


visits = st.lists(st.floats(0, 200), max_size=30)


@settings(deadline=None)
@given(visits, st.integers(1, 24), st.integers(1, 3))
def test_how_often_lists_are_drawn_up_changes_no_truck(planned: list[float], interval: int, lanes: int) -> None:
    once, often = (Lorries(planned, port=LANES[lanes]) for _ in range(2))
    once.let_in(0.0, 400.0)
    often.let_in(*np.arange(0.0, 400.0 + interval, interval).tolist())
    # but for a truck on the stroke of hour 0, which is in the port after it
    assert once.told("t_gate_in") == often.told("t_gate_in")
    assert once.told("gate_queued") == often.told("gate_queued")


@settings(deadline=None)
@given(visits, st.floats(0, 3))
def test_more_lanes_never_keep_a_truck_longer(planned: list[float], lane: float) -> None:
    through = []
    for lanes in (1, 2, 5):
        lorries = Lorries(planned, lane, LANES[lanes])
        lorries.let_in(0.0, 6.0, 400.0)
        through.append(np.array(lorries.told("t_gate_in")))
    for fewer, more in pairwise(through):
        assert np.all(more <= fewer + 1e-9)
