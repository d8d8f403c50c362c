"""The yard: room for a lot or none, cranes slowed by the fill, and that looking rarely changes no answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.models.yard import YardLedger
from sim.port.port import PortTimeline
from sim.records import Flow
from tests.models.ports import always, port_with


class Leavers:
    """Stands in for the land side: tells which boxes have a time of leaving, once, and only when it is asked."""

    def __init__(self) -> None:
        self.landed: list[int] = []
        self.asked = 0

    def advance(self, now: float) -> None:
        self.asked += 1

    def take_left(self) -> NDArray[np.intp]:
        rows, self.landed = self.landed, []
        return np.array(rows, dtype=np.intp)


Box = tuple[int, bool, float]
"""TEU, reefer, hour of leaving."""


class Yard:
    """The ledger of some boxes at a yard of 100 dry and 20 reefer TEU."""

    def __init__(self, boxes: list[Box], timeline: PortTimeline | None = None, **moves: Any) -> None:
        slots = {"terminals__t1__yard__dry__teu": 100, "terminals__t1__yard__reefer__teu": 20}
        teu, reefer, leaves = zip(*boxes, strict=True)
        table = {
            "teu": np.array(teu, dtype=np.int8),
            "reefer": np.array(reefer),
            "t_gate_out": np.array(leaves, dtype=float),
            "t_loaded": np.full(len(boxes), np.nan),
            "flow": np.full(len(boxes), Flow.IMPORT),
            "terminal": np.zeros(len(boxes), dtype=np.int16),
        }
        self.leavers = Leavers()
        own: Any = SimpleNamespace(table=table)
        land_side: Any = self.leavers
        self.ledger = YardLedger(timeline or always(port_with(**(slots | moves))), own, land_side)

    def land(self, first: int, last: int, now: float) -> float | None:
        factor = self.ledger.room(0, np.arange(first, last), now)
        if factor is not None:
            self.leavers.landed += range(first, last)
        return factor

    def speed(self, now: float) -> float:
        return self.ledger.speed(0, now)


def test_a_lot_needs_room_for_all_of_it_in_its_own_kind_of_slots() -> None:
    yard = Yard([(2, False, 99.0)] * 51 + [(2, True, 99.0)] * 11)
    assert yard.land(0, 51, 1.0) is None
    assert yard.land(0, 50, 1.0) == 1.0
    assert yard.land(50, 51, 1.0) is None  # the dry slots are full
    assert yard.land(51, 62, 1.0) is None  # 22 TEU on 20 reefer slots
    assert yard.land(51, 61, 1.0) is not None


def test_a_refused_lot_claims_nothing() -> None:
    yard = Yard([(2, False, 99.0)] * 90)
    yard.land(0, 30, 1.0)
    assert yard.land(30, 60, 2.0) is None
    assert yard.land(30, 50, 2.0) is not None


def test_slots_are_free_from_the_moment_at_which_their_boxes_leave() -> None:
    yard = Yard([(2, False, 10.0)] * 50 + [(2, False, 99.0)] * 50)
    yard.land(0, 50, 1.0)
    assert yard.land(50, 100, 9.999) is None
    assert yard.land(50, 100, 10.0) is not None


def test_cranes_slow_down_in_a_line_from_slow_from_to_a_full_yard() -> None:
    moves = {"terminals__t1__yard__slow_from": 0.5, "terminals__t1__yard__slow_to": 0.4}
    yard = Yard([(2, False, 99.0)] * 50 + [(2, True, 99.0)] * 10, **moves)
    assert yard.speed(0.0) == 1.0
    assert yard.land(0, 30, 0.0) == 1.0  # 60 TEU of 120: half full
    assert yard.speed(1.0) == 1.0
    assert yard.land(30, 45, 1.0) == 1.0  # the fill before the lot counts
    assert yard.speed(2.0) == pytest.approx(1 - 0.6 * 0.5)  # 90 of 120
    yard.land(45, 50, 2.0)
    yard.land(50, 60, 2.0)
    assert yard.speed(3.0) == pytest.approx(0.4)


def test_cranes_that_never_slow_down() -> None:
    yard = Yard([(2, False, 99.0)] * 50, terminals__t1__yard__slow_from=1.0)
    yard.land(0, 50, 0.0)
    assert yard.speed(1.0) == 1.0


def test_nobody_is_asked_while_it_cannot_matter() -> None:
    yard = Yard([(1, False, 2.0)] * 60)
    for k in range(12):
        yard.land(5 * k, 5 * k + 5, float(k))
        yard.speed(float(k))
    assert yard.leavers.asked == 0


def test_the_slots_follow_the_timeline() -> None:
    small, large = port_with(terminals__t1__yard__dry__teu=100), port_with(terminals__t1__yard__dry__teu=200)
    yard = Yard([(2, False, 999.0)] * 100, PortTimeline((0.0, 24.0), (small, large)))
    assert yard.land(0, 100, 23.9) is None
    assert yard.land(0, 100, 24.0) == 1.0


contents = st.tuples(st.sampled_from((1, 2)), st.booleans(), st.floats(0.1, 30))
lots = st.lists(st.tuples(st.floats(0, 8), st.lists(contents, min_size=1, max_size=12), st.booleans()), max_size=30)


@settings(deadline=None)
@given(lots)
def test_every_answer_is_that_of_a_yard_counted_box_by_box(steps: list[Any]) -> None:
    boxes, plan, now = [], [], 0.0
    for gap, lot, only_looks in steps:
        now += gap
        plan.append((now, len(boxes), len(boxes) + len(lot), only_looks))
        boxes += [(teu, reefer, now + stay) for teu, reefer, stay in lot]
    if not boxes:
        return
    slots = {"terminals__t1__yard__dry__teu": 30, "terminals__t1__yard__reefer__teu": 15}
    yard = Yard(boxes, **slots)
    inside: list[int] = []
    for now, first, last, only_looks in plan:
        inside = [k for k in inside if boxes[k][2] > now]
        held = {kind: sum(boxes[k][0] for k in inside if boxes[k][1] is kind) for kind in (False, True)}
        fill = sum(held.values()) / 45
        slow = 1 - 0.4 * max(0.0, (fill - 0.8) / 0.2)
        if only_looks:
            assert yard.speed(now) == pytest.approx(slow)
            continue
        claim = {kind: sum(boxes[k][0] for k in range(first, last) if boxes[k][1] is kind) for kind in (False, True)}
        fits = held[False] + claim[False] <= 30 and held[True] + claim[True] <= 15
        assert yard.land(first, last, now) == (pytest.approx(slow) if fits else None)
        inside += range(first, last) if fits else []
