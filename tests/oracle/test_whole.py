"""The port with all flows: each mechanism and feedback, what it was once found wrong in, and every flow and way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.records import Flow, Mode
from tests.oracle.compare import compare
from tests.oracle.ports import HORIZON, Variation
from tests.oracle.traces import twins
from tests.oracle.whole_mechanisms import PORTS, SMALL_BARGES, TIGHT, fixed

SEED = 2
"""With these draws every mechanism comes into play."""


@pytest.mark.parametrize("name", PORTS)
def test_mechanism(name: str) -> None:
    values, trace = PORTS[name]
    result = compare(Variation(values, whole=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    assert trace(result.log)


@pytest.mark.parametrize("values", [{}, TIGHT | SMALL_BARGES], ids=["ample", "tight"])
@pytest.mark.parametrize("inland", [False, True], ids=["", "inland"])
def test_ties(values: Mapping[str, Any], inland: bool) -> None:
    """Many boxes are ready, or planned, at one instant: who comes first goes by rule."""
    result = compare(Variation(values, even=True, inland=inland, whole=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    assert twins(result.log, "t_truck")
    assert twins(result.log, "t_released")


def test_cranes_that_begin_on_the_hour_read_the_new_list() -> None:
    """The liner arrives on the hour, nothing holds her, and she has nothing to discharge."""
    on_the_hour = {
        "traffic.services.north.arrivals.deviation": 0,
        "traffic.vessel_classes.liner.discharge_share": 0,
        "terminals.t1.quay.berthing": 10,
        "terminals.t1.quay.length": 3000,
        "terminals.t1.quay.service": fixed(5, "h"),
        "traffic.cargo.flows.transhipment.share": 0.5,
        "traffic.cargo.flows.transhipment.barge_share": 0,
        "traffic.cargo.flows.transhipment.connection_share": 1,
        "customs.transhipment.automatic_share": 1,
        "traffic.services.south.arrivals.interval": 9,
    }
    result = compare(Variation(on_the_hour, inland=True, whole=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    liners = result.log.calls["service"] == 0
    assert np.any(result.log.calls["t_discharged"][liners] % 6 == 0)


REFORMS = {
    "cut-off": {"traffic.cargo.bookings.cut_off": 36},
    "room": {"traffic.cargo.bookings.room": 0.5},
    "gate": TIGHT | {"terminals.t1.gate.drop_off_lanes": 1, "terminals.t1.gate.service": 20},
    "customs": {"customs.transhipment.calendar": "h24", "customs.export.manual_share": 1},
    "rail": {"rail.shuttle_mode": "rail", "rail.trains_per_week": 7, "rail.seamless": True, "rail.capacity": 3},
}


@pytest.mark.parametrize("reform", REFORMS.values(), ids=REFORMS)
def test_rules_change_within_the_run(reform: Mapping[str, Any]) -> None:
    later = ((60.5, reform), (168.0, {"terminals.t1.gate.stop_from": 0.95, "traffic.cargo.bookings.room": 1}))
    assert compare(Variation({}, later, whole=True).timeline(), HORIZON, SEED).wrong == []


WAYS = {
    (Flow.IMPORT, Mode.SEA, Mode.ROAD): "t_gate_out",
    (Flow.IMPORT, Mode.SEA, Mode.BARGE): "t_loaded",
    (Flow.TRANSHIPMENT, Mode.SEA, Mode.SEA): "t_loaded",
    (Flow.TRANSHIPMENT, Mode.SEA, Mode.BARGE): "t_loaded",
    (Flow.TRANSHIPMENT, Mode.SEA, Mode.ROAD): "t_gate_out",
    (Flow.TRANSHIPMENT, Mode.BARGE, Mode.SEA): "t_loaded",
    (Flow.DOMESTIC, Mode.SEA, Mode.BARGE): "t_loaded",
    (Flow.DOMESTIC, Mode.SEA, Mode.ROAD): "t_gate_out",
    (Flow.DOMESTIC, Mode.BARGE, Mode.SEA): "t_loaded",
    (Flow.DOMESTIC, Mode.ROAD, Mode.SEA): "t_loaded",
    (Flow.EMPTY, Mode.SEA, Mode.BARGE): "t_loaded",
    (Flow.EMPTY, Mode.SEA, Mode.ROAD): "t_gate_out",
    (Flow.EMPTY, Mode.BARGE, Mode.SEA): "t_loaded",
    (Flow.EMPTY, Mode.ROAD, Mode.SEA): "t_loaded",
    (Flow.EXPORT, Mode.BARGE, Mode.SEA): "t_loaded",
    (Flow.EXPORT, Mode.ROAD, Mode.SEA): "t_loaded",
    (Flow.EXPORT, Mode.BARGE, Mode.RAIL): "t_gate_out",
    (Flow.EXPORT, Mode.ROAD, Mode.RAIL): "t_gate_out",
}
"""Flow, way in and way out -> the milestone at which such a box has left the port."""


def test_every_flow_takes_each_of_its_ways() -> None:
    result = compare(Variation({}, whole=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    boxes = result.log.boxes
    for (flow, by_in, by_out), milestone in WAYS.items():
        rows = (boxes["flow"] == flow) & (boxes["by_in"] == by_in) & (boxes["by_out"] == by_out)
        assert np.any(~np.isnan(boxes[milestone][rows])), (flow, by_in, by_out)
    for flow in (Flow.EXPORT, Flow.TRANSHIPMENT):
        assert np.any(boxes["rolled"][boxes["flow"] == flow] > 0), flow
    assert np.any(boxes["t_arrived"] < 0)
    assert np.any(boxes["t_loaded"][boxes["direct"]] > 0)
    assert np.any(boxes["t_loaded"][boxes["one_port"]] > 0)
    assert result.log.trains["boxes"].sum() > 10
