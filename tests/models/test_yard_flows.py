"""The yard of a port with all flows: slots for empties, boxes that leave by sea, and when trucks are stopped."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.yard import YardLedger
from sim.port.port import Port, PortTimeline
from sim.records import BOX_FIELDS, Flow, empty
from tests.models.ports import always, whole_port_with
from tests.models.test_yard import Leavers
from tests.small_port import number, share

NAN = float("nan")
Box = tuple[Flow, bool, int, float, float]
"""Flow, reefer, TEU, hour at which it is out by road, and aboard a vessel: NaN where it is not."""


def port(stop_from: float | None = 0.5, own_empty: bool = True) -> Port:
    """Return a port whose first terminal has 100 dry, 20 reefer and, perhaps, 30 empty TEU."""
    yard: dict[str, Any] = {"terminals__t1__yard__dry__teu": 100, "terminals__t1__yard__reefer__teu": 20}
    yard["terminals__t1__yard__empty"] = {"teu": number(30, "TEU")} if own_empty else None
    yard["terminals__t1__gate__stop_from"] = None if stop_from is None else share(stop_from)
    return whole_port_with(**yard)


HALF, NEVER, SHARED = port(), port(None), port(own_empty=False)


class Yard:
    """The ledger of the first terminal, and the boxes it may hold."""

    def __init__(self, boxes: list[Box], at: Port | PortTimeline = HALF) -> None:
        table = empty(BOX_FIELDS, len(boxes))
        for name, column in zip(
            ("flow", "reefer", "teu", "t_gate_out", "t_loaded"), zip(*boxes, strict=True), strict=True
        ):
            table[name][:] = column
        table["terminal"][:] = 0
        self.leavers = Leavers()
        own: Any = SimpleNamespace(table=table)
        land_side: Any = self.leavers
        self.ledger = YardLedger(at if isinstance(at, PortTimeline) else always(at), own, land_side)

    def room(self, first: int, last: int, now: float) -> bool:
        """Bring a lot by the quay; return whether it found room."""
        found = self.ledger.room(0, np.arange(first, last), now) is not None
        if found:
            self.leavers.landed += range(first, last)
        return found

    def admit(self, first: int, last: int) -> None:
        """Let trucks in with these boxes."""
        self.ledger.admit(0, np.arange(first, last))
        self.leavers.landed += range(first, last)

    def stops(self, now: float) -> bool:
        return self.ledger.stops_trucks(0, now)


def box(flow: Flow = Flow.EXPORT, teu: int = 2, reefer: bool = False, out: float = NAN, loaded: float = NAN) -> Box:
    return flow, reefer, teu, out, loaded


def test_empties_have_slots_of_their_own_and_no_others() -> None:
    yard = Yard([box(Flow.EMPTY)] * 16 + [box()] * 50)
    assert not yard.room(0, 16, 1.0)
    assert yard.room(0, 15, 1.0)
    assert not yard.room(15, 16, 1.0)
    assert yard.room(16, 66, 1.0)


def test_where_there_are_none_for_them_they_take_dry_slots() -> None:
    yard = Yard([box(Flow.EMPTY)] * 51 + [box(reefer=True)] * 10, SHARED)
    assert not yard.room(0, 51, 1.0)
    assert yard.room(0, 50, 1.0)
    assert not yard.room(50, 51, 1.0)
    assert yard.room(51, 61, 1.0)


def test_a_slot_is_free_when_its_box_is_aboard() -> None:
    yard = Yard([box(loaded=10.0)] * 50 + [box()] * 50)
    assert yard.room(0, 50, 1.0)
    assert not yard.room(50, 100, 9.999)
    assert yard.room(50, 100, 10.0)


def test_boxes_that_trucks_bring_take_slots_from_the_list_that_lets_them_in() -> None:
    yard = Yard([box(loaded=10.0)] * 30 + [box()] * 50, NEVER)
    yard.admit(0, 30)
    assert not yard.room(30, 80, 5.0)
    assert yard.room(30, 50, 5.0)
    assert yard.room(50, 80, 10.0)


def test_trucks_are_stopped_from_the_fill_that_the_gate_says() -> None:
    """Half of 150 TEU in all, whatever the kind."""
    yard = Yard([box(teu=1)] * 75 + [box(loaded=20.0)] * 5)
    yard.admit(0, 74)
    assert not yard.stops(1.0)
    yard.admit(74, 75)
    assert yard.stops(1.0)
    yard.admit(75, 80)
    assert yard.stops(20.0)


def test_and_come_again_when_boxes_have_left() -> None:
    yard = Yard([box(loaded=20.0)] * 40)
    yard.admit(0, 40)
    assert yard.stops(19.9)
    assert not yard.stops(20.0)


def test_only_the_full_yard_stops_them_where_the_gate_says_nothing() -> None:
    yard = Yard([box(teu=1)] * 150, NEVER)
    yard.admit(0, 149)
    assert not yard.stops(1.0)
    yard.admit(149, 150)
    assert yard.stops(1.0)


def test_the_rule_of_the_gate_follows_the_timeline() -> None:
    yard = Yard([box()] * 40, PortTimeline((0.0, 24.0), (HALF, port(0.9))))
    yard.admit(0, 40)
    assert yard.stops(23.0)
    assert not yard.stops(24.0)


def test_a_yard_without_slots_is_full() -> None:
    none = {f"terminals__t1__yard__{kind}__teu": 0 for kind in ("dry", "reefer", "empty")}
    yard = Yard([box()], whole_port_with(**none))
    assert yard.stops(0.0)
    assert not yard.room(0, 1, 0.0)


def test_nobody_is_asked_while_it_cannot_matter() -> None:
    yard = Yard([box(teu=1, loaded=2.0)] * 60)
    for k in range(12):
        yard.admit(5 * k, 5 * k + 5)
        assert not yard.stops(float(k))
    assert yard.leavers.asked == 0


contents = st.tuples(
    st.sampled_from(list(Flow)), st.booleans(), st.sampled_from((1, 2)), st.floats(0.1, 30), st.booleans()
)
steps_ = st.lists(
    st.tuples(st.floats(0, 8), st.lists(contents, min_size=1, max_size=20), st.sampled_from(("lot", "trucks", "look"))),
    max_size=25,
)


@settings(deadline=None)
@given(steps_)
def test_every_answer_is_that_of_a_yard_counted_box_by_box(steps: list[Any]) -> None:
    boxes: list[Box] = []
    plan, now = [], 0.0
    for gap, lot, what in steps:
        now += gap
        plan.append((now, len(boxes), len(boxes) + len(lot), what))
        for flow, reefer, teu, stay, by_sea in lot:
            leaves = (NAN, now + stay) if by_sea else (now + stay, NAN)
            boxes.append((flow, reefer and flow != Flow.EMPTY, teu, *leaves))
    if not boxes:
        return
    yard = Yard(boxes)
    slots = np.array([100.0, 20.0, 30.0])
    kind = np.array([1 if b[1] else 2 if b[0] == Flow.EMPTY else 0 for b in boxes])
    teu, leaves = np.array([b[2] for b in boxes]), np.array([np.nanmin(b[3:]) for b in boxes])
    inside = np.zeros(len(boxes), dtype=bool)
    for now, first, last, what in plan:
        inside &= leaves > now
        held = np.bincount(kind[inside], weights=teu[inside], minlength=3)
        assert yard.stops(now) == (held.sum() >= 75)
        if what == "look":
            continue
        rows = np.arange(first, last)
        if what == "lot":
            fits = bool(np.all(held + np.bincount(kind[rows], weights=teu[rows], minlength=3) <= slots))
            assert yard.room(first, last, now) == fits
            inside[rows] = fits
        else:
            yard.admit(first, last)
            inside[rows] = True


@pytest.mark.parametrize("flow", [Flow.EMPTY, Flow.EXPORT])
def test_a_reefer_is_in_a_reefer_slot(flow: Flow) -> None:
    yard = Yard([box(flow, reefer=True)] * 11)
    assert not yard.room(0, 11, 0.0)
    assert yard.room(0, 10, 0.0)
