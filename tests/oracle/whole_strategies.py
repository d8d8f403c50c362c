"""Hypothesis strategies that vary the port with all flows, and the values that they choose among."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.oracle import strategies as imports
from tests.oracle.ports import Variation
from tests.oracle.whole_mechanisms import BOOKED, BOOKINGS, fixed

MOVING: dict[str, list[Any]] = {
    "terminals.t1.gate.drop_off_lanes": [2, 1],
    "terminals.t1.gate.stop_from": [0.95, 0.3, 0.6],
    "terminals.t1.yard.dry.teu": [3000, 300, 200, 140],
    "terminals.t1.yard.empty.teu": [2000, 90, 30],
    "terminals.nansha_iv.yard.dry.teu": [3000, 150],
    f"{BOOKINGS}.cut_off": [12, 0, 24, 48],
    f"{BOOKINGS}.room": [1.2, 0.7, 1, 2],
    f"{BOOKINGS}.connection_room": [0.15, 0, 0.6],
    f"{BOOKINGS}.road_lead": [40, 15, 90],
    f"{BOOKINGS}.barge_lead": [70, 30, 168],
    f"{BOOKINGS}.europe_share": [0.2, 0, 0.9],
    f"{BOOKINGS}.one_port_share": [0.15, 0, 1],
    f"{BOOKINGS}.one_port_lead": [25, 60],
    "customs.export.advance_share": [0.6, 0, 1],
    "customs.export.arrival_report": [0.5, 0, 8],
    "customs.export.manual_share": [0.1, 0, 1],
    "customs.export.direct_share": [0.15, 0, 0.9],
    "customs.export.direct_time": [2, 0, 10],
    "customs.traders.ordinary.export_inspection_rate": [0.02, 0.5],
    "customs.transhipment.automatic_share": [0.4, 0, 1],
    "customs.transhipment.approval": [4, 0, 12],
    "customs.transhipment.calendar": ["office_7d", "h24", "lunch", "nights"],
    "traffic.cargo.flows.import.barge_share": [0.2, 0, 1],
    "traffic.cargo.flows.transhipment.barge_share": [0.5, 0, 0.1],
    "traffic.cargo.flows.transhipment.connection_share": [0.3, 0, 0.5],
    "rail.seamless": [False, True],
    "rail.sea_share": [0.4, 0, 1],
    "rail.trains_per_week": [5, 3.5, 14],
    "rail.capacity": [12, 3, 60],
    "rail.shuttle_mode": ["truck", "rail"],
    "rail.shuttle_interval": [24, 7],
    "rail.wait": [4, 0],
}
"""Dotted path -> values that may change within a run, the plainest first."""

LASTING: dict[str, list[Any]] = {
    f"{BOOKINGS}.list_interval": [6, 1, 7, 24],
    "traffic.vessel_classes.barge.capacity": [40, 100, 12, 3],
    "traffic.vessel_classes.barge.cranes": [1, 2],
    "traffic.vessel_classes.feeder.discharge_share": [0.5, 0, 1],
    "traffic.services.river_a.arrivals.interval": [20, 4],
    "traffic.services.river_b.weight": [1, 0, None],
    "traffic.cargo.flows.domestic.barge_share": [0.5, 0, None],
    "traffic.cargo.flows.empty.stay": [50, 0],
    "terminals.t1.basin.quay.length": [200, 60],
    "terminals.t1.basin.quay.berthing": [0.3, 0],
    "terminals.t1.basin.cranes.count": [2, 1],
    "terminals.t1.basin.cranes.lot": [15, 2],
    "terminals.nansha_iv.basin.quay.service": [None, fixed(3, "h")],
    "terminals.nansha_iv.quay.service": [None, fixed(9, "h")],
    "terminals.nansha_iv.gate.drop_off_lanes": [2, None],
    "terminals.nansha_iv.gate.stop_from": [0.95, None, 0.2],
    "terminals.nansha_iv.yard.empty": [None],
    "terminals.nansha_iv.yard.reefer.teu": [400, 40],
    "rail.first_train": ["wed 20:00", "sun 24:00"],
    "rail.cut_off": [6, 0, 30],
    **{f"{BOOKINGS}.flows.{flow}.barge_share": [0.3, 0, 1] for flow in BOOKED},
}
"""What holds for a whole run."""

SHARED = {path: values for path, values in imports.FIXED.items() if "yard.dry" not in path and "east" not in path}
DESKS = imports.DESKS | {path: values for path, values in imports.SHARES.items() if "t2" not in path}


@st.composite
def whole_variations(draw: st.DrawFn) -> Variation:
    """Any mixture of the tables above and of those for imports."""
    values = draw(imports.some(SHARED | DESKS, most=10)) | draw(imports.some(LASTING | MOVING, most=16))
    later = tuple((hour, draw(imports.some(DESKS | MOVING, most=6))) for hour in draw(imports.CUTS))
    return Variation(values, later, draw(st.booleans()), draw(imports.INLAND), whole=True)
