"""Truck gate: from the truck's arrival to the box on the road, for trucks that came in the window.

Trucks that take a box at the ship's side meet no gate line and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import in_window
from sim.metrics.summary import Subject, describe
from sim.records import MetricRow, RunLog

MINUTES = 60.0


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield the truck turn time [min] of all gates, then of each terminal's."""
    came = in_window(log, log.boxes["t_truck"]) & ~log.boxes["shipside"]
    turn = (log.boxes["t_gate_out"] - log.boxes["t_truck"]) * MINUTES
    yield from describe(Subject("truck_turn", "min", "import", "all", "trucks"), turn[came])
    for code, terminal in enumerate(log.names.get("terminal", ())):
        here = np.asarray(came & (log.boxes["terminal"] == code))
        yield from describe(Subject("truck_turn", "min", "import", terminal, "trucks"), turn[here])
