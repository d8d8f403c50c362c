"""Ports stripped to one mechanism, so that theory knows them."""

from __future__ import annotations

import datetime
from typing import Any

from sim.models import simulate
from sim.port.port import Horizon, Port
from sim.records import RunLog
from tests.models.ports import always, port_with
from tests.small_port import number, share

VERY_LARGE = 10_000_000


def poisson_calls(hours: float, **moves: Any) -> Port:
    """Return a port at which vessels call at random, `hours` apart in the mean, with no channel and no marine help.

    Vessels are of one size; berthing and unberthing take no time.
    """
    return port_with(
        **{
            "channel": None,
            "marine": None,
            "terminals__t1__quay__berthing": 0,
            "terminals__t1__quay__unberthing": 0,
            "terminals__t1__yard__dry__teu": VERY_LARGE,
            "terminals__t1__yard__reefer__teu": VERY_LARGE,
            "traffic__services__north": None,
            "traffic__services__south__arrivals": {
                "process": "renewal",
                "interval": number(hours, "h", "exponential"),
            },
            **moves,
        }
    )


def berths(number_of: int, loa: float = 150.0, gap: float = 15.0) -> dict[str, Any]:
    """Return a quay of so many berths for vessels of one length."""
    return {
        "terminals__t1__quay__length": number(number_of * loa + (number_of - 1) * gap, "m"),
        "terminals__t1__quay__gap": number(gap, "m"),
        "traffic__vessel_classes__feeder__loa": number(loa, "m"),
    }


def only_flow(**flows: Any) -> dict[str, Any]:
    """Return a cargo of dry boxes of the flows given, none of them imports unless they are given."""
    return {
        "traffic__cargo__flows": flows,
        "traffic__cargo__goods": {"general": {"reefer_share": share(0)}},
        "customs__quarantine": {},
    }


def run(port: Port, days: int, warm_up: int, replication: int) -> RunLog:
    """Simulate `days` measured days after a warm-up; gates and desks keep their hours."""
    horizon = Horizon(start=datetime.date(2021, 3, 1), warm_up_days=warm_up, days=days, cool_down_days=0)
    return simulate(always(port), horizon, 2021, replication)
