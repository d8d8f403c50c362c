"""Throughput by the ways in and out, and its reconciliation with what is in the port."""

from __future__ import annotations

import pytest

from sim.records import Flow, Mode
from tests.metrics.logs import (
    BY_BARGE,
    BY_RAIL,
    CONNECTION,
    DEPARTED,
    DONE,
    EXPORT,
    IMPORT,
    NAN,
    Measured,
    boxes,
    calls,
    log,
    port_boxes,
)

FETCHED = IMPORT | DONE | {"by_in": Mode.SEA, "by_out": Mode.ROAD, "t_truck": 99.0, "teu": 2}
ON_A_BARGE = FETCHED | {"by_out": Mode.BARGE, "t_truck": NAN, "t_gate_out": NAN, "t_loaded": 70.0, "call_out": 1}
GONE = FETCHED | {"flow": Flow.EMPTY, "by_out": Mode.NONE, "t_truck": NAN, "teu": 1}
BROUGHT_BY_BARGE = EXPORT | BY_BARGE | {"teu": 2}
ALL = (FETCHED, ON_A_BARGE, GONE, EXPORT, BROUGHT_BY_BARGE, EXPORT | BY_RAIL, CONNECTION)
COUNTED = DEPARTED | {"load_boxes": 500, "load_teu": 800.0}


def whole_port(*rows: dict[str, object], **parts: object) -> Measured:
    """Return the metrics of such boxes and two calls, whose own loads are not asked where boxes are booked."""
    return Measured(log(boxes=port_boxes(*rows), calls=calls(COUNTED, COUNTED), **parts))


def test_every_way_in_and_out() -> None:
    ask = whole_port(*ALL)
    boxes_and_teu = {
        "quay_in": (4, 6),
        "quay_out": (3, 4),
        "quay": (7, 10),
        "barge_quay_in": (1, 2),
        "barge_quay_out": (1, 2),
        "barge_quay": (2, 4),
        "gate_in": (2, 2),
        "gate_out": (1, 2),
        "gate": (3, 4),
        "rail": (1, 1),
        "gone": (1, 1),
    }
    for name, (number, teu) in boxes_and_teu.items():
        assert ask(f"{name}_boxes", "count", flow="all") == number, name
        assert ask(f"{name}_teu", "value", flow="all") == teu, name
    assert ask("throughput_teu_per_year", "value", flow="all") == pytest.approx(14 * 8760 / 200)
    assert ask("quay_teu_per_year", "value", flow="all") == pytest.approx(10 * 8760 / 200)


def test_flows_and_terminals_add_up_to_the_port() -> None:
    ask = whole_port(*ALL, FETCHED | {"terminal": 1})
    for metric in ("quay_teu", "barge_quay_teu", "gate_teu", "rail_teu", "throughput_teu_per_year"):
        flows = [ask(metric, "value", flow=name) or 0.0 for name in ("import", "export", "empty", "transhipment")]
        terminals = [ask(metric, "value", group, "all") or 0.0 for group in ("t1", "t2")]
        assert sum(flows) == pytest.approx(ask(metric, "value", flow="all")), metric
        assert sum(terminals) == pytest.approx(ask(metric, "value", flow="all")), metric
    assert ask("gate_in_teu", "value", flow="export") == 2.0
    assert ask("quay_teu", "value", flow="domestic") is None


def test_only_moves_within_the_window_count() -> None:
    ask = whole_port(*ALL, window=(9.0, 65.0))
    assert ask("quay_in_boxes", "count", flow="all") == 0.0
    assert ask("quay_out_boxes", "count", flow="all") == 2.0
    assert ask("gate_out_boxes", "count", flow="all") == 0.0
    assert ask("gate_in_boxes", "count", flow="all") == 2.0


def test_where_nothing_is_booked_loads_are_those_of_the_sea_calls_and_of_no_flow() -> None:
    run = log(boxes=boxes({}), calls=calls(COUNTED, COUNTED | {"barge": True, "load_boxes": 9}))
    ask = Measured(run)
    assert ask("quay_out_boxes", "count", flow="all") == 500.0
    assert ask("quay_boxes", "count", "t1", "all") == 501.0
    assert ask("quay_out_teu", "value", flow="import") == 0.0
    assert ask("quay_teu", "value", flow="import") == 1.0


def test_ways_that_no_box_has_are_left_out() -> None:
    ask = Measured(log(boxes=boxes({"t_truck": 99.0})))
    for metric in ("barge_quay_boxes", "gate_in_boxes", "gate_out_boxes", "rail_boxes", "gone_boxes"):
        assert ask(metric, "count", flow="all") is None
    assert ask("gate_boxes", "count", flow="all") == 1.0


@pytest.mark.parametrize("window", [(0.0, 200.0), (9.0, 65.0), (60.0, 80.0), (8.0, 10.0)])
def test_what_came_is_what_left_and_what_is_there(window: tuple[float, float]) -> None:
    ask = whole_port(*ALL, IMPORT | DONE | {"t_gate_out": NAN}, window=window)
    for group, flow in (("all", "all"), ("t1", "all"), ("all", "import"), ("all", "export"), ("all", "transhipment")):
        number = {s: ask("reconciliation", s, group, flow) for s in ("in", "out", "inside_start", "inside_end")}
        assert None not in number.values()
        assert ask("reconciliation", "difference", group, flow) == 0.0
        kept = (number["inside_start"] or 0.0) + (number["in"] or 0.0) - (number["out"] or 0.0)
        assert kept == number["inside_end"]


def test_the_numbers_of_a_reconciliation() -> None:
    ask = whole_port(*ALL, window=(9.0, 65.0))
    numbers = {s: ask("reconciliation", s, flow="all") for s in ("in", "out", "inside_start", "inside_end")}
    assert numbers == {"in": 3.0, "out": 3.0, "inside_start": 4.0, "inside_end": 4.0}
    assert ask.unit("reconciliation", "in", flow="all") == "boxes"


def test_a_box_that_leaves_without_coming_makes_a_difference() -> None:
    ask = whole_port(FETCHED | {"t_discharged": NAN})
    assert ask("reconciliation", "difference", flow="all") == -1.0
