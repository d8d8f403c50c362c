"""Law 2 across all flows: a policy changes the boxes that it touches and those that share a room with them, no other.

Where rooms have no end, it changes those alone, to the bit; where they have, it leaves what is drawn for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.policies import catalogue
from sim.port.port import PortTimeline
from sim.records import Flow, Mode, RunLog, Table
from tests.behaviour.attributes import differ, drawn
from tests.behaviour.runs import as_bytes, milestones, run, same
from tests.behaviour.whole import SPARE, STRAINED, port_with, whole
from tests.contracts.cases import OF_IMPORTS

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Switch:
    """A change of the port; touched: tells from the boxes before and after whom it is meant for."""

    values: Mapping[str, Any]
    touched: Callable[[Table, Table], Mask]
    least: int


def flag(name: str) -> Callable[[Table, Table], Mask]:
    return lambda before, after: np.asarray(before[name] != after[name])


SWITCHES = {
    "direct loading": Switch({"customs.export.direct_share": 0.5}, flag("direct"), 100),
    "one port": Switch({"traffic.cargo.bookings.one_port_share": 0.5}, flag("one_port"), 50),
    "one supervision": Switch({"rail.seamless": True}, lambda before, _: np.asarray(before["europe"]), 100),
    "automatic transhipment": Switch({"customs.transhipment.automatic_share": 0.9}, flag("automatic"), 100),
    "transhipment at any hour": Switch(
        {"customs.transhipment.calendar": "h24"},
        lambda before, _: np.asarray((before["flow"] == Flow.TRANSHIPMENT) & ~before["automatic"]),
        100,
    ),
    "exports in advance": Switch({"customs.export.advance_share": 0.9}, flag("advance"), 100),
    "imports by barge": Switch({"traffic.cargo.flows.import.barge_share": 0.6}, flag("by_out"), 100),
    "larger trains": Switch({"rail.capacity": 30}, lambda before, _: np.asarray(before["by_out"] == Mode.RAIL), 50),
}
every_switch = pytest.mark.parametrize("name", SWITCHES)


def pair(name: str, values: Mapping[str, Any]) -> tuple[RunLog, RunLog, Mask]:
    """Return the logs without and with a switch, and whom it is meant for."""
    switch = SWITCHES[name]
    base, other = whole(values), whole({**values, **switch.values})
    return base, other, switch.touched(base.boxes, other.boxes)


def other_rows(base: RunLog, other: RunLog) -> Mask:
    """Return which boxes differ in any column of the log."""
    return ~np.all([same(column, other.boxes[name]) for name, column in base.boxes.items()], axis=0)


@every_switch
def test_where_nobody_waits_for_another_only_those_meant_are_changed(name: str) -> None:
    base, other, touched = pair(name, SPARE)
    assert touched.sum() >= SWITCHES[name].least
    assert not np.any(other_rows(base, other) & ~touched)


@every_switch
def test_and_no_vessel_or_barge_is_moved(name: str) -> None:
    base, other, _ = pair(name, SPARE)
    for column in (column for column in base.calls if column.startswith("t_") or column in {"position", "draft"}):
        assert same(base.calls[column], other.calls[column]).all(), column


@pytest.mark.parametrize("values", [{}, STRAINED], ids=["plain", "strained"])
@every_switch
def test_what_is_drawn_for_the_others_stays_to_the_bit(name: str, values: Mapping[str, Any]) -> None:
    switch = SWITCHES[name]
    base, other = drawn(port_with(values)), drawn(port_with({**values, **switch.values}))
    touched = switch.touched(base.boxes.table, other.boxes.table)
    assert not np.any(differ(base, other) & ~touched)
    for column in ("t_arrived", "service", "draft", "discharge", "load", "booked", "crane_rate"):
        assert getattr(base.calls, column).tobytes() == getattr(other.calls, column).tobytes(), column


def test_boxes_loaded_straight_from_the_truck_are_those_that_change_for_it() -> None:
    base, other, touched = pair("direct loading", SPARE)
    came = np.isfinite(base.boxes["t_arrived"]) & np.isfinite(other.boxes["t_loaded"])
    assert other_rows(base, other)[touched].all()
    later = touched & came
    assert later.sum() > 100
    assert np.all(other.boxes["t_arrived"][later] > base.boxes["t_arrived"][later])
    assert not np.any(other.boxes["t_loaded"][later] > base.boxes["t_loaded"][later])


def test_boxes_cleared_at_the_river_port_come_later_and_are_released_at_once() -> None:
    base, other, touched = pair("one port", SPARE)
    both = touched & np.isfinite(base.boxes["t_arrived"]) & np.isfinite(other.boxes["t_arrived"])
    assert both.sum() > 30
    assert np.all(other.boxes["t_arrived"][both] >= base.boxes["t_arrived"][both])
    assert np.array_equal(other.boxes["t_released"][both], other.boxes["t_arrived"][both])


def test_under_one_supervision_all_boxes_for_europe_take_the_train_and_none_is_declared_again() -> None:
    base, other, _ = pair("one supervision", SPARE)
    assert not other.rail["again"].any()
    assert base.rail["again"].all()
    gone = np.isfinite(other.boxes["t_gate_out"])
    assert np.array_equal(other.boxes["by_out"][gone] == Mode.RAIL, (other.boxes["europe"] & gone)[gone])
    assert len(other.rail["box"]) > len(base.rail["box"])


def test_transhipment_released_automatically_is_never_released_later() -> None:
    base, other, touched = pair("automatic transhipment", SPARE)
    both = touched & np.isfinite(base.boxes["t_released"])
    assert np.all(other.boxes["t_released"][both] <= base.boxes["t_released"][both])
    assert np.any(other.boxes["t_released"][both] < base.boxes["t_released"][both] - 5)


def test_in_a_strained_port_the_others_change_only_through_what_they_share() -> None:
    """So nothing of theirs changes before the first truck that stays away from the lanes, or comes to the vessel."""
    base, other, touched = pair("direct loading", STRAINED)
    others = other_rows(base, other) & ~touched
    assert others.any()
    first = np.nanmin(np.where(touched, np.fmin(base.boxes["t_truck"], other.boxes["t_arrived"]), np.nan))
    for name in milestones(base):
        early = (base.boxes[name] < first) | (other.boxes[name] < first)
        assert same(base.boxes[name], other.boxes[name])[early & ~touched].all(), name


FOR_A_WHOLE_RUN = {"phase_iv", "phase_v"}
"""Services do not change terminals within a run."""
FOR_ALL_FLOWS = [key for key in catalogue() if key not in OF_IMPORTS and key not in FOR_A_WHOLE_RUN]
BEFORE_ITS_DAY = {"export_advance_declaration", "one_port_pass"}
"""Policies that a box meets before its vessel's day: its declaration, or its lead, is counted back from then."""


@pytest.mark.parametrize("key", FOR_ALL_FLOWS)
def test_a_policy_that_never_comes_changes_nothing(key: str) -> None:
    port = port_with(STRAINED)
    reformed = catalogue()[key](**catalogue()[key].plan()).apply(port)
    assert reformed != port
    assert as_bytes(run(PortTimeline((0.0, 24.0 * 35), (port, reformed)), 35)) == as_bytes(whole(STRAINED))


@pytest.mark.parametrize("key", [key for key in FOR_ALL_FLOWS if key not in BEFORE_ITS_DAY])
def test_a_policy_changes_nothing_before_its_day(key: str) -> None:
    start, port = 240.0, port_with(STRAINED)
    reformed = catalogue()[key](**catalogue()[key].plan()).apply(port)
    base, other = whole(STRAINED), run(PortTimeline((0.0, start), (port, reformed)), 35)
    for table, others in ((base.boxes, other.boxes), (base.calls, other.calls), (base.trains, other.trains)):
        for name in (name for name in table if name.startswith("t_") and len(table[name]) == len(others[name])):
            early = (table[name] < start) | (others[name] < start)
            assert same(table[name], others[name])[early].all(), name
