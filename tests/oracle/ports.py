"""Small ports that switch every mechanism on, and Hypothesis strategies that vary them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from sim.port.evidence import lookup, replaced
from sim.port.port import Horizon, Port, PortTimeline
from tests.small_port import number, share, small_port_tree

EVIDENCE = {"grade": "known", "source": "knowledge"}

DESKS: dict[str, list[Any]] = {
    "customs.declaration.calendar": ["broker", "h24", "office_5d", "lunch"],
    "customs.review.calendar": ["office_7d", "h24", "lunch", "office_5d", "nights"],
    "customs.inspection.calendar": ["office_5d", "h24", "lunch", "nights"],
    "customs.review.officers": [3, 1, 2],
    "customs.inspection.scanners": [1, 2],
    "customs.inspection.bays": [3, 1, 2],
    "terminals.t1.gate.lanes": [2, 1, 3],
    "terminals.t1.gate.calendar": ["gate_day", "h24", "lunch", "nights"],
}
"""Dotted path -> values that may change within a run, the plainest first."""

SHARES: dict[str, list[Any]] = {
    "customs.risk.inspection_factor": [1, 0, 8, 30],
    "customs.declaration.advance_share": [0.3, 0, 0.9],
    "customs.declaration.two_step_share": [0.1, 0.8],
    "customs.declaration.two_step_completion": [240, 20],
    "customs.review.manual_share": [0.25, 1, 0],
    "customs.duty.guarantee_share": [0.25, 0],
    "customs.inspection.scanner_share": [0.5, 0, 1],
    "customs.inspection.suspect_share": [0.1, 0.9],
    "customs.quarantine.food.sampling_rate": [0.3, 1],
    "customs.laboratory.conditional_removal": [False, True],
    "customs.pick_up.shipside_share": [0.05, 0.8],
    "customs.pick_up.spread": [5, 0, 12],
    "customs.tally": [0.5, 0, 8],
    "customs.manifest": [60, 12],
    "terminals.t1.yard.dry.teu": [3000, 300, 140, 70],
    "terminals.t1.yard.reefer.teu": [400, 25, 9],
    "terminals.t2.yard.dry.teu": [3000, 150],
    "channel.headway": [10, 0, 90],
    "channel.meeting_beam_sum": [60, 0, 50, 57],
}
"""The same; a box takes them from the port of its vessel's arrival, but yard slots are looked at lot by lot."""

FIXED: dict[str, list[Any]] = {
    "customs.review.at_close": ["pause", "finish"],
    "customs.inspection.scan_at_close": ["finish", "pause"],
    "customs.inspection.examination_at_close": ["pause", "finish"],
    "customs.traders.aeo.priority": [5, 3, 9],
    "customs.traders.discredited.priority": [5, 7, 0],
    "channel.depth": [15, 8.2, 7.6],
    "terminals.t1.quay.length": [500, 340, 230],
    "terminals.t1.cranes.count": [4, 1, 2],
    "terminals.t1.cranes.lot": [30, 6],
    "terminals.t1.yard.slow_from": [0.8, 0.05, 1],
    "terminals.t1.yard.recheck": [0.5, 1.7],
    "marine.pilots": [2, 1],
    "marine.tugs": [3, 2],
    "weather.fog.rate": [0, 150],
    "weather.typhoon.rate": [0, 40],
    "traffic.services.north.arrivals.deviation": [24, 0, 80],
    "traffic.services.east.arrivals.deviation": [24, 0],
    "traffic.services.south.arrivals.interval": [60, 15],
}
"""What holds for a whole run."""

EVEN = {
    "customs.review.manual_time": 0.5,
    "customs.inspection.examination_time": 0.5,
    "customs.inspection.scan_time": 15,
    "customs.pick_up.delay": 2,
    "customs.preparation.documents": 6,
    "terminals.t1.gate.service": 15,
}
"""Times that are made the same for every box, so that many are ready at one instant and the tie rules decide."""

HORIZON = Horizon(start=date(2021, 2, 1), warm_up_days=0, days=12, cool_down_days=0)
"""Two working weeks, with a make-up Sunday between them."""


def busy_tree() -> dict[str, Any]:
    """Return the small port with tide, weather, a second terminal, larger vessels, and more kinds of opening hours."""
    tree = small_port_tree()
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
    second = small_port_tree()["terminals"]["t1"]
    second["quay"] |= {"length": number(160, "m"), "service": number(14, "h", "erlang", phases=2)}
    tree["terminals"]["t2"] = second
    traffic = tree["traffic"]
    feeder = traffic["vessel_classes"]["feeder"] | {"exchange": number(110, "boxes", "lognormal_mean", cv=0.3)}
    large = {"loa": number(200, "m"), "beam": number(32, "m"), "cranes": number(3, "cranes"), "priority": "mainline"}
    large |= {"draft": number(8.2, "m"), "tugs": number(2, "servers")}
    traffic["vessel_classes"] = {"feeder": feeder, "liner": feeder | large}
    traffic["services"] |= {
        "east": traffic["services"]["north"] | {"vessel_class": "liner"},
        "west": traffic["services"]["south"] | {"terminal": "t2"},
    }
    traffic["cargo"]["goods"]["food"]["share"] = share(0.25)
    return tree


def busy_port(values: Mapping[str, Any]) -> Port:
    """Return the busy port with the values at these paths."""
    port = Port.model_validate_json(json.dumps(busy_tree()), strict=True)
    for path, value in values.items():
        port = replaced(port, path, lookup(port, path).model_copy(update={"value": value}))
    return port


@dataclass(frozen=True)
class Variation:
    """The busy port with some values changed, and changed again within the run.

    values: what holds from the start. later: (hour, further values) in order. even: times as in EVEN. inland: no
    channel, pilots and tugs.
    """

    values: Mapping[str, Any]
    later: tuple[tuple[float, Mapping[str, Any]], ...] = ()
    even: bool = False
    inland: bool = False

    def timeline(self) -> PortTimeline:
        """Return which port holds when."""
        port = busy_port(self.values)
        for path, value in EVEN.items() if self.even else ():
            port = replaced(port, path, lookup(port, path).model_copy(update={"value": value, "distribution": None}))
        if self.inland:
            port = port.model_copy(update={"channel": None, "marine": None})
        pieces = [(0.0, port)]
        for hour, values in self.later:
            for path, value in values.items():
                if port.channel is not None or not path.startswith("channel."):
                    port = replaced(port, path, lookup(port, path).model_copy(update={"value": value}))
            pieces.append((hour, port))
        hours, ports = zip(*pieces, strict=True)
        return PortTimeline(hours, ports)


def some(table: Mapping[str, list[Any]], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the values of a table; shrinks to none."""
    pairs = [(path, value) for path, values in table.items() for value in values]
    return st.lists(st.sampled_from(pairs), max_size=most, unique_by=lambda pair: pair[0]).map(dict)


CUTS = st.lists(st.sampled_from([24.0, 60.5, 96.0, 120.0, 130.25, 168.0]), max_size=3, unique=True).map(sorted)


@st.composite
def variations(draw: st.DrawFn) -> Variation:
    """Any mixture of the tables above."""
    values = draw(some(FIXED | DESKS | SHARES, most=20))
    later = tuple((hour, draw(some(DESKS | SHARES, most=5))) for hour in draw(CUTS))
    return Variation(values, later, even=draw(st.booleans()), inland=draw(st.sampled_from([False, False, True])))
