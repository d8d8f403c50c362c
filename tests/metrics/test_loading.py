"""The self-check of the whole port: booked boxes, barges, rail and the loads of calls."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.metrics import conservation
from sim.records import Mode, RunLog
from tests.metrics.logs import BY_BARGE, BY_RAIL, CALL, CONNECTION, DONE, EXPORT, IMPORT, NAN, calls, log, port_boxes

FIRST = CALL | {"t_arrived": 0.0, "t_berthed": 2.0, "t_discharged": 9.0, "t_worked": 65.0}
SECOND = FIRST | {"t_arrived": 48.0, "t_berthed": 75.0, "t_discharged": 76.0, "t_worked": 90.0}
BARGE = FIRST | {"barge": True, "service": 1, "discharge_boxes": 1, "load_boxes": 1, "load_teu": 1}
CALLS = (
    FIRST | {"discharge_boxes": 3, "load_boxes": 2, "load_teu": 3},
    SECOND | {"load_boxes": 2, "load_teu": 2},
    BARGE,
)
BOXES = {
    "fetched": IMPORT | DONE | {"by_in": Mode.SEA, "by_out": Mode.ROAD, "t_truck": 99.0, "t_gate_in": 99.5},
    "on a barge": IMPORT | DONE | {"by_out": Mode.BARGE, "t_gate_out": NAN, "t_loaded": 60.0, "call_out": 2},
    "connection": CONNECTION,
    "by truck": EXPORT | {"teu": 2},
    "by barge": EXPORT | BY_BARGE | {"call": 2, "one_port": True, "t_lodged": 10.0, "t_released": 10.0},
    "by rail": EXPORT | BY_RAIL,
    "rolled": EXPORT | {"rolled": 1, "call_out": 1, "t_loaded": 80.0},
    "waiting": EXPORT | {"t_released": NAN, "t_loaded": NAN, "call_out": -1},
    "on the way": EXPORT | dict.fromkeys(("t_arrived", "t_gate_in", "t_tallied", "t_released", "t_loaded"), NAN),
}
BOXES["on the way"] |= {"call_out": -1}


def whole_port(changes: dict[str, dict[str, Any]], *call_changes: dict[str, Any]) -> RunLog:
    """Return the log of a port with a box of every kind, with some of them changed."""
    rows = [row | changes.get(name, {}) for name, row in BOXES.items()]
    padded = (*call_changes, *({} for _ in CALLS))
    return log(boxes=port_boxes(*rows), calls=calls(*(call | more for call, more in zip(CALLS, padded, strict=False))))


def test_a_sound_port_has_no_violations() -> None:
    assert conservation(whole_port({})) == []


def test_what_was_in_the_port_before_the_run_came_with_no_call() -> None:
    early = {"call": -1, "t_arrived": -20.0, "t_discharged": -20.0, "t_lodged": -20.0, "t_released": -20.0}
    assert conservation(whole_port({"by barge": early}, {}, {}, {"discharge_boxes": 0})) == []


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("by truck", {"t_truck": 10.5}, "1 boxes have t_gate_in before t_truck"),
        ("by truck", {"t_tallied": 9.9}, "1 boxes have t_tallied before t_gate_in"),
        ("by truck", {"t_tallied": 25.0}, "1 boxes have t_released before t_tallied"),
        ("by truck", {"t_released": 61.0}, "1 boxes have t_loaded before t_released"),
        ("by truck", {"t_notified": 9.0}, "1 boxes have t_notified before t_gate_in"),
        ("by rail", {"t_released": 51.0}, "1 boxes have t_gate_out before t_released"),
        ("on a barge", {"t_loaded": 7.0}, "1 boxes have t_loaded before t_discharged"),
        ("fetched", {"t_truck": 39.0}, "1 boxes have t_truck before t_released"),
        (
            "by truck",
            {"t_arrived": 9.0},
            "1 booked boxes have t_arrived at another time than they come into the port",
        ),
        ("by truck", {"t_berthed": 2.0}, "1 boxes have t_berthed, and no call that brought them"),
        (
            "on the way",
            {"t_arrived": 9.0},
            "1 booked boxes have t_arrived at another time than they come into the port",
        ),
    ],
)
def test_a_milestone_out_of_order_is_named(name: str, change: dict[str, float], said: str) -> None:
    assert said in conservation(whole_port({name: change}))


def test_a_box_released_on_its_arrival_need_not_wait_for_the_report() -> None:
    late = {
        "t_arrived": 58.0,
        "t_truck": 58.0,
        "t_gate_in": 58.0,
        "t_tallied": 59.0,
        "t_lodged": 1.0,
        "t_released": 58.0,
    }
    assert conservation(whole_port({"by truck": late | {"direct": True}})) == []
    assert conservation(whole_port({"by barge": {"t_tallied": 11.0}})) == []


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("by truck", {"call_out": -1}, "1 boxes have t_loaded or call_out, not both"),
        ("waiting", {"call_out": 1}, "1 boxes have t_loaded or call_out, not both"),
        ("by truck", {"call_out": 2}, "1 boxes are aboard a call of another kind"),
        ("by truck", {"terminal": 1}, "1 boxes are aboard a call at another terminal"),
        ("by truck", {"t_loaded": 66.0}, "1 boxes are aboard at another time than their call works"),
        ("rolled", {"t_loaded": 70.0}, "1 boxes are aboard at another time than their call works"),
        ("rolled", {"rolled": 0}, "1 booked boxes changed their call without rolling, or rolled and did not"),
        ("by truck", {"rolled": 1}, "1 booked boxes changed their call without rolling, or rolled and did not"),
        ("by truck", {"t_gate_out": 70.0}, "1 boxes left the port twice"),
        ("by rail", {"t_loaded": 60.0, "call_out": 0}, "1 boxes are aboard that do not leave by sea or barge"),
    ],
)
def test_a_load_that_cannot_be_is_named(name: str, change: dict[str, float], said: str) -> None:
    assert said in conservation(whole_port({name: change}))


def test_a_booked_box_goes_on_its_own_service() -> None:
    assert "1 booked boxes are aboard a call of another service" in conservation(whole_port({}, {}, {"service": 1}))


@pytest.mark.parametrize("more", [{"load_boxes": 1}, {"load_teu": 4}])
@pytest.mark.parametrize("call", [0, 2])
def test_the_load_of_a_call_is_the_boxes_aboard(more: dict[str, int], call: int) -> None:
    said = "1 calls ended their work with another load than the boxes aboard"
    changes = [more | {"load_boxes": more.get("load_boxes", 0) + 2} if number == call else {} for number in range(3)]
    assert conservation(whole_port({}, *changes)) == [said]


def test_a_call_that_still_works_may_want_more() -> None:
    assert conservation(whole_port({}, {}, {"t_worked": NAN, "load_boxes": 50})) == []


def test_where_nothing_is_booked_only_barges_are_asked_for_their_load() -> None:
    sea = FIRST | {"discharge_boxes": 1, "load_boxes": 500, "load_teu": 800}
    imports = port_boxes(BOXES["on a barge"] | {"call_out": 1})
    assert conservation(log(boxes=imports, calls=calls(sea, BARGE | {"discharge_boxes": 0}))) == []
    wrong = conservation(log(boxes=imports, calls=calls(sea, BARGE | {"discharge_boxes": 0, "load_boxes": 2})))
    assert wrong == ["1 calls ended their work with another load than the boxes aboard"]


def test_the_balance_names_the_flow_and_kind_that_breaks_it() -> None:
    found = conservation(whole_port({"by rail": {"t_gate_in": NAN, "t_arrived": NAN, "reefer": True}}))
    assert found == [
        "boxes in are not boxes out and boxes in the port at 151 full hours, first at 50 h (export reefer)",
    ]


def test_a_box_that_is_out_by_two_ways_breaks_the_balance() -> None:
    found = conservation(whole_port({"by truck": {"t_gate_out": 70.0}}))
    assert "boxes in are not boxes out and boxes in the port at 131 full hours, first at 70 h (export dry)" in found


def test_no_hour_breaks_in_a_port_of_many_boxes() -> None:
    draws = np.random.default_rng(3)
    rows = []
    for _ in range(300):
        came = draws.uniform(-20, 150)
        hours = {"t_arrived": came, "t_truck": came, "t_gate_in": came, "t_tallied": came, "t_lodged": came}
        gone = came + draws.exponential(40)
        leaves = {"t_gate_out": gone if gone < 200 else NAN, "t_released": came}
        rows.append(EXPORT | BY_RAIL | hours | leaves | {"reefer": draws.random() < 0.5})
    assert conservation(log(boxes=port_boxes(*rows))) == []
