"""The scenarios that ship, box by box: the first week, some 30,000 boxes of phase IV or 120,000 of the area."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.port.port import Horizon
from sim.scenario import load
from tests.oracle.compare import compare

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml") if path.stem != "sources"))
def test_scenario(name: str) -> None:
    scenario = load(SCENARIOS / f"{name}.yaml")
    week = Horizon(start=scenario.horizon.start, warm_up_days=0, days=7, cool_down_days=0)
    assert compare(scenario.timeline, week, scenario.seed).wrong == []
