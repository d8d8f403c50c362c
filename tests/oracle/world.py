"""What vessels and boxes meet in the port: SimPy's resources, and the two tables that they write their hours into."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models.boxes import draw_boxes
from sim.models.calls import draw_calls
from sim.models.openings import Openings
from sim.port.port import Horizon, Port, PortTimeline
from tests.oracle.clock import Clock
from tests.oracle.desk import Desk
from tests.oracle.waterway import Channel, Quay

SLOTS = ("dry", "reefer")


class Log:
    """One column a milestone, one row a vessel or box; an hour that has not come is NaN."""

    def __init__(self, clock: Clock, rows: int) -> None:
        self._clock, self._rows = clock, rows
        self.columns: dict[str, NDArray[np.float64]] = {}

    def write(self, row: int, name: str, value: float) -> None:
        """Set one number."""
        self.columns.setdefault(name, np.full(self._rows, np.nan))[row] = value

    def mark(self, row: int, milestone: str) -> None:
        """Write down that it is now."""
        self.write(row, milestone, self._clock.now)


class World:
    """The port of one replication. Its shape is that of the first piece of the timeline; officers, lanes, opening
    hours and yard slots follow the timeline hour by hour, all else the arrival of the vessel.
    """

    def __init__(self, timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> None:
        draws = Draws(seed, replication)
        self.timeline, self.end = timeline, horizon.total_hours
        self.calls = draw_calls(timeline, horizon, draws)
        self.boxes = draw_boxes(timeline, self.calls, draws)
        self.openings = Openings(timeline, horizon, draws)
        leads = self.boxes.times.lead
        self.clock = clock = Clock(initial_time=min(0.0, -leads.max(initial=0.0)))
        port = timeline.ports[0]
        self.channel = Channel(self.openings.channel)
        self.pilots = simpy.Container(clock, init=port.marine.pilots.value) if port.marine else None
        self.tugs = simpy.Container(clock, init=port.marine.tugs.value) if port.marine else None
        self.quays = {k: Quay(clock, t.quay.length.value, t.quay.gap.value) for k, t in port.terminals.items()}
        self.cranes = {k: simpy.Container(clock, init=int(t.cranes.count.value)) for k, t in port.terminals.items()}
        self.held = {key: dict.fromkeys(SLOTS, 0) for key in port.terminals}
        """TEU in the yard, by terminal and kind of slot."""
        self._staff()
        self.call_log, self.box_log = Log(clock, len(self.calls)), Log(clock, len(self.boxes.table["box"]))

    def _staff(self) -> None:
        """Open the desks of the customs and the lanes of the gates."""
        customs, openings = self.timeline.ports[0].customs, self.openings
        site = openings.land(lambda p: p.customs.inspection.calendar.value)
        self.brokers = openings.desk(lambda p: p.customs.declaration.calendar.value)
        self.review = Desk(
            self.clock,
            self._along(lambda p: p.customs.review.officers.value),
            openings.desk(lambda p: p.customs.review.calendar.value),
            customs.review.at_close.value,
        )
        scanners = self._along(lambda p: p.customs.inspection.scanners.value)
        self.scanners = Desk(self.clock, scanners, site, customs.inspection.scan_at_close.value)
        bays = self._along(lambda p: p.customs.inspection.bays.value)
        self.bays = Desk(self.clock, bays, site, customs.inspection.examination_at_close.value)
        self.gate_hours, self.gates = {}, {}
        for key in self.timeline.ports[0].terminals:
            hours = openings.land(lambda p, key=key: p.terminals[key].gate.calendar.value)
            lanes = self._along(lambda p, key=key: p.terminals[key].gate.lanes.value)
            self.gate_hours[key], self.gates[key] = hours, Desk(self.clock, lanes, hours, "pause")

    def _along(self, read: Callable[[Port], float]) -> list[tuple[float, int]]:
        """Return a number along the timeline, with its hours."""
        return [(t, int(read(port))) for t, port in zip(self.timeline.hours, self.timeline.ports, strict=True)]
