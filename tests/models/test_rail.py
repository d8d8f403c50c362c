"""The way to the train: shuttles, the station, second declarations, and on which train a box goes."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.kernel.draws import Draws
from sim.models import simulate
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.models.rail import RailTimes, rail_tables
from sim.port.port import Horizon, Port, PortTimeline
from sim.records import BOX_FIELDS, RAIL_FIELDS, TRAIN_FIELDS, Column, Mode, RunLog, empty
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import leaf, number, share, small_port

Table = dict[str, Column]
DAYS = 1200


def drawn(port: Port, days: int = DAYS) -> Boxes:
    draws = Draws(3, 0)
    return draw_boxes(always(port), draw_calls(always(port), horizon(days), draws), draws)


EUROPE = {"traffic__cargo__bookings__europe_share": share(1)}
BOXES = drawn(whole_port_with(**EUROPE))


def test_it_has_the_boxes_that_leave_by_rail() -> None:
    times = BOXES.rail
    assert np.array_equal(times.rows, np.flatnonzero(BOXES.table["by_out"] == Mode.RAIL))
    assert np.all(times.again)
    assert not times.timetabled.any()
    assert set(times.wait) == {12.0}
    assert stats.kstest(times.shuttle, stats.triang(0.4, loc=1.5, scale=2.5).cdf).pvalue > 0.001
    assert set(times.transit) == {348.0}


def test_a_port_without_rail_has_none() -> None:
    boxes = drawn(small_port(), 60)
    assert boxes.rail.rows.size == 0
    log = simulate(always(small_port()), horizon(20), 1, 0)
    assert {name: len(column) for name, column in log.rail.items()} == {f.name: 0 for f in RAIL_FIELDS}
    assert {name: len(column) for name, column in log.trains.items()} == {f.name: 0 for f in TRAIN_FIELDS}


def test_the_second_declaration_takes_its_time_and_some_are_inspected_as_well() -> None:
    """A tenth is on the statutory list and inspected at 0.1, the others at 0.03; an inspection takes 12 hours."""
    fixed = drawn(whole_port_with(**EUROPE, rail__declaration=number(5, "h"))).rail
    assert set(fixed.second) == {5.0, 17.0}
    expected = 0.1 * 0.1 + 0.9 * 0.03
    error = 4 * np.sqrt(expected * (1 - expected) / len(fixed.second))
    assert np.mean(fixed.second == 17) == pytest.approx(expected, abs=error)
    none = drawn(whole_port_with(**EUROPE, rail__inspection_rate=0, rail__statutory_inspection_rate=0)).rail
    assert stats.kstest(none.second, stats.expon(scale=5.22).cdf).pvalue > 0.001


def test_under_one_supervision_nobody_declares_again() -> None:
    assert not drawn(whole_port_with(**EUROPE, rail__seamless=True), 60).rail.again.any()


def test_a_box_keeps_its_hours_on_the_way_whatever_the_shuttle() -> None:
    by_rail = drawn(whole_port_with(**EUROPE, rail__shuttle_mode=leaf("rail"))).rail
    assert set(by_rail.timetabled) == {24.0}
    for name in ("rows", "wait", "shuttle", "second", "transit"):
        assert np.array_equal(getattr(by_rail, name), getattr(BOXES.rail, name)), name


def shuttle(interval: float, wait: float = 12.0) -> RailTimes:
    """Return the hours of boxes 3, 5 and 8."""
    rows, n = np.array([3, 5, 8]), 3
    return RailTimes(
        rows=rows,
        wait=np.full(n, wait),
        timetabled=np.full(n, interval),
        shuttle=np.array([2.0, 3.0, 4.0]),
        again=np.array([True, True, False]),
        second=np.array([5.0, 6.0, 7.0]),
        transit=np.full(n, 348.0),
    )


def test_trucks_leave_when_the_box_is_waited_for() -> None:
    assert shuttle(0.0).leaves(np.array([8, 3]), np.array([10.0, 20.5])).tolist() == [22.0, 32.5]


def test_shuttle_trains_leave_by_their_timetable() -> None:
    """Every eight hours from hour 0; one that is ready on the stroke goes with it."""
    times = shuttle(8.0)
    assert times.leaves(np.array([3, 5, 8]), np.array([4.0, 4.1, -13.5])).tolist() == [16.0, 24.0, 0.0]


def test_a_box_that_is_never_released_never_leaves() -> None:
    for interval in (0.0, 8.0):
        assert shuttle(interval).leaves(np.array([3]), np.array([np.inf])).tolist() == [np.inf]


@settings(deadline=None)
@given(st.floats(-500, 5000), st.floats(0.1, 100), st.floats(0, 50))
def test_a_box_leaves_with_the_first_shuttle_after_it_is_ready(released: float, interval: float, wait: float) -> None:
    leaves = float(shuttle(interval, wait).leaves(np.array([5]), np.array([released]))[0])
    ready = released + wait
    assert ready <= leaves < ready + interval + 1e-6
    # its number in the timetable is whole, or rounding has put the shuttle off to the box
    number_of = leaves / interval
    assert abs(number_of - round(number_of)) < 1e-6 or leaves == ready


def tables(left: list[float], teu: list[int], port: Port | PortTimeline, days: int = 14) -> tuple[Table, Table]:
    """Return the tables of rail and trains for boxes 3, 5 and 8, which left the port at these hours."""
    boxes = empty(BOX_FIELDS, 9)
    boxes["box"] = 100 + np.arange(9)
    boxes["t_gate_out"][[3, 5, 8]], boxes["teu"][[3, 5, 8]] = left, teu
    boxes["t_lodged"][8], boxes["t_released"][8] = 1.0, 2.0
    timeline = port if isinstance(port, PortTimeline) else always(port)
    return rail_tables(shuttle(0.0), boxes, timeline, horizon(days))


WEEKLY = whole_port_with(rail__trains_per_week=1, rail__cut_off=6, rail__capacity=3)


def test_what_happens_at_the_station() -> None:
    """The train of the first week leaves on Wednesday 20:00, that is at 68 h."""
    rail, trains = tables([30.0, 40.0, 50.0], [1, 1, 1], WEEKLY)
    assert rail["box"].tolist() == [103, 105, 108]
    assert rail["again"].tolist() == [True, True, False]
    assert rail["t_station"].tolist() == [32.0, 43.0, 54.0]
    assert rail["t_lodged"].tolist() == [32.0, 43.0, 1.0]
    assert rail["t_released"].tolist() == [37.0, 49.0, 2.0]
    assert rail["t_ready"].tolist() == [37.0, 49.0, 54.0]
    assert rail["train"].tolist() == [0, 0, 0]
    assert rail["t_departed"].tolist() == [68.0] * 3
    assert rail["t_europe"].tolist() == [416.0] * 3
    assert trains["t_planned"].tolist() == [68.0, 236.0]
    assert trains["boxes"].tolist() == [3, 0]


def test_the_cut_off_of_a_train_and_its_room() -> None:
    rail, trains = tables([30.0, 53.0, 62.0], [1, 1, 1], WEEKLY)  # ready at 37, 62 and 66 h
    assert rail["train"].tolist() == [0, 0, 1]
    assert trains["left_boxes"].tolist() == [0, 0]  # the third was not there in time
    rail, trains = tables([30.0, 40.0, 50.0], [2, 2, 1], WEEKLY)
    assert rail["train"].tolist() == [0, 1, 1]
    assert trains["boxes"].tolist() == [1, 2]
    assert trains["teu"].tolist() == [2, 3]
    assert trains["left_boxes"].tolist() == [2, 0]
    assert trains["capacity_teu"].tolist() == [3, 3]


def test_the_first_ready_goes_first_and_not_the_first_come() -> None:
    """Box 8 comes last and is ready before box 5, which is declared again."""
    rail, _ = tables([30.0, 45.0, 46.0], [1, 2, 2], WEEKLY)  # ready at 37, 54 and 50 h
    assert rail["train"].tolist() == [0, 1, 0]


def test_a_box_that_has_not_left_the_port_is_not_at_the_station() -> None:
    rail, trains = tables([30.0, np.nan, 50.0], [1, 1, 1], WEEKLY)
    assert rail["box"].tolist() == [103, 108]
    assert trains["boxes"].tolist() == [2, 0]


def test_what_had_not_happened_by_the_end_is_not_told_but_the_arrival_is_a_plan() -> None:
    rail, trains = tables([30.0, 45.0, 47.0], [1, 1, 1], WEEKLY, days=2)
    assert len(trains["train"]) == 0
    assert np.isnan(rail["t_departed"]).all()
    assert np.isnan(rail["t_europe"]).all()
    assert rail["train"].tolist() == [-1] * 3
    assert rail["t_station"].tolist() == [32.0, 48.0, pytest.approx(np.nan, nan_ok=True)]
    assert rail["t_released"].tolist() == [37.0, pytest.approx(np.nan, nan_ok=True), 2.0]
    rail, _ = tables([30.0, 45.0, 47.0], [1, 1, 1], WEEKLY, days=3)
    assert rail["t_europe"].tolist() == [416.0] * 3


@pytest.mark.parametrize(
    ("first", "each_week", "start", "expected"),
    [
        ("wed 20:00", 2, 1, [68, 152, 236, 320]),
        ("mon 00:00", 1, 1, [0, 168]),
        ("sun 24:00", 1, 1, [0, 168]),
        ("tue 12:00", 1, 3, [156, 324]),  # the run begins on a Wednesday
        ("tue 12:00", 3.5, 3, [48 * k - 24 + 12 for k in range(1, 8)]),
    ],
)
def test_trains_leave_at_equal_distances_from_the_first_of_a_week(
    first: str, each_week: float, start: int, expected: list[float]
) -> None:
    port = whole_port_with(rail__first_train=leaf(first), rail__trains_per_week=each_week)
    run = Horizon(start=datetime.date(2021, 3, start), warm_up_days=0, days=14, cool_down_days=0)
    boxes = empty(BOX_FIELDS, 9)
    _, trains = rail_tables(shuttle(0.0), boxes, always(port), run)
    times = [t for t in trains["t_planned"].tolist() if t < 14 * 24]
    assert times == pytest.approx(expected)
    assert trains["train"].tolist() == list(range(len(expected)))


def test_the_timetable_follows_the_timeline() -> None:
    more = whole_port_with(rail__trains_per_week=7, rail__capacity=9)
    _, trains = tables([np.nan] * 3, [1] * 3, PortTimeline((0.0, 168.0), (WEEKLY, more)))
    assert trains["t_planned"].tolist() == [68, *(24.0 * k + 20 for k in range(7, 14))]
    assert trains["capacity_teu"].tolist() == [3] + [9] * 7


def run(**moves: Any) -> RunLog:
    return simulate(always(whole_port_with(**moves)), horizon(60), 1, 0)


LOG = run(traffic__cargo__bookings__europe_share=share(0.8))


def test_in_a_run_every_box_for_the_train_leaves_for_the_station_when_it_is_released_and_waited_for() -> None:
    rows = np.flatnonzero(np.isin(LOG.boxes["box"], LOG.rail["box"]))
    assert len(rows) == len(LOG.rail["box"]) > 100
    assert np.all(LOG.boxes["by_out"][rows] == Mode.RAIL)
    assert LOG.boxes["t_gate_out"][rows] == pytest.approx(LOG.boxes["t_released"][rows] + 12)
    assert np.all(np.isnan(LOG.boxes["t_loaded"][rows]))
    others = (LOG.boxes["by_out"] == Mode.RAIL) & ~np.isin(LOG.boxes["box"], LOG.rail["box"])
    assert np.all(np.isnan(LOG.boxes["t_gate_out"][others]))


def test_in_a_run_no_train_is_over_full_and_each_box_is_on_one_that_it_was_ready_for() -> None:
    teu = np.bincount(LOG.rail["train"][LOG.rail["train"] >= 0], minlength=len(LOG.trains["train"]))
    assert np.array_equal(teu, LOG.trains["boxes"])
    assert np.all(LOG.trains["teu"] <= 60)
    assert LOG.trains["teu"].max() > 55
    assert LOG.trains["left_boxes"].max() > 0
    gone = LOG.rail["train"] >= 0
    assert np.all(LOG.rail["t_ready"][gone] <= LOG.rail["t_departed"][gone] - 6)


def test_trains_have_room_for_as_many_as_the_timetable_gives_them() -> None:
    """First come, first served by the hour at which a box is ready: none is overtaken."""
    order = np.lexsort((LOG.rail["box"], LOG.rail["t_ready"]))
    train = LOG.rail["train"][order]
    train = np.where(train < 0, len(LOG.trains["train"]), train)
    assert np.all(np.diff(train) >= 0)
