"""Yard, gate, throughput, detection and stations."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.yard import moves
from sim.records import STATION_FIELDS, Flow
from tests.metrics.logs import Measured, boxes, calls, log, table

NAN = float("nan")


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
    assert moves(run).peak(np.ones(200, dtype=bool)) == counted


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
    assert [ask("truck_turn", s) for s in ("mean", "count", "unfinished")] == [45.0, 2.0, 1.0]
    assert ask("truck_turn", "mean", "t2") == 60.0
    assert ask.unit("truck_turn", "p90") == "min"
    assert ask("truck_turn", "within_24h") is None


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
