"""From discharge to the road: the release rule, ship-side boxes, pick-up, gate; and chunks that change nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.models.landside import Landside
from sim.models.openings import Openings
from sim.port.port import Port
from sim.records import Column, Flow
from tests.models.ports import always, horizon, port_with
from tests.small_port import number, share, small_port

DAYS = 30
LATER = 24.0 * 120


class Ashore:
    """Every call of a port discharges 30 boxes an hour from 3 h after its arrival; who asks, and when, is free."""

    def __init__(self, port: Port, looks: tuple[float, ...] = (), seed: int = 1) -> None:
        timeline, draws = always(port), Draws(seed, 0)
        calls = draw_calls(timeline, horizon(DAYS), draws)
        self.boxes: Boxes = draw_boxes(timeline, calls, draws)
        self.openings = Openings(timeline, horizon(DAYS), draws)
        self.side = Landside(timeline, self.openings, self.boxes)
        self.left: list[int] = []
        numbers = zip(calls.t_arrived, self.boxes.start, calls.discharge, strict=True)
        lots = [(float(t) + 3.0, int(first), int(n)) for t, first, n in numbers]
        for now in sorted({*looks, *(start for start, _, _ in lots), LATER}):
            if now in looks or now == LATER:
                self.side.advance(now)
                self.left += self.side.take_left().tolist()
            for start, first, n in lots:
                if start == now:
                    self.boxes.table["t_discharged"][first : first + n] = now + np.arange(1, n + 1) / 30
                    self.side.discharged(np.arange(first, first + n))

    def imports(self) -> dict[str, Column]:
        """Return the rows of the import boxes."""
        return {name: column[self.boxes.cleared] for name, column in self.boxes.table.items()}


SMALL = Ashore(small_port())
BOX = SMALL.imports()
TIMES, HAULAGE = SMALL.boxes.times, SMALL.boxes.haulage


def test_all_boxes_leave_and_each_is_told_of_once() -> None:
    assert np.all(np.isfinite(SMALL.boxes.table["t_gate_out"]))
    assert sorted(SMALL.left) == SMALL.boxes.table["box"].tolist()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-10, 24.0 * 100), max_size=25))
def test_who_asks_when_changes_nothing(looks: list[float]) -> None:
    asked = Ashore(small_port(), tuple(looks))
    for name, column in SMALL.boxes.table.items():
        assert asked.boxes.table[name].tobytes() == column.tobytes(), name
    assert sorted(asked.left) == sorted(SMALL.left)


@pytest.mark.parametrize("seed", [1, 2])
def test_nor_with_priorities_desks_that_never_close_and_storms(seed: int) -> None:
    storm = {"rate": number(200, "events/year"), "duration": number(9, "h"), "months": [3, 4, 5]}
    moves: dict[str, Any] = {
        "customs__review__calendar": "h24",
        "customs__review__officers": 1,
        "customs__inspection__scan_at_close": "pause",
        "customs__traders__ordinary__inspection_rate": 0.5,
        "weather": {"storm": {**storm, "closes_quay": False, "closes_land": True}},
    }
    rarely = Ashore(port_with(**moves), seed=seed)
    often = Ashore(port_with(**moves), tuple(np.arange(0.0, LATER, 1.7).tolist()), seed=seed)
    for name, column in rarely.boxes.table.items():
        assert often.boxes.table[name].tobytes() == column.tobytes(), name


def test_boxes_that_are_no_imports_leave_after_their_stay() -> None:
    table, others = SMALL.boxes.table, np.flatnonzero(SMALL.boxes.table["flow"] != Flow.IMPORT)
    assert np.array_equal(table["t_gate_out"][others], table["t_discharged"][others] + SMALL.boxes.stay[others])
    for milestone in ("t_lodged", "t_released", "t_truck", "t_gate_in"):
        assert np.all(np.isnan(table[milestone][others]))


def test_declarations_are_lodged_in_the_brokers_hours_and_not_before_the_manifest() -> None:
    broker = SMALL.openings.desk(lambda p: p.customs.declaration.calendar.value)
    early = BOX["advance"]
    assert np.array_equal(BOX["t_prepared"][~early], (BOX["t_discharged"] + TIMES.prepare)[~early])
    wish = np.maximum(BOX["t_arrived"] - TIMES.lead, BOX["t_manifest"])
    assert np.array_equal(BOX["t_prepared"][early], wish[early])
    assert np.array_equal(BOX["t_lodged"], broker.next_open(BOX["t_prepared"]))
    assert np.all(BOX["t_lodged"][early] < BOX["t_discharged"][early] + 24)


def test_the_release_is_the_last_of_its_conditions() -> None:
    table = BOX
    conditions = [table["t_tallied"], table["t_reviewed"], table["t_taxed"]]
    conditions.append(np.where(table["scan"], table["t_scanned"], -np.inf))
    conditions.append(np.where(TIMES.examined, table["t_examined"], -np.inf))
    conditions.append(np.where(TIMES.hold, table["t_tested"], -np.inf))
    assert np.array_equal(table["t_released"], np.max(conditions, axis=0))


def test_a_sampled_box_may_go_on_condition_before_its_result() -> None:
    box = Ashore(port_with(customs__laboratory__conditional_removal=True)).imports()
    sampled = box["sampled"]
    assert sampled.any()
    assert np.all(box["t_released"][sampled] < box["t_tested"][sampled])


def test_no_box_is_inspected_before_it_is_in_the_port_and_declared() -> None:
    red = BOX["selected"] | BOX["quarantine"]
    assert np.array_equal(np.isfinite(BOX["t_notified"]), red)
    expected = np.maximum(BOX["t_lodged"], BOX["t_tallied"])[red]
    assert np.array_equal(BOX["t_notified"][red], expected)
    assert np.array_equal(BOX["t_at_site"][red], expected + TIMES.book[red])
    assert np.array_equal(np.isfinite(BOX["t_scanned"]), BOX["scan"])
    assert np.array_equal(np.isfinite(BOX["t_examined"]), TIMES.examined)
    both = BOX["scan"] & TIMES.examined
    assert both.any()
    assert np.all(BOX["t_examined"][both] >= BOX["t_scanned"][both])


def test_a_review_by_an_officer_keeps_office_hours_and_amendments_follow() -> None:
    by_hand = BOX["manual"]
    done = (BOX["t_reviewed"] - TIMES.amend)[by_hand] - 1e-9
    assert np.all(SMALL.openings.desk(lambda p: p.customs.review.calendar.value).is_open(done))
    automatic = BOX["t_lodged"] + TIMES.automatic + TIMES.amend
    assert np.array_equal(BOX["t_reviewed"][~by_hand], automatic[~by_hand])
    assert np.all(np.isnan(BOX["review_service"][~by_hand]))


def all_ship_side(**moves: Any) -> dict[str, Column]:
    wish = {"customs__declaration__advance_share": share(1), "customs__pick_up__shipside_share": share(1)}
    return Ashore(port_with(**(wish | moves))).imports()


def test_a_ship_side_box_leaves_minutes_after_its_discharge() -> None:
    box = all_ship_side()
    side = box["shipside"]
    assert 0.5 < side.mean() < 1
    off = box["t_discharged"][side]
    assert np.array_equal(box["t_tallied"][side], off)
    assert np.array_equal(box["t_released"][side], off)
    for milestone in ("t_truck", "t_gate_in", "t_gate_out"):
        assert box[milestone][side] == pytest.approx(off + 6.5 / 60)


def test_a_box_not_cleared_by_its_discharge_or_inspected_goes_the_ordinary_way() -> None:
    box = all_ship_side()
    late = (box["t_reviewed"] > box["t_discharged"]) | (box["t_taxed"] > box["t_discharged"])
    assert np.array_equal(box["shipside"], ~(late | box["selected"] | box["quarantine"]))
    assert np.all((box["t_tallied"] - box["t_discharged"])[~box["shipside"]] > 0.49)
    slow = {"amendment_share": 1, "amendment_time": 5000, "two_step_amendment_cut": 0}
    box = all_ship_side(**{f"customs__declaration__{name}": value for name, value in slow.items()})
    assert not box["shipside"].any()


def test_trucks_come_when_the_gate_is_open_or_spread_over_the_hours_after_it_opens() -> None:
    gate = SMALL.openings.land(lambda p: p.terminals["t1"].gate.calendar.value)
    box = {name: column[~BOX["shipside"]] for name, column in BOX.items()}
    slot = np.flatnonzero(~BOX["shipside"])
    wish = box["t_released"] + TIMES.pick_up[slot]
    assert np.all(gate.is_open(box["t_truck"]))
    ready = gate.is_open(wish)
    assert np.array_equal(box["t_truck"][ready], wish[ready])
    delay = (box["t_truck"] - gate.next_open(wish))[~ready]
    assert delay.min() >= 0
    assert delay.max() <= 5
    assert np.mean(delay) == pytest.approx(2.5, abs=0.5)


def test_the_gate_takes_its_time_at_the_lane_and_inside() -> None:
    slot = np.flatnonzero(~BOX["shipside"])
    out, passed, came = (BOX[name][slot] for name in ("t_gate_out", "t_gate_in", "t_truck"))
    assert np.array_equal(out, passed + HAULAGE.inside[SMALL.boxes.cleared][slot])
    split = sum(BOX[f"gate_{part}"][slot].astype(float) for part in ("closed", "queued", "service"))
    assert passed - came == pytest.approx(split, abs=1e-4)


def test_a_box_that_is_never_released_calls_for_no_truck() -> None:
    box = Ashore(port_with(customs__preparation__documents=number(20_000, "h"))).imports()
    late = ~box["advance"]
    assert not np.isfinite(box["t_lodged"][late]).any()
    assert np.all(np.isnan(box["t_truck"][late]))
    assert np.all(np.isnan(box["t_gate_out"][late]))
    assert np.all(np.isfinite(box["t_gate_out"][~late]))
