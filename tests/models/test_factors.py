"""What turns hours and moves into emissions and money, told by dotted path."""

from __future__ import annotations

import pytest

from sim.models import simulate
from sim.models.factors import factors
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import number, small_port, whole_small_port, whole_small_port_tree

FACTORS = factors(whole_small_port())


def test_every_number_of_energy_costs_and_rail_is_there_by_its_path() -> None:
    assert FACTORS["energy.engines.feeder.berth"] == 600
    assert FACTORS["energy.shore_power_share"] == 0.18
    assert FACTORS["costs.storage"] == 20
    assert FACTORS["rail.sea_transit"] == 840
    tree = whole_small_port_tree()
    expected = {f"costs.{name}" for name in tree["costs"]}
    expected |= {f"energy.{name}" for name in tree["energy"] if name != "engines"}
    expected |= {f"energy.engines.{k}.{name}" for k, engine in tree["energy"]["engines"].items() for name in engine}
    expected |= {f"rail.{name}" for name, entry in tree["rail"].items() if "unit" in entry}
    expected |= {"classes.feeder.capacity", "classes.barge.capacity"}
    assert set(FACTORS) == expected


def test_a_random_time_is_told_by_its_mean() -> None:
    assert FACTORS["rail.shuttle"] == pytest.approx((1.5 + 2.5 + 4) / 3)
    slow = whole_port_with(rail__sea_transit=number(800, "h", "lognormal", sigma=0.5))
    assert factors(slow)["rail.sea_transit"] == pytest.approx(800 * 2.718281828**0.125)


def test_parts_that_are_not_there_are_absent() -> None:
    assert factors(small_port()) == {"classes.feeder.capacity": 1100}
    some = factors(whole_port_with(costs=None))
    assert not any(path.startswith("costs.") for path in some)
    assert "energy.yard" in some


def test_they_are_in_the_run_log() -> None:
    log = simulate(always(whole_small_port()), horizon(2), 1, 0)
    assert dict(log.factors) == FACTORS
