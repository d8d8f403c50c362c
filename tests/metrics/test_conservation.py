"""The self-check of a run: it must see what is broken, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from sim.metrics import conservation
from sim.models import simulate
from sim.port.port import Horizon, PortTimeline
from tests.metrics.logs import boxes, calls, log
from tests.small_port import small_port

NAN = float("nan")
ONE_CALL = calls({"t_discharged": 9.0, "discharge_boxes": 1})


def test_a_sound_log_has_no_violations() -> None:
    assert conservation(log(boxes=boxes({}), calls=ONE_CALL)) == []
    assert conservation(log()) == []


@pytest.mark.parametrize("replication", range(3))
def test_a_run_of_the_model_holds(replication: int) -> None:
    horizon = Horizon(start=date(2021, 1, 4), warm_up_days=5, days=30, cool_down_days=5)
    run_log = simulate(PortTimeline((0.0,), (small_port(),)), horizon, 11, replication)
    assert run_log.boxes["box"].size > 1000
    assert conservation(run_log) == []


def test_equal_times_are_not_backwards() -> None:
    assert conservation(log(boxes=boxes({"t_tallied": 8.0, "t_truck": 100.0}), calls=ONE_CALL)) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"t_tallied": 7.0}, "1 boxes have t_tallied before t_discharged"),
        ({"t_reviewed": 41.0}, "1 boxes have t_released before t_reviewed"),
        ({"t_notified": 3.0}, "1 boxes have t_notified before t_discharged"),
        ({"t_at_site": 20.0, "t_examined": 19.0}, "1 boxes have t_examined before t_at_site"),
        ({"t_truck": 39.0}, "1 boxes have t_truck before t_released"),
        ({"t_gate_out": 201.0}, "1 boxes have t_gate_out after the end of the run"),
    ],
)
def test_a_milestone_out_of_order_is_named(row: dict[str, float], said: str) -> None:
    assert conservation(log(boxes=boxes(row), calls=ONE_CALL)) == [said]


def test_calls_are_checked_too() -> None:
    turned = calls({"t_berthed": 5.0, "t_started": 4.0})
    assert conservation(log(calls=turned)) == ["1 calls have t_started before t_berthed"]


def test_a_box_that_goes_out_without_coming_in_breaks_the_balance() -> None:
    found = conservation(log(boxes=boxes({}, {"t_discharged": NAN, "t_gate_out": 60.0}), calls=ONE_CALL))
    assert found == ["boxes in are not boxes out and boxes in the port at 141 full hours, first at 60 h (import dry)"]


def test_a_call_that_discharged_too_few_boxes_is_seen() -> None:
    short = calls({"t_discharged": 9.0, "discharge_boxes": 2})
    assert conservation(log(boxes=boxes({}), calls=short)) == [
        "1 calls ended their discharge with more or fewer boxes than they brought"
    ]
