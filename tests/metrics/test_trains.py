"""Trains and the boxes for Europe, by train and by sea."""

from __future__ import annotations

import pytest

from sim.records import RAIL_FIELDS, TRAIN_FIELDS
from tests.metrics.logs import BY_RAIL, DEPARTED, EXPORT, NAN, Measured, calls, log, port_boxes, table

TRAIN = {"boxes": 40, "teu": 80, "capacity_teu": 100.0, "left_boxes": 3, "t_planned": 100.0, "t_departed": 100.0}
AT_STATION = {
    "train": 0,
    "t_station": 53.0,
    "t_lodged": 55.0,
    "t_released": 60.0,
    "t_ready": 60.0,
    "t_departed": 100.0,
    "t_europe": 460.0,
}
BY_SEA = EXPORT | {"europe": True}
BY_TRAIN = BY_SEA | BY_RAIL


def measured(*rail: dict[str, object], boxes: tuple[dict[str, object], ...] = (BY_SEA, BY_TRAIN, EXPORT)) -> Measured:
    """Return the metrics of boxes for Europe; voyages take 600 h."""
    rows = table(RAIL_FIELDS, [AT_STATION | row for row in rail])
    factors = {"rail.sea_transit": 600.0}
    return Measured(log(boxes=port_boxes(*boxes), calls=calls(DEPARTED), rail=rows, factors=factors))


def test_trains_planned_in_the_window() -> None:
    late = TRAIN | {"teu": 60, "t_departed": 101.0, "left_boxes": 0}
    never = TRAIN | {"t_planned": 190.0, "t_departed": NAN, "teu": 0, "boxes": 0}
    after = TRAIN | {"t_planned": 220.0, "t_departed": 220.0}
    ask = Measured(log(trains=table(TRAIN_FIELDS, [TRAIN, late, never, after]), end=300.0))
    assert ask("trains", "count", flow="train") == 2.0
    assert ask("train_boxes", "count", flow="train") == 80.0
    assert ask("train_teu", "value", flow="train") == 140.0
    assert [ask("filling", s, flow="train") for s in ("mean", "count", "unfinished")] == [0.7, 2.0, 1.0]
    assert ask("left_boxes", "count", flow="train") == 3.0
    assert ask("departed_on_time", "value", flow="train") == pytest.approx(1 / 3)


def test_a_train_too_late_in_the_run_for_a_verdict_is_left_out() -> None:
    ask = Measured(log(trains=table(TRAIN_FIELDS, [TRAIN, TRAIN | {"t_planned": 199.8, "t_departed": NAN}])))
    assert ask("departed_on_time", "value", flow="train") == 1.0


def test_the_wait_for_a_train_and_the_release_for_it() -> None:
    second = BY_TRAIN | {"trader": 0}
    rail = ({"box": 2, "again": True}, {"box": 1, "t_lodged": 5.0, "t_released": 24.0, "t_departed": NAN, "train": -1})
    ask = measured(*rail, boxes=(BY_SEA, BY_TRAIN, second))
    assert [ask("train_wait", s, "by_rail", "export") for s in ("count", "unfinished")] == [1.0, 1.0]
    assert ask("train_wait", "p50", "by_rail", "export") == 40.0
    assert ask("train_wait", "mean", "by_rail", "export") == (40.0 + 140.0) / 2, "ready at hour 60 of 200"
    assert ask("declaration_to_release", "mean", "by_rail", "export") == (5.0 + 14.0) / 2
    assert ask("declaration_to_release", "mean", "declared_again", "export") == 5.0


def test_boxes_for_europe_by_both_ways() -> None:
    ask = measured({"box": 1})
    means = {group: ask("europe_port_dwell", "mean", group, "export") for group in ("europe", "by_rail", "by_sea")}
    assert means == {"europe": 45.0, "by_rail": 40.0, "by_sea": 50.0}
    assert ask("europe_to_departure", "mean", "by_rail", "export") == 90.0
    assert ask("europe_to_departure", "mean", "by_sea", "export") == 65.0
    assert ask("time_to_europe", "mean", "by_rail", "export") == pytest.approx(450.0 / 24)
    assert ask("time_to_europe", "mean", "by_sea", "export") == pytest.approx((75.0 + 600.0 - 10.0) / 24)
    assert ask.unit("time_to_europe", "mean", "by_sea", "export") == "d"
    assert ask("rail_share", "value", "europe", "export") == 0.5


def test_a_box_without_a_train_is_unfinished() -> None:
    ask = measured(boxes=(BY_TRAIN,))
    assert [ask("europe_to_departure", s, "by_rail", "export") for s in ("count", "unfinished")] == [0.0, 1.0]
    assert ask("europe_port_dwell", "mean", "by_rail", "export") == 40.0


def test_a_port_without_europe_says_nothing_of_it() -> None:
    ask = measured(boxes=(EXPORT,))
    assert ask("europe_port_dwell", "count", "europe", "export") is None
    assert ask("trains", "count", flow="train") is None
    assert ask("train_wait", "count", "by_rail", "export") is None
