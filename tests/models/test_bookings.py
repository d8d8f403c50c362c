"""Boxes booked on the calls: how many, what they are, how they come, when they are planned, and on which barge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.port.port import Port, PortTimeline
from sim.records import Column, Flow, Mode
from tests.models.ports import always, horizon, whole_port_with
from tests.models.test_boarding import one_by_one
from tests.small_port import number, share, small_port, whole_small_port

DAYS = 900
NAMES = list(whole_small_port().traffic.services)


def drawn(port: Port | PortTimeline, days: int = DAYS) -> tuple[Calls, Boxes]:
    timeline, draws = port if isinstance(port, PortTimeline) else always(port), Draws(3, 0)
    calls = draw_calls(timeline, horizon(days), draws)
    return calls, draw_boxes(timeline, calls, draws)


def booked(boxes: Boxes) -> dict[str, Column]:
    return {name: column[boxes.discharged :] for name, column in boxes.table.items()}


CALLS, BOXES = drawn(whole_small_port())
ON = booked(BOXES)
DUE = CALLS.t_arrived[ON["booked"]]
LEAD = DUE - BOXES.planned


def near(value: float, n: int) -> Any:
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / n) + 1e-12)


def test_without_bookings_loads_are_counts_and_no_box_is_booked() -> None:
    calls, boxes = drawn(small_port(), 60)
    assert not calls.booked.any()
    assert boxes.planned.size == 0
    assert boxes.discharged == len(boxes.table["box"])
    assert np.all(boxes.table["booked"] == -1)


def test_what_is_booked_is_the_load_less_the_room_for_boxes_off_other_vessels() -> None:
    assert np.array_equal(CALLS.booked, np.rint(CALLS.load * 0.94).astype(int))
    assert not CALLS.booked[CALLS.barge].any()
    assert not CALLS.discharge[CALLS.barge].any()
    assert CALLS.booked[~CALLS.barge].all()


def test_booked_boxes_follow_the_discharged_ones_call_by_call() -> None:
    assert np.array_equal(ON["booked"], np.repeat(np.arange(len(CALLS)), CALLS.booked))
    assert np.all(BOXES.table["booked"][: BOXES.discharged] == -1)
    some = CALLS.booked > 0
    assert np.array_equal(BOXES.table["booked"][BOXES.first_booked[some]], np.flatnonzero(some))
    assert np.array_equal(ON["terminal"], CALLS.terminal[ON["booked"]])
    assert np.all(np.isnan(ON["t_arrived"]))  # not in the port before they come
    assert np.all(ON["call_out"] == -1)
    assert not ON["rolled"].any()


def test_bookings_leave_the_discharged_boxes_alone() -> None:
    """A port that books the same boxes by other shares discharges the same boxes, to the bit."""
    _, other = drawn(
        whole_port_with(
            traffic__cargo__bookings__connection_room=share(0.5),
            traffic__cargo__bookings__flows__export__share=share(0.1),
            traffic__cargo__bookings__road_lead=number(20, "h"),
        )
    )
    assert other.discharged == BOXES.discharged
    for name, column in BOXES.table.items():
        assert column[: BOXES.discharged].tobytes() == other.table[name][: BOXES.discharged].tobytes(), name


def test_shares_of_flows_and_of_those_that_come_by_barge() -> None:
    n = len(ON["box"])
    parts = {Flow.EXPORT: (0.6, 0.3), Flow.TRANSHIPMENT: (0.15, 1), Flow.DOMESTIC: (0.1, 0.5), Flow.EMPTY: (0.15, 0.4)}
    for flow, (part, by_barge) in parts.items():
        mine = ON["flow"] == flow
        assert np.mean(mine) == near(part, n)
        assert np.mean(ON["by_in"][mine] == Mode.BARGE) == near(by_barge, int(mine.sum()))
    assert set(ON["by_in"]) == {Mode.BARGE, Mode.ROAD}
    assert not ON["reefer"][ON["flow"] == Flow.EMPTY].any()


def test_a_barge_share_belongs_to_its_flow_whatever_the_order_in_the_file() -> None:
    flows = {
        "empty": {"share": share(0.3), "barge_share": share(0.9)},
        "export": {"barge_share": share(0.1)},
    }
    _, boxes = drawn(whole_port_with(traffic__cargo__bookings__flows=flows), 200)
    on = booked(boxes)
    for flow, value in ((Flow.EMPTY, 0.9), (Flow.EXPORT, 0.1)):
        mine = on["flow"] == flow
        assert np.mean(on["by_in"][mine] == Mode.BARGE) == near(value, int(mine.sum()))


def test_only_exports_by_barge_are_cleared_at_the_river_port() -> None:
    may = (ON["flow"] == Flow.EXPORT) & (ON["by_in"] == Mode.BARGE)
    assert not np.any(ON["one_port"] & ~may)
    assert np.mean(ON["one_port"][may]) == near(0.02, int(may.sum()))


@pytest.mark.parametrize(
    ("way", "theirs"),
    [("road", stats.gamma(4, scale=22.5)), ("barge", stats.gamma(8, scale=21)), ("one port", stats.gamma(8, scale=6))],
)
def test_leads_over_the_call_have_the_distribution_of_the_way(way: str, theirs: Any) -> None:
    by_barge = ON["by_in"] == Mode.BARGE
    mine = {"road": ~by_barge, "barge": by_barge & ~ON["one_port"], "one port": ON["one_port"]}[way]
    assert mine.sum() > 50
    assert stats.kstest(LEAD[mine], theirs.cdf).pvalue > 0.001


def test_a_box_keeps_the_rank_of_its_lead_when_it_turns_to_the_river_port() -> None:
    _, other = drawn(whole_port_with(traffic__cargo__bookings__one_port_share=share(0.5)))
    turned = booked(other)["one_port"] & ~ON["one_port"]
    assert turned.sum() > 100
    assert np.array_equal(other.planned[~turned], BOXES.planned[~turned])
    late = (DUE - other.planned)[turned]
    assert late == pytest.approx(LEAD[turned] * 48 / 168)


def test_europe_is_drawn_for_exports_whatever_the_rail_says() -> None:
    exports = ON["flow"] == Flow.EXPORT
    assert not np.any(ON["europe"] & ~exports)
    assert np.mean(ON["europe"][exports]) == near(0.2, int(exports.sum()))
    for moves in ({"rail__seamless": True}, {"rail__sea_share": share(0.9)}, {"rail__trains_per_week": 9}):
        _, other = drawn(whole_port_with(**moves))
        assert np.array_equal(booked(other)["europe"], ON["europe"])


def test_a_part_of_the_boxes_for_europe_takes_the_train_and_under_one_supervision_all_do() -> None:
    train = ON["by_out"] == Mode.RAIL
    assert not np.any(train & ~ON["europe"])
    assert np.mean(train[ON["europe"]]) == near(0.6, int(ON["europe"].sum()))
    assert set(ON["by_out"][~train]) == {Mode.SEA}
    _, seamless = drawn(whole_port_with(rail__seamless=True))
    assert np.array_equal(booked(seamless)["by_out"] == Mode.RAIL, ON["europe"])
    _, more = drawn(whole_port_with(rail__sea_share=share(0.7)))
    assert not np.any((booked(more)["by_out"] == Mode.RAIL) & ~train)


def test_without_rail_nothing_is_bound_for_europe() -> None:
    _, boxes = drawn(whole_port_with(rail=None, traffic__cargo__bookings__europe_share=None), 100)
    assert not boxes.table["europe"].any()
    assert set(booked(boxes)["by_out"]) == {Mode.SEA}


def test_what_comes_by_barge_takes_the_first_of_its_line_with_room_that_comes_not_before_it_is_ready() -> None:
    """Barges with room for 12 TEU, told line by line by hand."""
    calls, boxes = drawn(whole_port_with(traffic__vessel_classes__barge__capacity=12), 120)
    on, planned = booked(boxes), boxes.planned
    _, ample = drawn(whole_port_with(traffic__vessel_classes__barge__capacity=10_000), 120)
    for terminal, lines in ((0, (4, 5)), (1, (6,))):
        mine = np.flatnonzero((on["by_in"] == Mode.BARGE) & (planned >= 0) & (on["terminal"] == terminal))
        # with room for all, the line can be seen: a box is on the first of its line at or after the planned hour
        first = booked(ample)["call"][mine]
        seen = first >= 0
        assert np.all(calls.t_arrived[first[seen]] >= planned[mine[seen]])
        line = np.where(seen, calls.service[first], -1)
        assert set(line[seen]) == set(lines)
        for code in lines:
            barges = np.flatnonzero(calls.service == code)
            # those that no barge took in time may be of any line: they come after the last barge
            rows = mine[line == code]
            rows = rows[np.argsort(planned[rows], kind="stable")]
            taken = one_by_one(
                planned[rows].tolist(), on["teu"][rows].tolist(), calls.t_arrived[barges].tolist(), [12.0] * len(barges)
            )
            expected = [barges[k] if k >= 0 else -1 for k in taken]
            assert on["call"][rows].tolist() == expected
            assert len(set(expected)) > 10
            teu = np.bincount(on["call"][rows][np.array(taken) >= 0], weights=on["teu"][rows][np.array(taken) >= 0])
            assert teu.max() in (11, 12)


def test_trucks_have_no_barge_and_what_is_planned_before_hour_0_has_none_either() -> None:
    assert np.all(ON["call"][ON["by_in"] == Mode.ROAD] == -1)
    early = BOXES.planned < 0
    assert early.any()
    assert np.all(ON["call"][early] == -1)


def test_a_barge_knows_what_she_brings() -> None:
    on = ON["call"] >= 0
    assert sorted(BOXES.brought) == np.unique(ON["call"][on]).tolist()
    for barge, rows in BOXES.brought.items():
        assert CALLS.barge[barge]
        assert np.array_equal(rows, BOXES.discharged + np.flatnonzero(ON["call"] == barge))


def test_lines_are_drawn_by_their_weight() -> None:
    line = CALLS.service[ON["call"][(ON["call"] >= 0) & (ON["terminal"] == 0)]]
    assert np.mean(line == NAMES.index("river_a")) == near(2 / 3, len(line))


def test_a_booked_box_reads_the_rules_of_the_day_on_which_it_is_to_come() -> None:
    """Its lead is that of its vessel's arrival, its clearance that of its own planned hour."""
    cut = 2000.0
    later = whole_port_with(
        customs__export__advance_share=share(1), traffic__cargo__bookings__road_lead=number(10, "h")
    )
    calls, boxes = drawn(PortTimeline((0.0, cut), (whole_small_port(), later)), 150)
    on = booked(boxes)
    due = calls.t_arrived[on["booked"]]
    road = on["by_in"] == Mode.ROAD
    assert np.all((due - boxes.planned)[road & (due >= cut)] == pytest.approx(10))
    cleared = (on["flow"] == Flow.EXPORT) & ~on["one_port"]
    assert np.all(on["advance"][cleared & (boxes.planned >= cut)])
    before = on["advance"][cleared & (boxes.planned < cut)]
    assert 0.4 < before.mean() < 0.8
    # by barge the lead is long: some of those booked on a call after that day were to come before it
    assert np.any(cleared & (boxes.planned < cut) & (due >= cut))


FLOWS = ("import", "transhipment", "domestic", "empty")
GONE = {
    "bookings": {
        "traffic__cargo__bookings": None,
        "traffic__cargo__flows__transhipment__connection_share": None,
        **dict.fromkeys((f"traffic__cargo__flows__{flow}__barge_share" for flow in FLOWS), 0),
    },
    "rail": {"traffic__cargo__bookings__europe_share": None},
}


@pytest.mark.parametrize("part", GONE)
def test_a_part_of_the_port_cannot_vanish_within_a_run(part: str) -> None:
    timeline = PortTimeline((0.0, 800.0), (whole_small_port(), whole_port_with(rail=None, **GONE[part])))
    with pytest.raises(TypeError, match="cannot lose"):
        drawn(timeline, 60)
