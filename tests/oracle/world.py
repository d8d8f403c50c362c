"""What vessels, barges, boxes and trains meet in the port: SimPy's resources, and the tables that they write to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simpy

from sim.kernel.clock import OpenHours
from sim.kernel.draws import Draws
from sim.models.boxes import draw_boxes
from sim.models.calls import draw_calls
from sim.models.openings import Openings
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.terminal import Basin, Gate, Terminal
from sim.records import Table
from tests.oracle.carriers import Carriers
from tests.oracle.clock import LONG_AGO, Clock
from tests.oracle.desk import Desk
from tests.oracle.log import Log
from tests.oracle.rail import Station, timetable
from tests.oracle.waterway import Channel, Quay
from tests.oracle.yard import Yard

if TYPE_CHECKING:
    from tests.oracle.box import Box


@dataclass(frozen=True)
class Berths:
    """A quay and the cranes along it."""

    quay: Quay
    cranes: simpy.Container

    @staticmethod
    def of(clock: Clock, place: Terminal | Basin) -> Berths:
        """Return the empty quay of a terminal or a basin."""
        quay = Quay(clock, place.quay.length.value, place.quay.gap.value)
        return Berths(quay, simpy.Container(clock, init=int(place.cranes.count.value)))


class World:
    """The port of one replication. Its shape is that of the first piece of the timeline; officers, lanes, opening
    hours and yard slots follow the timeline hour by hour, all else the arrival of the vessel or barge, and of a booked
    box the hour at which it is to be in the port.
    """

    def __init__(self, timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> None:
        draws = Draws(seed, replication)
        self.timeline, self.horizon, self.end = timeline, horizon, horizon.total_hours
        self.first = port = timeline.ports[0]
        self.calls = draw_calls(timeline, horizon, draws)
        self.boxes = draw_boxes(timeline, self.calls, draws)
        self.flags, self.hours = _rows(self.boxes.table), _rows(vars(self.boxes.times))
        """What each box is, by row; and the hours of the cleared ones, by their slot."""
        self.openings = Openings(timeline, horizon, draws)
        self.clock = clock = Clock(initial_time=LONG_AGO)
        self.keys = list(port.terminals)
        self.channel = Channel(self.openings.channel)
        self.pilots = simpy.Container(clock, init=port.marine.pilots.value) if port.marine else None
        self.tugs = simpy.Container(clock, init=port.marine.tugs.value) if port.marine else None
        self.sea = {key: Berths.of(clock, terminal) for key, terminal in port.terminals.items()}
        self.basins = {key: Berths.of(clock, t.basin) for key, t in port.terminals.items() if t.basin is not None}
        self.yards = {key: Yard(clock, timeline, key) for key in port.terminals}
        self._staff()
        self._open_gates()
        self.call_log, self.box_log = Log(clock, len(self.calls)), Log(clock, len(self.boxes.table["box"]))
        self.station = Station(clock, len(self.boxes.table["box"]), timetable(self))
        self.carriers = Carriers(self, draws)
        self.box: list[Box] = []
        """All boxes, by row."""

    def _staff(self) -> None:
        """Open the desks of the customs."""
        customs, openings = self.first.customs, self.openings
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
        self.approval = OpenHours.always()
        if customs.transhipment is not None:
            self.approval = openings.desk(lambda p: p.customs.transhipment.calendar.value)

    def _open_gates(self) -> None:
        """Open the lanes: some for trucks that fetch boxes and, where the port says so, some for those that bring."""
        self.gate_hours, self.lanes, self.drop_off = {}, {}, {}
        for key, terminal in self.first.terminals.items():
            hours = self.openings.land(lambda p, key=key: p.terminals[key].gate.calendar.value)
            self.gate_hours[key] = hours
            self.lanes[key] = self._lanes(key, hours, lambda gate: gate.lanes.value)
            if terminal.gate.drop_off_lanes is not None:
                self.drop_off[key] = self._lanes(key, hours, lambda gate: gate.drop_off_lanes.value)

    def _lanes(self, key: str, hours: OpenHours, read: Callable[[Gate], float]) -> Desk:
        return Desk(self.clock, self._along(lambda p: read(p.terminals[key].gate)), hours, "pause")

    def _along(self, read: Callable[[Port], float]) -> list[tuple[float, int]]:
        """Return a number along the timeline, with its hours."""
        return [(t, int(read(port))) for t, port in zip(self.timeline.hours, self.timeline.ports, strict=True)]


def _rows(table: Table) -> list[dict[str, Any]]:
    """Return a table row by row."""
    columns = [column.tolist() for column in table.values()]
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]
