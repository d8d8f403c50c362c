"""Charges, and the value of time with both bounds."""

from __future__ import annotations

import pytest

from tests.metrics.logs import BY_RAIL, DEPARTED, EXPORT, NAN, Measured, boxes, calls, log, port_boxes

FACTORS = {
    "costs.free_storage": 3.0,
    "costs.storage": 60.0,
    "costs.free_demurrage": 2.0,
    "costs.demurrage": 80.0,
    "costs.examination_fee": 300.0,
    "costs.scan_fee": 100.0,
    "costs.waived_when_clean": 0.9,
    "costs.value_of_goods": 240_000.0,
    "costs.holding": 0.0003,
    "costs.willingness": 0.0135,
}


def imports(*rows: dict[str, object]) -> Measured:
    """Return the metrics of import boxes, in the yard from hour 8 to 100 unless they say otherwise."""
    return Measured(log(boxes=boxes(*rows), factors=FACTORS))


def test_charges_run_by_the_day_begun_after_the_free_days() -> None:
    ask = imports({})
    assert ask("storage_charge", "mean") == 60.0  # 92 h: 3 free days, and a fourth begun
    assert ask("demurrage_charge", "mean") == 160.0
    assert ask("charges", "mean") == 220.0
    assert ask.unit("charges", "mean") == "CNY/box"


@pytest.mark.parametrize(("out", "charge"), [(80.0, 0.0), (80.1, 60.0), (104.0, 60.0), (104.1, 120.0)])
def test_a_day_is_charged_once_it_has_begun(out: float, charge: float) -> None:
    assert imports({"t_gate_out": out})("storage_charge", "mean") == charge


def test_boxes_that_were_never_in_the_yard_pay_no_storage() -> None:
    ask = imports({"shipside": True})
    assert ask("storage_charge", "mean") == 0.0
    assert ask("demurrage_charge", "mean") == 160.0


def test_fees_are_of_what_was_done_and_mostly_waived_when_nothing_was_found() -> None:
    both = {"selected": True, "t_scanned": 20.0, "t_examined": 30.0}
    scanned = {"selected": True, "t_scanned": 20.0}
    ask = imports(both | {"infringing": True, "found": True}, scanned, scanned | {"infringing": True}, {})
    assert ask("inspection_fee", "mean") == pytest.approx((400 + 10 + 10 + 0) / 4)
    assert ask("inspection_fee", "total") == pytest.approx(420.0)
    assert ask.unit("inspection_fee", "total") == "CNY"


def test_time_has_both_bounds() -> None:
    ask = imports({}, {"teu": 2, "t_gate_out": 48.0, "trader": 0})
    days = {"ordinary": 100 / 24, "aeo": 2 * 2.0}
    for group, teu_days in days.items():
        assert ask("time_cost_low", "mean", group) == pytest.approx(teu_days * 240_000 * 0.0003)
        assert ask("time_cost_high", "mean", group) == pytest.approx(teu_days * 240_000 * 0.0135)
    assert ask("time_cost_low", "total") == pytest.approx(sum(days.values()) * 72)
    assert ask("time_cost_low", "count") == 2.0


def test_only_boxes_that_have_left_count() -> None:
    ask = imports({}, {"t_gate_out": NAN})
    assert ask("charges", "count") == 1.0
    assert ask("charges", "total") == 220.0


def test_exports_pay_storage_and_wait_for_the_departure_of_their_vessel() -> None:
    rows = port_boxes(EXPORT | {"t_loaded": 100.0}, EXPORT | BY_RAIL | {"trader": 0})
    ask = Measured(log(boxes=rows, calls=calls(DEPARTED | {"t_departed": 130.0}), factors=FACTORS))
    assert ask("storage_charge", "mean", "ordinary", "export") == 60.0
    assert ask("storage_charge", "mean", "aeo", "export") == 0.0
    assert ask("demurrage_charge", "mean", flow="export") is None
    assert ask("time_cost_low", "mean", "ordinary", "export") == pytest.approx(5 * 72)
    assert ask("time_cost_low", "mean", "aeo", "export") == pytest.approx(40 / 24 * 72)
    assert ask("charges", "count", flow="import") is None


def test_without_factors_nothing_is_said() -> None:
    assert Measured(log(boxes=boxes({})))("charges", "count") is None
