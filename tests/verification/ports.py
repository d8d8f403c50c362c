"""Ports stripped to one mechanism, so that theory knows them."""

from __future__ import annotations

import datetime
from typing import Any

from sim.models import simulate
from sim.port.port import Horizon, Port
from sim.records import RunLog
from tests.models.ports import always, port_with, whole_port_with
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


AT_ONCE = {
    f"terminals__t1__{berth}__{name}": value
    for berth in ("quay", "basin__quay")
    for name, value in {
        "length": number(VERY_LARGE, "m"),
        "berthing": 0,
        "unberthing": 0,
        "service": number(1e-6, "h"),
    }.items()
}
"""Berths without end, at which a call takes next to no time."""


def poisson_boxes(hours: float, off: bool, **moves: Any) -> Port:
    """Return a port with all flows at which vessels call at random with one box of 1 TEU each, which takes no time.

    off: the box is discharged; otherwise it is booked, and a truck brings it to a gate that is never closed.
    """
    at_random = {"process": "renewal", "interval": number(hours, "h", "exponential")}
    rare = {"process": "renewal", "interval": number(1000, "h")}
    return whole_port_with(
        **{
            "channel": None,
            "marine": None,
            "rail": None,
            "traffic__cargo__bookings__europe_share": None,
            "traffic__services": {
                "sea": {"terminal": "t1", "vessel_class": "feeder", "arrivals": at_random},
                "river": {"terminal": "t1", "vessel_class": "barge", "arrivals": rare, "berth": "basin"},
            },
            "traffic__vessel_classes__feeder__exchange": number(1, "boxes"),
            "traffic__vessel_classes__feeder__discharge_share": share(1 if off else 0),
            "traffic__cargo__flows": {"empty": {"stay": number(0, "h"), "barge_share": share(1)}},
            "traffic__cargo__bookings__flows": {"domestic": {"barge_share": share(0)}},
            "traffic__cargo__bookings__connection_room": 0,
            "traffic__cargo__bookings__cut_off": 0,
            "traffic__cargo__bookings__list_interval": 1,
            "traffic__cargo__forty_foot_share": 0,
            "traffic__cargo__goods": {"general": {"reefer_share": share(0)}},
            "customs__quarantine": {},
            "customs__pick_up__spread": 0,
            "terminals__t1__gate__calendar": "h24",
            "terminals__t1__gate__drop_off_lanes": None,
            **{f"terminals__t1__yard__{kind}__teu": VERY_LARGE for kind in ("dry", "reefer", "empty")},
            **AT_ONCE,
            **moves,
        }
    )


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
