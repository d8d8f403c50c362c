"""Small ports that switch every mechanism on: imports only, and with all flows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from sim.port.evidence import lookup, replaced
from sim.port.port import Horizon, Port, PortTimeline
from tests.small_port import number, share, small_port_tree, whole_small_port_tree

EVIDENCE = {"grade": "known", "source": "knowledge"}

EVEN = {
    "customs.review.manual_time": 0.5,
    "customs.inspection.examination_time": 0.5,
    "customs.inspection.scan_time": 15,
    "customs.pick_up.delay": 2,
    "customs.preparation.documents": 6,
    "terminals.t1.gate.service": 15,
}
"""Times that are made the same for every box, so that many are ready at one instant and the tie rules decide."""

EVEN_WHOLE = EVEN | {
    "customs.export.preparation": 6,
    "customs.export.manual_time": 0.5,
    "customs.transhipment.approval": 2,
    "customs.transhipment.transfer": 4,
    "traffic.cargo.bookings.road_lead": 36,
    "traffic.cargo.bookings.barge_lead": 72,
    "terminals.t1.gate.inside": 30,
    "rail.declaration": 3,
}
"""The same, of the port with all flows."""

HORIZON = Horizon(start=date(2021, 2, 1), warm_up_days=0, days=12, cool_down_days=0)
"""Two working weeks, with a make-up Sunday between them."""


def busy_tree() -> dict[str, Any]:
    """Return the small port with tide, weather, a second terminal, larger vessels, and more kinds of opening hours."""
    tree = _with_waters(small_port_tree())
    second = small_port_tree()["terminals"]["t1"]
    second["quay"] |= {"length": number(160, "m"), "service": number(14, "h", "erlang", phases=2)}
    tree["terminals"]["t2"] = second
    traffic = tree["traffic"]
    traffic["services"] |= {
        "east": traffic["services"]["north"] | {"vessel_class": "liner"},
        "west": traffic["services"]["south"] | {"terminal": "t2"},
    }
    return tree


def _with_waters(tree: dict[str, Any]) -> dict[str, Any]:
    lunch = {"mon_fri": ["08:00-12:00", "13:30-17:30"], "sat": ["09:00-12:00"]}
    tree["calendars"] |= {
        "lunch": {"hours": lunch, "holidays": "closed", **EVIDENCE},
        "nights": {"hours": {"every_day": ["00:00-04:00", "20:00-24:00"]}, "holidays": "ordinary", **EVIDENCE},
    }
    tree["channel"]["tide"] = {"range": number(1.6, "m"), "period": number(12.42, "h"), "high_water": number(3, "h")}
    hours = {"duration": number(9, "h", "exponential"), "months": [1, 2, 3]}
    tree["weather"] = {
        "fog": {"rate": number(0, "events/year"), **hours, "closes_quay": False, "closes_land": False},
        "typhoon": {"rate": number(0, "events/year"), **hours, "closes_quay": True, "closes_land": True},
    }
    traffic = tree["traffic"]
    feeder = traffic["vessel_classes"]["feeder"] | {"exchange": number(110, "boxes", "lognormal_mean", cv=0.3)}
    large = {"loa": number(200, "m"), "beam": number(32, "m"), "cranes": number(3, "cranes"), "priority": "mainline"}
    large |= {"draft": number(8.2, "m"), "tugs": number(2, "servers")}
    traffic["vessel_classes"] |= {"feeder": feeder, "liner": feeder | large}
    traffic["cargo"]["goods"]["food"]["share"] = share(0.25)
    return tree


ALL_FLOWS = {
    "traffic.vessel_classes.feeder.exchange": 70,
    "traffic.vessel_classes.liner.exchange": 90,
    "traffic.vessel_classes.barge.capacity": 40,
    "traffic.services.south.arrivals.interval": 50,
    "traffic.services.east.arrivals.interval": 60,
    "traffic.services.west.arrivals.interval": 70,
    "traffic.services.river_a.arrivals.interval": 20,
    "traffic.services.river_b.arrivals.interval": 30,
    "traffic.services.river_c.arrivals.interval": 25,
    "traffic.cargo.flows.transhipment.stay": 20,
    "traffic.cargo.flows.domestic.stay": 30,
    "traffic.cargo.flows.empty.stay": 50,
    "traffic.cargo.bookings.connection_room": 0.15,
    "traffic.cargo.bookings.room": 1.2,
    "traffic.cargo.bookings.road_lead": 40,
    "traffic.cargo.bookings.barge_lead": 70,
    "traffic.cargo.bookings.one_port_lead": 25,
    "traffic.cargo.bookings.one_port_share": 0.15,
    "traffic.cargo.bookings.cut_off": 12,
    "customs.export.direct_share": 0.15,
    "customs.pick_up.delay": 12,
    "customs.preparation.documents": 10,
    "rail.trains_per_week": 5,
    "rail.capacity": 12,
    "rail.wait": 4,
}
"""Fewer boxes and shorter times than at the small port with all flows, so that much happens in two weeks."""


def whole_tree() -> dict[str, Any]:
    """Return the small port with all flows, with the same tide, weather, vessels and opening hours."""
    tree = _with_waters(whole_small_port_tree())
    tree["traffic"]["services"]["north"]["vessel_class"] = "liner"
    return tree


def busy_port(values: Mapping[str, Any]) -> Port:
    """Return the busy port with the values at these paths."""
    return moved(Port.model_validate_json(json.dumps(busy_tree()), strict=True), values)


def whole_port(values: Mapping[str, Any]) -> Port:
    """Return the port with all flows with the values at these paths."""
    return moved(Port.model_validate_json(json.dumps(whole_tree()), strict=True), ALL_FLOWS | values)


def moved(port: Port, values: Mapping[str, Any]) -> Port:
    """Return `port` with the values at these paths; None takes out what is there, a part of a port takes its place."""
    for path, value in values.items():
        part = value is None or isinstance(value, BaseModel)
        port = replaced(port, path, value if part else lookup(port, path).model_copy(update={"value": value}))
    return port


@dataclass(frozen=True)
class Variation:
    """A port with some values changed, and changed again within the run.

    values: what holds from the start. later: (hour, further values) in order. even: times as in EVEN. inland: no
    channel, pilots and tugs. whole: the port with all flows, not the busy one with imports only.
    """

    values: Mapping[str, Any]
    later: tuple[tuple[float, Mapping[str, Any]], ...] = ()
    even: bool = False
    inland: bool = False
    whole: bool = False

    def timeline(self) -> PortTimeline:
        """Return which port holds when."""
        port = (whole_port if self.whole else busy_port)(self.values)
        for path, value in (EVEN_WHOLE if self.whole else EVEN).items() if self.even else ():
            port = replaced(port, path, lookup(port, path).model_copy(update={"value": value, "distribution": None}))
        if self.inland:
            port = port.model_copy(update={"channel": None, "marine": None})
        pieces = [(0.0, port)]
        for hour, values in self.later:
            port = moved(port, {p: v for p, v in values.items() if port.channel or not p.startswith("channel.")})
            pieces.append((hour, port))
        hours, ports = zip(*pieces, strict=True)
        return PortTimeline(hours, ports)
