"""Law 1: boxes as columns pass through the port in the hours of one SimPy process per box, to 1e-6 h."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.compare import compare
from tests.oracle.ports import HORIZON, Variation
from tests.oracle.strategies import variations
from tests.oracle.whole_strategies import whole_variations

slow = settings(
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
SEEDS = st.integers(0, 1000)


def check(variation: Variation, seed: int) -> None:
    assert compare(variation.timeline(), HORIZON, seed).wrong == []


@settings(slow, max_examples=15, derandomize=True)
@given(variations(), SEEDS)
def test_any_port_of_imports(variation: Variation, seed: int) -> None:
    check(variation, seed)


@settings(slow, max_examples=20, derandomize=True)
@given(whole_variations(), SEEDS)
def test_any_port_of_all_flows(variation: Variation, seed: int) -> None:
    check(variation, seed)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(slow, max_examples=1000)
@given(variations(), SEEDS)
def test_many_ports_of_imports(variation: Variation, seed: int) -> None:
    check(variation, seed)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(slow, max_examples=1000)
@given(whole_variations(), SEEDS)
def test_many_ports_of_all_flows(variation: Variation, seed: int) -> None:
    check(variation, seed)


SEA = {"traffic.services.south.arrivals.interval": 9, "traffic.services.west.arrivals.interval": 12}
ONE_PILOT = {**SEA, "marine.pilots": 1, "marine.tugs": 2}

FOUND = {
    "completed before its release": (Variation({"customs.declaration.two_step_completion": 20}), 0),
    "two wait for one tide": (Variation({**ONE_PILOT, "channel.depth": 7.6}), 51),
    "berthed in the hour of a tide": (Variation({**ONE_PILOT, "channel.depth": 7.6}), 57),
    "two wait for the fog to lift": (Variation({**ONE_PILOT, "channel.depth": 8.2, "weather.fog.rate": 200}), 36),
    "looked at the yard in the last hour": (
        Variation(
            {"traffic.services.east.arrivals.deviation": 0}, ((24.0, {"terminals.t1.yard.dry.teu": 140}),), inland=True
        ),
        111,
    ),
    "examined in the last hour": (Variation({"customs.inspection.calendar": "nights"}, even=True), 761),
    "tested in the last hour": (
        Variation(
            {},
            ((60.5, {"customs.risk.inspection_factor": 8}), (96.0, {"customs.inspection.calendar": "nights"})),
            even=True,
        ),
        397,
    ),
}
"""Cases in which the two models once differed."""


@pytest.mark.parametrize("name", FOUND)
def test_found_before(name: str) -> None:
    check(*FOUND[name])
