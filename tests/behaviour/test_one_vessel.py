"""One more vessel changes only what it touches: not one draw of another's, and nothing before its first box is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.metrics import self_check
from sim.port.port import Port, PortTimeline
from sim.port.traces import CallTrace, Traces
from sim.records import RunLog, Table
from tests.behaviour.runs import SPARE, STRAINED, busy, milestones, run, same
from tests.behaviour.whole import STRAINED as WHOLE_STRAINED
from tests.behaviour.whole import port_with, whole
from tests.oracle.ports import busy_port

NEWCOMER = "orient"
HOUR, LATE = 300.0, 620.0
"""When it arrives; where boxes are booked on it they come up to two weeks before it."""
APART = {"box", "call", "call_out", "booked"}
"""Columns that only number boxes and calls."""
NO_CONNECTIONS = {"traffic.cargo.flows.transhipment.connection_share": 0}
"""Else a box in transit may draw the newcomer for its vessel."""

Mask = NDArray[np.bool_]


def with_one_vessel(port: Port, like: str, hour: float) -> PortTimeline:
    """Return the port with one call more, at that hour, by a vessel such as a service has."""
    services = {**port.traffic.services, NEWCOMER: port.traffic.services[like]}
    more = port.model_copy(update={"traffic": port.traffic.model_copy(update={"services": services})})
    kind = list(port.traffic.vessel_classes).index(services[like].vessel_class)
    none, code = np.array([-1]), len(services) - 1
    call = CallTrace(np.array([hour]), np.array([code]), np.array([kind]), np.array([np.nan]), none, none)
    return PortTimeline((0.0,), (more,), Traces((code,), call))


def newcomers(log: RunLog) -> tuple[Mask, Mask]:
    """Return which calls and which boxes are the newcomer's."""
    calls = log.calls["service"] == log.names["service"].index(NEWCOMER)
    padded = np.append(calls, False)
    own = padded[log.boxes["call"]] & (log.boxes["booked"] < 0)
    return calls, np.asarray(own | padded[log.boxes["booked"]])


def first_seen(log: RunLog, own: Mask) -> float:
    """Return the first hour of anything that the newcomer's boxes do."""
    return min(float(np.nanmin(log.boxes[name][own], initial=LATE)) for name in milestones(log))


def hours_of(table: Table) -> list[str]:
    return [name for name in table if name.startswith("t_")]


CASES: dict[str, tuple[str, Mapping[str, Any]]] = {
    "imports, strained": ("south", STRAINED),
    "imports, ranks": ("south", STRAINED | {"customs.traders.aeo.priority": 1}),
    "all flows": ("east", NO_CONNECTIONS),
    "all flows, strained": ("east", WHOLE_STRAINED | NO_CONNECTIONS),
}


@pytest.fixture(name="pair", params=CASES, scope="module")
def _pair(request: pytest.FixtureRequest) -> tuple[RunLog, RunLog]:
    like, values = CASES[request.param]
    if "all flows" in request.param:
        return whole(values), run(with_one_vessel(port_with(values), like, LATE), 35)
    return busy(values), run(with_one_vessel(busy_port(dict(values)), like, HOUR))


def test_it_is_one_call_and_the_run_holds(pair: tuple[RunLog, RunLog]) -> None:
    before, after = pair
    calls, boxes = newcomers(after)
    assert calls.sum() == 1
    assert boxes.sum() > 30
    assert len(after.calls["call"]) == len(before.calls["call"]) + 1
    assert len(after.boxes["box"]) == len(before.boxes["box"]) + boxes.sum()
    assert self_check(after)[0] == ()


def test_every_other_call_and_box_keeps_what_is_drawn_for_it(pair: tuple[RunLog, RunLog]) -> None:
    before, after = pair
    calls, boxes = newcomers(after)
    for name in ("service", "terminal", "vessel_class", "t_arrived", "draft", "booked_boxes"):
        assert same(before.calls[name], after.calls[name][~calls]).all(), name
    # barges bring its boxes too
    sea = ~before.calls["barge"]
    assert same(before.calls["discharge_boxes"], after.calls["discharge_boxes"][~calls])[sea].all()
    drawn = ("flow", "by_in", "by_out", "teu", "reefer", "trader", "goods", "advance", "manual", "selected", "scan")
    for name in (*drawn, "quarantine", "sampled", "infringing", "europe", "one_port", "t_manifest"):
        assert same(before.boxes[name], after.boxes[name][~boxes]).all(), name


def test_nothing_before_it_is_changed_to_the_bit_and_something_after_it_is(pair: tuple[RunLog, RunLog]) -> None:
    before, after = pair
    calls, boxes = newcomers(after)
    first = first_seen(after, boxes)
    assert 24 < first <= LATE
    later = 0
    for old, new, own in ((before.calls, after.calls, calls), (before.boxes, after.boxes, boxes)):
        for name in hours_of(old):
            hours, others = old[name], new[name][~own]
            early = (hours < first) | (others < first)
            assert same(hours, others)[early].all(), name
            later += int(np.sum(~same(hours, others)))
    assert later > 0


def test_where_nobody_waits_for_another_it_changes_nobody() -> None:
    room = {**SPARE, "terminals.t1.quay.length": 5000, "terminals.t1.cranes.count": 100}
    port = busy_port(room).model_copy(update={"channel": None, "marine": None})
    before, after = run(port), run(with_one_vessel(port, "south", HOUR))
    calls, boxes = newcomers(after)
    assert boxes.sum() > 30
    for name in set(before.boxes) - APART:
        assert same(before.boxes[name], after.boxes[name][~boxes]).all(), name
    for name in hours_of(before.calls):
        assert same(before.calls[name], after.calls[name][~calls]).all(), name


def test_at_a_terminal_of_its_own_it_moves_no_box_elsewhere_but_through_the_desks_and_the_channel() -> None:
    """With desks that have room and no channel, the other terminals do not know of it, however full they are."""
    desks = {f"customs.{name}": 400 for name in ("review.officers", "inspection.scanners", "inspection.bays")}
    port = port_with(WHOLE_STRAINED | NO_CONNECTIONS | desks).model_copy(update={"channel": None, "marine": None})
    before, after = run(port, 35), run(with_one_vessel(port, "east", LATE), 35)
    _, boxes = newcomers(after)
    there = list(after.names["terminal"]).index("nansha_iv")
    old, new = before.boxes["terminal"] != there, (after.boxes["terminal"] != there) & ~boxes
    assert old.sum() > 1000
    assert np.any(before.boxes["rolled"][old] > 0)
    for name in set(before.boxes) - APART:
        assert same(before.boxes[name][old], after.boxes[name][new]).all(), name
    changed = ~same(
        before.boxes["t_gate_in"][~old], after.boxes["t_gate_in"][(after.boxes["terminal"] == there) & ~boxes]
    )
    assert changed.any()
