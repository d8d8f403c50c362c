"""Yard, gate, throughput, detection and stations."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records import EVENT_FIELDS, SHIFT_FIELDS, STATION_FIELDS, Event, Flow, Table
from tests.metrics.logs import (
    BY_BARGE,
    BY_RAIL,
    DONE,
    EXPORT,
    IMPORT,
    NAMES,
    NAN,
    Measured,
    boxes,
    calls,
    log,
    port_boxes,
    table,
)


def stay(start: float, end: float, **more: object) -> dict[str, object]:
    return {"t_discharged": start, "t_gate_out": end} | more


def test_yard_peak_by_terminal_and_kind_of_slot() -> None:
    ask = Measured(
        log(
            boxes=boxes(
                stay(10, 50, teu=2),
                stay(40, 60),
                stay(45, NAN, reefer=True),
                stay(55, 70, terminal=1, teu=2),
            )
        )
    )
    peaks = {"t1.dry": 3.0, "t1.reefer": 1.0, "t2.dry": 2.0, "t2.reefer": 0.0, "t1": 4.0, "t2": 2.0, "all": 4.0}
    assert {group: ask("yard_peak", "value", group, "all") for group in peaks} == peaks
    assert ask("yard_peak_fill", "value", "t1.dry", "all") == pytest.approx(3 / 10)
    assert ask("yard_peak_fill", "value", "t1", "all") == pytest.approx(4 / 12)
    assert ask("yard_peak_fill", "value", "all", "all") == pytest.approx(4 / 36)


def test_ship_side_boxes_never_enter_the_yard() -> None:
    ask = Measured(log(boxes=boxes(stay(10, 10.1, shipside=True), stay(NAN, NAN))))
    assert ask("yard_peak", "value", flow="all") == 0.0


def test_a_box_that_leaves_makes_room_for_one_that_comes_at_the_same_time() -> None:
    ask = Measured(log(boxes=boxes(stay(10, 20), stay(20, 30))))
    assert ask("yard_peak", "value", flow="all") == 1.0


def test_the_peak_is_that_of_the_window_with_what_stood_there_before() -> None:
    run = log(boxes=boxes(stay(1, 5), stay(1, 5), stay(2, 90), stay(150, 160), stay(150, 160)), window=(10.0, 100.0))
    assert Measured(run)("yard_peak", "value", flow="all") == 1.0


def test_the_peak_is_that_of_counting_at_every_coming() -> None:
    draws = np.random.default_rng(7)
    start = draws.uniform(0, 150, 200)
    end = start + draws.exponential(30, 200)
    teu = draws.integers(1, 3, 200)
    run = log(boxes=boxes(*(stay(s, e, teu=t) for s, e, t in zip(start, end, teu, strict=True))))
    counted = max(teu[(start <= t) & (end > t)].sum() for t in start)
    assert Measured(run)("yard_peak", "value", flow="all") == counted


@pytest.mark.parametrize("window", [(0.0, 200.0), (37.5, 120.25), (60.0, 61.0)])
def test_peak_and_mean_of_every_kind_are_those_of_counting(window: tuple[float, float]) -> None:
    draws = np.random.default_rng(11)
    n = 400
    start = np.round(draws.uniform(-10, 190, n), 1)
    end = start + np.round(draws.exponential(25, n), 1)
    end[draws.random(n) < 0.1] = NAN
    teu, terminal, cold = draws.integers(1, 3, n), draws.integers(0, 2, n), draws.random(n) < 0.3
    rows = (
        stay(s, e, teu=t, terminal=at, reefer=r) for s, e, t, at, r in zip(start, end, teu, terminal, cold, strict=True)
    )
    ask = Measured(log(boxes=boxes(*rows), window=window))
    until = np.where(np.isnan(end), np.inf, end)
    moments = [t for t in np.concatenate([start, end[np.isfinite(end)], window]) if window[0] <= t <= window[1]]
    hours = np.maximum(np.minimum(until, window[1]) - np.maximum(start, window[0]), 0.0)
    everything = np.ones(n, dtype=bool)
    for group, mine in (("all", everything), ("t1", terminal == 0), ("t2.reefer", (terminal == 1) & cold)):
        peak = max(teu[(start <= t) & (until > t) & mine].sum() for t in moments)
        assert ask("yard_peak", "value", group, "all") == peak, group
        mean = (teu * hours)[mine].sum() / (window[1] - window[0])
        assert ask("yard_mean", "value", group, "all") == pytest.approx(mean), group


def test_mean_fill_is_the_time_mean_over_the_slots() -> None:
    ask = Measured(log(boxes=boxes(stay(10, 50, teu=2), stay(150, NAN))))
    assert ask("yard_mean", "value", "t1.dry", "all") == pytest.approx((2 * 40 + 50) / 200)
    assert ask("yard_mean_fill", "value", "t1.dry", "all") == pytest.approx(130 / 200 / 10)


def test_empties_have_slots_of_their_own_where_there_are_any() -> None:
    rows = boxes(stay(10, 50), stay(10, 50, flow=Flow.EMPTY), stay(10, 50, flow=Flow.EMPTY, terminal=1))
    slots = {"t1.dry": 10.0, "t1.reefer": 2.0, "t1.empty": 5.0, "t2.dry": 20.0, "t2.reefer": 4.0}
    ask = Measured(log(boxes=rows, yard=slots))
    peaks = {"t1.dry": 1.0, "t1.empty": 1.0, "t2.dry": 1.0, "t1": 2.0}
    assert {group: ask("yard_peak", "value", group, "all") for group in peaks} == peaks
    assert ask("yard_peak_fill", "value", "t1.empty", "all") == 0.2
    assert ask("yard_peak_fill", "value", "t1", "all") == pytest.approx(2 / 17)
    assert ask("yard_peak", "value", "t2.empty", "all") is None


def test_booked_boxes_lie_in_the_yard_from_their_coming_until_aboard_or_out() -> None:
    before = EXPORT | {"t_arrived": -30.0, "t_gate_in": -30.0, "t_loaded": 12.0}
    rows = port_boxes(EXPORT, EXPORT | BY_RAIL, EXPORT | BY_BARGE, before, EXPORT | {"direct": True, "t_gate_in": 55.0})
    ask = Measured(log(boxes=rows, calls=calls({})))
    assert ask("yard_peak", "value", flow="all") == 4.0
    assert ask("yard_mean", "value", flow="all") == pytest.approx((50 + 40 + 50 + 12) / 200)


def test_truck_turn_is_in_minutes_of_trucks_that_came_in_the_window() -> None:
    ask = Measured(
        log(
            boxes=boxes(
                {"t_truck": 99.5},
                {"t_truck": 99.0, "terminal": 1},
                {"t_truck": 150.0, "t_gate_out": 151.0},
                {"t_truck": 99.9, "t_gate_out": NAN},
                {"t_truck": 100.0, "shipside": True},
            ),
            window=(0.0, 120.0),
        )
    )
    assert [ask("truck_turn", s) for s in ("count", "unfinished")] == [2.0, 1.0]
    assert ask("truck_turn", "mean") == pytest.approx((30.0 + 60.0 + 100.1 * 60) / 3)
    assert ask("truck_turn", "mean", "t2") == 60.0
    assert ask.unit("truck_turn", "p50") == "min"
    assert ask("truck_turn", "within_24h") is None


def test_trucks_that_bring_boxes_turn_apart_from_those_that_fetch_them() -> None:
    fetched = IMPORT | DONE | {"t_truck": 99.5}
    other = fetched | {"flow": Flow.DOMESTIC, "t_truck": 98.0}
    direct = EXPORT | {"direct": True, "t_truck": 57.0, "t_gate_in": 58.0}
    ask = Measured(log(boxes=port_boxes(fetched, other, EXPORT, EXPORT | {"t_gate_in": NAN}, direct), calls=calls({})))
    assert ask("truck_turn", "mean") == 30.0
    assert ask("truck_turn", "mean", flow="all") == (30 + 120) / 2
    assert [ask("truck_delivery", s, flow="all") for s in ("count", "unfinished")] == [1.0, 1.0]
    assert ask("truck_delivery", "mean", flow="all") == (30.0 + 190.5 * 60) / 2
    assert ask.unit("truck_delivery", "mean", flow="all") == "min"
    assert ask("truck_delivery", "count", "t2", "all") == 0.0


def test_hours_of_a_stopped_gate_are_those_of_the_window() -> None:
    rows = [
        *({"t": t, "kind": Event.GATE_STOPPED, "value": 0} for t in (5.0, 40.0)),
        *({"t": t, "kind": Event.GATE_RESUMED, "value": 0} for t in (20.0, 42.0)),
        {"t": 90.0, "kind": Event.GATE_STOPPED, "value": 1},
    ]
    events = table(EVENT_FIELDS, rows)
    run = log(boxes=port_boxes(EXPORT), calls=calls({}), events=events, window=(10.0, 100.0), end=150.0)
    ask = Measured(run)
    stopped = {group: ask("gate_stopped", "value", group, "all") for group in ("all", "t1", "t2")}
    assert stopped == {"all": 22.0, "t1": 12.0, "t2": 10.0}
    assert Measured(log(boxes=boxes({})))("gate_stopped", "value", flow="all") is None


def test_throughput_in_the_window() -> None:
    ask = Measured(
        log(
            boxes=boxes(
                stay(20, 90, teu=2, t_truck=89.0),
                stay(5, 50, t_truck=49.0),
                stay(30, 120, t_truck=119.0),
                stay(40, 60, teu=2, flow=Flow.TRANSHIPMENT),
                stay(NAN, NAN),
            ),
            calls=calls({"t_worked": 50.0, "load_boxes": 10, "load_teu": 16.0}, {"t_worked": 5.0, "load_boxes": 99}),
            window=(10.0, 110.0),
        )
    )
    assert ask("quay_boxes", "count", flow="all") == 3 + 10
    assert ask("quay_teu", "value", flow="all") == 2 + 1 + 2 + 16
    assert ask("quay_teu_per_year", "value", flow="all") == pytest.approx(21 * 87.6)
    assert ask("gate_teu", "value", flow="all") == 2 + 1
    assert ask("gate_teu", "value", "t2", "all") == 0.0


def test_detection_counts_what_was_found_and_what_slipped_through() -> None:
    caught = {"infringing": True, "found": True, "selected": True, "trader": 0}
    missed = {"infringing": True}
    pending = {"infringing": True, "t_released": NAN, "t_gate_out": NAN}
    ask = Measured(log(boxes=boxes(caught, missed, missed, pending, {"quarantine": True}, {"trader": 0})))
    assert ask("selected_share", "value") == pytest.approx(1 / 6)
    assert ask("inspected_share", "value") == pytest.approx(2 / 6)
    assert ask("selected_share", "value", "aeo") == 0.5
    assert ask("infringements_found", "count") == 1.0
    assert ask("infringements_missed", "count") == 2.0
    assert ask("found_share", "value") == pytest.approx(1 / 3)
    assert ask("found_share", "value", "ordinary") == 0.0


def test_no_infringement_no_found_share() -> None:
    assert Measured(log(boxes=boxes({})))("found_share", "value") is None
    assert Measured(log())("selected_share", "value") is None


def test_use_of_stations_leaves_out_those_that_never_opened() -> None:
    rows = [{"station": 0, "work": 30.0, "capacity": 120.0}, {"station": 1, "work": 0.0, "capacity": 0.0}]
    ask = Measured(log(stations=table(STATION_FIELDS, rows)))
    assert ask("station_use", "value", "review", "all") == 0.25
    assert ask("station_use", "value", "idle", "all") is None


DESKS = NAMES | {"station": ("review", "scanner", "examination")}


def opened() -> Table:
    """Three desks that were open."""
    return table(STATION_FIELDS, [{"station": code, "work": 1.0, "capacity": 9.0} for code in range(3)])


def test_desks_work_on_the_boxes_that_they_finish_in_the_measured_days() -> None:
    desk = {"review_service": 0.5, "examine_service": 4.0, "scan_service": 0.1}
    ends = {"t_reviewed": 30.0, "t_examined": 150.0, "t_scanned": 99.0}
    some = boxes(desk | ends, {"review_service": 2.0, "t_reviewed": 101.0}, {})
    ask = Measured(log(boxes=some, stations=opened(), names=DESKS, window=(20.0, 100.0)))
    found = {group: ask("desk_work", "value", group, "all") for group in DESKS["station"]}
    assert found == pytest.approx({"review": 0.5, "scanner": 0.1, "examination": 0.0})
    assert ask("desk_work", "value", "inspection", "all") == pytest.approx(0.1)
    assert ask.unit("desk_work", "value", "review", "all") == "h"


def test_desks_are_staffed_as_planned_within_the_measured_days() -> None:
    shifts = [
        {"station": 0, "t_from": 8.0, "t_until": 17.0, "servers": 10},
        {"station": 0, "t_from": 32.0, "t_until": 41.0, "servers": 10},
        {"station": 1, "t_from": 32.0, "t_until": 41.0, "servers": 2},
        {"station": 2, "t_from": 15.0, "t_until": 25.0, "servers": 3},
        {"station": 2, "t_from": 190.0, "t_until": 199.0, "servers": 3},
    ]
    ask = Measured(log(shifts=table(SHIFT_FIELDS, shifts), stations=opened(), names=DESKS, window=(20.0, 100.0)))
    found = {group: ask("desk_hours", "value", group, "all") for group in DESKS["station"]}
    assert found == {"review": 90.0, "scanner": 18.0, "examination": 15.0}
    assert ask("desk_hours", "value", "inspection", "all") == 33.0


def test_a_desk_that_never_opened_says_nothing_of_its_hours() -> None:
    ask = Measured(log())
    assert ask("desk_work", "value", "review", "all") is None
    assert ask("desk_hours", "value", "review", "all") is None
