"""Law 2: a policy changes the boxes that it touches and those behind them in a queue, and no other, to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.policies import catalogue
from sim.port.evidence import replaced
from sim.port.port import Port, PortTimeline
from sim.records import RunLog
from tests.behaviour.runs import FCFS, SPARE, STRAINED, as_bytes, busy, changed, milestones, run, same
from tests.contracts.cases import OF_IMPORTS
from tests.oracle.ports import busy_port

ONE_IN_TEN = {**SPARE, **FCFS} | {f"customs.traders.{name}.inspection_rate": 0.1 for name in ("aeo", "ordinary")}
NARROW_SITE = ONE_IN_TEN | {"customs.inspection.scanners": 1, "customs.inspection.bays": 1}
NARROW_DESK = {**SPARE, **FCFS, "customs.review.officers": 1, "customs.review.manual_share": 0.6}


def planned(port: Port, key: str) -> Port:
    """Return the port under a policy of the action plan."""
    return catalogue()[key](**catalogue()[key].plan()).apply(port)


def nine_in_ten(values: dict[str, float]) -> tuple[RunLog, RunLog]:
    """Return the logs with the inspection rate as it is, and a tenth lower."""
    return busy(values), run(catalogue()["inspection_rate"](factor=0.9).apply(busy_port(values)))


def test_fewer_inspections_change_the_boxes_no_longer_picked() -> None:
    base, reform = nine_in_ten(ONE_IN_TEN)
    spared = base.boxes["selected"] & ~reform.boxes["selected"]
    assert 5 < spared.sum() < base.boxes["selected"].sum() / 5
    assert not np.any(reform.boxes["selected"] & ~base.boxes["selected"])
    notified = spared & ~base.boxes["quarantine"] & ~np.isnan(base.boxes["t_notified"])
    assert np.array_equal(changed(base, reform), notified)


def test_fewer_inspections_change_boxes_behind_those_no_longer_picked() -> None:
    base, reform = nine_in_ten(NARROW_SITE)
    spared = base.boxes["selected"] & ~reform.boxes["selected"]
    others = changed(base, reform) & ~spared
    assert others.any()
    assert np.all((base.boxes["selected"] | base.boxes["quarantine"])[others])
    assert np.nanmin(base.boxes["t_at_site"][others]) >= np.nanmin(base.boxes["t_at_site"][spared])
    assert same(base.boxes["t_at_site"], reform.boxes["t_at_site"])[~spared].all()


def test_two_steps_change_the_boxes_that_take_them() -> None:
    port = busy_port({**SPARE, **FCFS})
    base, reform = run(port), run(planned(port, "two_step_declaration"))
    adopters = reform.boxes["two_step"] & ~base.boxes["two_step"]
    assert not np.any(base.boxes["two_step"] & ~reform.boxes["two_step"])
    assert adopters.sum() > 50
    assert not np.any(changed(base, reform) & ~adopters)
    # who declared in advance had prepared already; who had lodged late lodges sooner
    late = adopters & ~base.boxes["advance"] & ~np.isnan(base.boxes["t_lodged"])
    assert np.all(reform.boxes["t_prepared"][late] < base.boxes["t_prepared"][late])


def test_two_steps_change_boxes_behind_those_that_take_them() -> None:
    port = busy_port(NARROW_DESK)
    base, reform = run(port), run(planned(port, "two_step_declaration"))
    adopters = reform.boxes["two_step"] & ~base.boxes["two_step"]
    others = changed(base, reform) & ~adopters
    assert others.any()
    assert base.boxes["manual"][others].all()
    assert same(base.boxes["t_lodged"], reform.boxes["t_lodged"])[~adopters].all()


def test_a_policy_that_never_comes_changes_nothing() -> None:
    port = busy_port(STRAINED)
    for key in OF_IMPORTS:
        later = PortTimeline((0.0, 24.0 * 21), (port, planned(port, key)))
        assert as_bytes(run(later)) == as_bytes(busy(STRAINED)), key


@pytest.mark.parametrize("key", [key for key in OF_IMPORTS if key != "advance_declaration"])
def test_a_policy_changes_nothing_before_its_day(key: str) -> None:
    """Without advance declarations, which a box that comes after that day lodges before it."""
    port = busy_port(STRAINED | {"customs.declaration.advance_share": 0})
    if key == "shipside_pickup":
        port = replaced(port, "customs.declaration.advance_share", busy_port({}).customs.declaration.advance_share)
    start = 240.0
    base, reform = run(port), run(PortTimeline((0.0, start), (port, planned(port, key))))
    for name in milestones(base):
        early = (base.boxes[name] < start) | (reform.boxes[name] < start)
        assert same(base.boxes[name], reform.boxes[name])[early].all(), name
    for name in base.calls:
        if name.startswith("t_"):
            early = (base.calls[name] < start) | (reform.calls[name] < start)
            assert same(base.calls[name], reform.calls[name])[early].all(), name
    # no two vessels happen to meet in the channel after that day
    assert as_bytes(base) != as_bytes(reform) or key == "two_way_channel"
