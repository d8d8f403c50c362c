"""Hypothesis strategies that vary the small ports, and the values that they choose among."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.oracle.ports import Variation

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


def some(table: Mapping[str, list[Any]], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the values of a table; shrinks to none."""
    pairs = [(path, value) for path, values in table.items() for value in values]
    return st.lists(st.sampled_from(pairs), max_size=most, unique_by=lambda pair: pair[0]).map(dict)


CUTS = st.lists(st.sampled_from([24.0, 60.5, 96.0, 120.0, 130.25, 168.0]), max_size=3, unique=True).map(sorted)
INLAND = st.sampled_from([False, False, True])


@st.composite
def variations(draw: st.DrawFn) -> Variation:
    """Any mixture of the tables above."""
    values = draw(some(FIXED | DESKS | SHARES, most=20))
    later = tuple((hour, draw(some(DESKS | SHARES, most=5))) for hour in draw(CUTS))
    return Variation(values, later, even=draw(st.booleans()), inland=draw(INLAND))
