"""Release of transhipment: automatic at any hour or by an officer in his, then the transfer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.kernel.clock import OpenHours
from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.models.transhipment import Transhipment, release
from sim.port.port import Port
from sim.records import BOX_FIELDS, Column, Flow, empty
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import share, small_port, whole_small_port

OFFICE = OpenHours.of((24.0 * day + 8.5, 24.0 * day + 17.5) for day in range(-5, 60))


def drawn(port: Port, days: int = 900) -> Boxes:
    draws = Draws(3, 0)
    return draw_boxes(always(port), draw_calls(always(port), horizon(days), draws), draws)


BOXES = drawn(whole_small_port())
OWN = BOXES.transhipment


def test_it_has_the_transhipment_boxes_that_come_by_sea_and_by_barge() -> None:
    assert np.array_equal(OWN.rows, np.flatnonzero(BOXES.table["flow"] == Flow.TRANSHIPMENT))
    assert np.any(OWN.rows < BOXES.discharged)
    assert np.any(OWN.rows >= BOXES.discharged)


def test_a_share_of_them_and_of_no_others_is_released_automatically() -> None:
    automatic = BOXES.table["automatic"]
    assert np.mean(automatic[OWN.rows]) == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / len(OWN.rows)))
    assert automatic.sum() == automatic[OWN.rows].sum()
    more = drawn(whole_port_with(customs__transhipment__automatic_share=share(0.8))).table["automatic"]
    assert not np.any(automatic & ~more)


def test_only_the_others_need_an_officer() -> None:
    automatic = BOXES.table["automatic"][OWN.rows]
    assert not OWN.approval[automatic].any()
    assert stats.kstest(OWN.approval[~automatic], stats.gamma(2, scale=2).cdf).pvalue > 0.001
    assert stats.kstest(OWN.transfer, stats.triang(0.5, loc=3, scale=2).cdf).pvalue > 0.001
    assert set(OWN.tally) == {0.5}


def test_a_port_that_does_not_say_how_transhipment_is_released_has_none_to_release() -> None:
    boxes = drawn(small_port(), 60)
    assert np.any(boxes.table["flow"] == Flow.TRANSHIPMENT)
    assert boxes.transhipment.rows.size == 0
    assert not boxes.table["automatic"].any()


def released(came: float, automatic: bool, approval: float = 3.0, by_truck: bool = False) -> dict[str, float]:
    """Release one box, row 7, that came at that hour, with half an hour of tally and four of transfer."""
    table: dict[str, Column] = empty(BOX_FIELDS, 9)
    rows = np.array([7])
    table["t_gate_in" if by_truck else "t_discharged"][7] = came
    table["automatic"][7] = automatic
    own = Transhipment(rows, np.array([0.5]), np.array([0.0 if automatic else approval]), np.array([4.0]))
    release(own, table, rows, OFFICE)
    names = ("t_tallied", "t_lodged", "t_reviewed", "t_released")
    assert all(np.isnan(table[name][:7]).all() for name in names)
    return {name: float(table[name][7]) for name in names}


@pytest.mark.parametrize("by_truck", [False, True])
def test_a_box_released_automatically_needs_its_tally_and_its_transfer(by_truck: bool) -> None:
    hours = released(22.0, automatic=True, by_truck=by_truck)
    assert hours == {"t_tallied": 22.5, "t_lodged": 22.5, "t_reviewed": 22.5, "t_released": 26.5}


@pytest.mark.parametrize(
    ("came", "approval", "approved"),
    [
        (9.0, 3.0, 12.5),
        (22.0, 3.0, 24 + 11.5),  # the officer begins in the morning
        (15.0, 3.0, 24 + 9.5),  # two hours today, one tomorrow
        (8.0, 9.0, 17.5),  # all of his day, up to its last minute
        (9.0, 0.0, 9.5),
        (1.0, 0.0, 8.5),
        (-30.0, 3.0, -24 + 8.5 + 3),  # before hour 0 as well
    ],
)
def test_an_officer_takes_working_hours(came: float, approval: float, approved: float) -> None:
    hours = released(came, automatic=False, approval=approval)
    assert hours["t_reviewed"] == pytest.approx(approved)
    assert hours["t_released"] == pytest.approx(approved + 4)


@settings(deadline=None)
@given(st.floats(-100, 1000), st.floats(0, 60))
def test_the_officer_is_never_quicker_than_the_machine_nor_at_work_while_closed(came: float, approval: float) -> None:
    machine, officer = released(came, automatic=True), released(came, automatic=False, approval=approval)
    assert officer["t_tallied"] == machine["t_tallied"]
    assert officer["t_reviewed"] >= machine["t_reviewed"]
    assert officer["t_released"] - officer["t_reviewed"] == pytest.approx(4, abs=1e-9)
    assert OFFICE.open_between(officer["t_tallied"], officer["t_reviewed"]) == pytest.approx(approval, abs=1e-6)


def test_several_boxes_are_released_each_on_its_own() -> None:
    rows = np.array([2, 5, 8])
    own = Transhipment(rows, np.full(3, 0.5), np.array([0.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0]))
    table: dict[str, Any] = empty(BOX_FIELDS, 9)
    table["t_discharged"][rows] = [10.0, 11.0, 12.0]
    table["automatic"][2] = True
    release(own, table, rows[[2, 0]], OFFICE)
    assert table["t_released"][rows].tolist() == [13.5, pytest.approx(np.nan, nan_ok=True), 20.5]
    release(own, table, rows[[1]], OFFICE)
    assert table["t_released"][5] == 17.5
