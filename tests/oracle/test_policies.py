"""Every policy of the catalogue, alone and all together, on a port with queues everywhere: both models agree on it."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

import pytest

from sim.policies import catalogue
from sim.policies.base import Policy
from sim.port.port import Port, PortTimeline
from sim.scenario.ramp import blended
from tests.contracts.cases import OF_IMPORTS
from tests.oracle.compare import compare
from tests.oracle.ports import HORIZON, busy_port, whole_port

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
STRAINED_WHOLE = STRAINED | {
    "terminals.t1.yard.reefer.teu": 60,
    "terminals.t1.yard.empty.teu": 90,
    "terminals.t1.gate.stop_from": 0.5,
    "terminals.t1.gate.drop_off_lanes": 1,
    "traffic.vessel_classes.barge.capacity": 20,
    "traffic.cargo.bookings.room": 1,
    "customs.export.direct_share": 0.02,
    "customs.traders.ordinary.export_inspection_rate": 0.2,
}

ALL = tuple(catalogue())
MOVES_SERVICES = tuple(key for key in ALL if "traffic.services.*.terminal" in catalogue()[key].touches)
"""These hold for a whole run."""
DATED = tuple(key for key in ALL if key not in MOVES_SERVICES)


def plan(key: str) -> Policy:
    """Return the policy under the action plan."""
    return catalogue()[key](**catalogue()[key].plan())


def reformed(port: Port, keys: Iterable[str]) -> Port:
    """Return the port with these policies in force, one after the other."""
    for key in keys:
        port = plan(key).apply(port)
    return port


def agree(timeline: PortTimeline) -> None:
    assert compare(timeline, HORIZON, 7).wrong == []


@pytest.mark.parametrize(
    "keys", [*((key,) for key in MOVES_SERVICES), ALL], ids=lambda k: k[0] if len(k) == 1 else "all"
)
def test_from_the_start(keys: tuple[str, ...]) -> None:
    agree(PortTimeline((0.0,), (changed(keys),)))


@pytest.mark.parametrize("keys", [*((key,) for key in DATED), DATED], ids=lambda k: k[0] if len(k) == 1 else "all")
def test_from_day_four(keys: tuple[str, ...]) -> None:
    agree(PortTimeline((0.0, 96.0), (whole_port(STRAINED_WHOLE), changed(keys))))


def changed(keys: Iterable[str]) -> Port:
    port = whole_port(STRAINED_WHOLE)
    reform = reformed(port, keys)
    assert reform != port
    return reform


def test_imports_only() -> None:
    port = busy_port(STRAINED)
    agree(PortTimeline((0.0, 96.0), (port, reformed(port, OF_IMPORTS))))


@pytest.mark.parametrize("whole", [False, True], ids=["imports", "all flows"])
def test_ramp(whole: bool) -> None:
    """Adoption in steps, as a scenario with ramp_days composes it."""
    port = whole_port(STRAINED_WHOLE) if whole else busy_port(STRAINED)
    full = reformed(port, DATED if whole else OF_IMPORTS)
    shares = (0.0, 0.2, 0.6, 1.0)
    ports = tuple(blended(port, full, share) if 0 < share < 1 else (port, full)[int(share)] for share in shares)
    agree(PortTimeline((-inf, 48.0, 96.0, 168.0), ports))
