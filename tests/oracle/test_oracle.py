"""Law 1: boxes as columns pass through the port in the hours of one SimPy process per box, to 1e-6 h."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.policies import catalogue
from sim.policies.base import Policy
from sim.port.port import Port, PortTimeline
from sim.scenario.ramp import blended
from tests.contracts.cases import OF_IMPORTS
from tests.oracle.compare import compare
from tests.oracle.ports import HORIZON, Variation, busy_port, variations

STRAINED = {
    "customs.review.officers": 1,
    "customs.inspection.bays": 1,
    "customs.risk.inspection_factor": 8,
    "customs.review.calendar": "lunch",
    "terminals.t1.yard.dry.teu": 300,
    "terminals.t1.cranes.count": 3,
    "terminals.t1.quay.length": 340,
    "channel.depth": 8.2,
    "channel.meeting_beam_sum": 49,
    "weather.fog.rate": 60,
    "weather.typhoon.rate": 20,
}
"""A port with queues everywhere, where a policy has something to do."""

slow = settings(
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)


def check(variation: Variation, seed: int) -> None:
    assert compare(variation.timeline(), HORIZON, seed).wrong == []


@settings(slow, max_examples=40, derandomize=True)
@given(variations(), st.integers(0, 1000))
def test_any_port(variation: Variation, seed: int) -> None:
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


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(slow, max_examples=1000)
@given(variations(), st.integers(0, 1000))
def test_many_ports(variation: Variation, seed: int) -> None:
    check(variation, seed)


def plan(key: str) -> Policy:
    """Return the policy under the action plan."""
    return catalogue()[key](**catalogue()[key].plan())


def reformed(port: Port, keys: Iterable[str]) -> Port:
    """Return the port with these policies in force, one after the other."""
    for key in keys:
        port = plan(key).apply(port)
    return port


POLICIES = [(key,) for key in OF_IMPORTS] + [OF_IMPORTS]


@pytest.mark.parametrize("keys", POLICIES, ids=lambda keys: keys[0] if len(keys) == 1 else "all")
def test_policies_from_the_start_and_from_day_four(keys: tuple[str, ...]) -> None:
    port = busy_port(STRAINED)
    reform = reformed(port, keys)
    assert reform != port
    assert compare(PortTimeline((0.0,), (reform,)), HORIZON, 7).wrong == []
    assert compare(PortTimeline((0.0, 96.0), (port, reform)), HORIZON, 7).wrong == []


def test_ramp() -> None:
    """Adoption in steps, as a scenario with ramp_days composes it."""
    port = busy_port(STRAINED)
    full = reformed(port, OF_IMPORTS)
    shares = (0.0, 0.2, 0.6, 1.0)
    ports = tuple(blended(port, full, share) if 0 < share < 1 else (port, full)[int(share)] for share in shares)
    assert compare(PortTimeline((-inf, 48.0, 96.0, 168.0), ports), HORIZON, 7).wrong == []
