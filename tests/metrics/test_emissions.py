"""Emissions of ships by state, of cranes, yard and trucks."""

from __future__ import annotations

import pytest

from sim.records import Mode
from tests.metrics.logs import DONE, EXPORT, IMPORT, NAN, Measured, boxes, calls, log, port_boxes

FACTORS = {
    "energy.engines.feeder.berth": 500.0,
    "energy.engines.feeder.anchor": 600.0,
    "energy.engines.feeder.manoeuvre": 1000.0,
    "energy.engines.feeder.boiler": 100.0,
    "energy.auxiliary_co2": 0.7,
    "energy.auxiliary_nox": 10.0,
    "energy.boiler_co2": 1.0,
    "energy.grid_co2": 0.4,
    "energy.shore_power_share": 0.25,
    "energy.quay_crane": 8.0,
    "energy.barge_crane": 4.0,
    "energy.yard": 10.0,
    "energy.truck_idle_co2": 6.0,
    "energy.truck_idle_nox": 50.0,
}
VESSEL = {"t_arrived": 10.0, "t_entered": 20.0, "t_berthed": 24.0, "t_unberthed": 44.0, "t_departed": 50.0}
VESSEL |= {"t_worked": 43.0, "load_boxes": 30, "load_teu": 60.0}


def emissions(*rows: dict[str, object], **parts: object) -> Measured:
    """Return the metrics of a port with such calls."""
    return Measured(log(calls=calls(*(VESSEL | row for row in rows)), **{"factors": FACTORS} | parts))


def test_ships_by_state() -> None:
    ask = emissions({})
    tonnes = {
        "co2_anchor": 10 * (600 * 0.7 + 100) / 1e3,
        "co2_manoeuvre": 10 * (1000 * 0.7 + 100) / 1e3,
        "co2_berth": 20 * (500 * 0.75 * 0.7 + 100) / 1e3,
        "co2_shore_power": 20 * 500 * 0.25 * 0.4 / 1e3,
        "nox_anchor": 10 * 600 * 10 / 1e6,
        "nox_manoeuvre": 10 * 1000 * 10 / 1e6,
        "nox_berth": 20 * 500 * 0.75 * 10 / 1e6,
    }
    assert {metric: ask(metric, "value", flow="vessel") for metric in tonnes} == pytest.approx(tonnes)
    for gas in ("co2", "nox"):
        parts = [value for metric, value in tonnes.items() if metric.startswith(gas)]
        assert ask(f"{gas}_ships", "value", flow="vessel") == pytest.approx(sum(parts))
        assert ask(f"{gas}_ships", "value", "feeder", "vessel") == pytest.approx(sum(parts))
    assert ask.unit("co2_ships", "value", flow="vessel") == "t"


def test_a_class_that_is_not_named_burns_nothing_that_is_counted() -> None:
    ask = emissions({"vessel_class": 1})
    assert ask("co2_ships", "value", flow="vessel") == 0.0
    assert ask("co2_ships", "value", "mother", "vessel") is None


def test_hours_count_that_lie_in_the_window() -> None:
    ask = emissions({}, window=(15.0, 34.0))
    assert ask("co2_anchor", "value", flow="vessel") == pytest.approx(5 * 520 / 1e3)
    assert ask("co2_manoeuvre", "value", flow="vessel") == pytest.approx(4 * 800 / 1e3)
    assert ask("co2_berth", "value", flow="vessel") == pytest.approx(10 * 362.5 / 1e3)


def test_a_state_that_has_not_ended_lasts_until_the_end() -> None:
    left_out = dict.fromkeys(("t_entered", "t_berthed", "t_unberthed", "t_departed", "t_worked"), NAN)
    ask = emissions(left_out)
    assert ask("co2_anchor", "value", flow="vessel") == pytest.approx(190 * 520 / 1e3)
    assert ask("co2_manoeuvre", "value", flow="vessel") == 0.0
    assert ask("co2_berth", "value", flow="vessel") == 0.0


def test_a_barge_waits_until_it_is_fast_and_does_not_manoeuvre() -> None:
    ask = emissions({"barge": True, "t_entered": NAN, "t_departed": NAN})
    assert ask("co2_anchor", "value", flow="barge") == pytest.approx(14 * 520 / 1e3)
    assert ask("co2_manoeuvre", "value", flow="barge") == 0.0
    assert ask("co2_berth", "value", "feeder", "barge") == pytest.approx(20 * 362.5 / 1e3)
    assert ask("co2_ships", "value", flow="vessel") is None


def test_cranes_yard_and_trucks() -> None:
    fetched = IMPORT | DONE | {"by_in": Mode.SEA, "by_out": Mode.ROAD, "t_truck": 99.0}
    waits = {"gate_queued": 0.5, "gate_service": 0.1, "gate_closed": 9.0}
    by_barge = fetched | {"by_out": Mode.BARGE, "t_truck": NAN, "t_gate_out": NAN, "t_loaded": 60.0}
    rows = port_boxes(fetched | waits, by_barge, fetched | {"shipside": True}, EXPORT | waits)
    ask = emissions({}, boxes=rows)
    quay, barge_quay, stacked = 3 + 1, 1, 2 + 2 + 2
    assert ask("co2_cranes", "value", flow="all") == pytest.approx((quay * 8 + barge_quay * 4) * 0.4 / 1e3)
    assert ask("co2_yard", "value", flow="all") == pytest.approx(stacked * 10 * 0.4 / 1e3)
    assert ask("co2_trucks", "value", flow="all") == pytest.approx(1.2 * 6 / 1e3)
    assert ask("nox_trucks", "value", flow="all") == pytest.approx(1.2 * 50 / 1e6)


def test_the_total_and_its_share_by_teu() -> None:
    ask = emissions({}, boxes=boxes({"t_truck": 99.0, "teu": 2}))
    parts = [ask("co2_ships", "value", flow="vessel")]
    parts += [ask(f"co2_{source}", "value", flow="all") for source in ("cranes", "yard", "trucks")]
    total = sum(part or 0.0 for part in parts)
    assert ask("co2_total", "value", flow="all") == pytest.approx(total)
    assert ask("co2_per_teu", "value", flow="all") == pytest.approx(total * 1e3 / (2 + 60))
    assert ask.unit("nox_per_teu", "value", flow="all") == "kg/TEU"


def test_moves_that_are_counts_only_are_worked_too() -> None:
    ask = emissions({})
    assert ask("co2_cranes", "value", flow="all") == pytest.approx(30 * 8 * 0.4 / 1e3)
    assert ask("co2_yard", "value", flow="all") == pytest.approx(30 * 10 * 0.4 / 1e3)


def test_without_throughput_there_is_nothing_to_share_by() -> None:
    assert emissions({"t_worked": NAN})("co2_per_teu", "value", flow="all") is None


def test_without_factors_nothing_is_said() -> None:
    assert emissions({}, factors={})("co2_total", "value", flow="all") is None
