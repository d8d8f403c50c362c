"""The way to Europe by train: out of the port by shuttle, perhaps cleared again at the station, and onto a train."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from sim.port.calendar import DAYS, hour_of_day
from sim.port.port import Port
from tests.oracle.clock import Clock, Order
from tests.oracle.log import Diary, Log, Process

if TYPE_CHECKING:
    from tests.oracle.box import Box
    from tests.oracle.world import World


class Station:
    """The rail station, where boxes that are ready wait for a train, first come first served."""

    def __init__(self, clock: Clock, boxes: int, departures: list[tuple[float, Port]]) -> None:
        self._clock, self._departures = clock, departures
        self.box_log, self.train_log = Log(clock, boxes), Log(clock, len(departures))
        self._line: list[tuple[float, Box, float]] = []

    @property
    def trains(self) -> int:
        """How many trains leave within the run."""
        return len(self._departures)

    def wait(self, box: Box, ready: float, transit: float) -> None:
        """Let a box join the line; it is `transit` hours by train from Europe."""
        self._line.append((ready, box, transit))

    def train(self, number: int) -> Process:
        """Take who is ready at the cut-off, as long as there is room; who does not fit holds up those behind."""
        planned, port = self._departures[number]
        yield self._clock.at(planned - port.rail.cut_off.value, Order.LAST)
        self._line.sort(key=lambda waiting: (waiting[0], waiting[1].row))
        aboard, teu = 0, 0
        for _, box, transit in self._line:
            if teu + box.teu > port.rail.capacity.value:
                break
            aboard, teu = aboard + 1, teu + box.teu
            for name, value in (("train", number), ("t_departed", planned), ("t_europe", planned + transit)):
                self.box_log.write(box.row, name, value)
        del self._line[:aboard]
        known = {"boxes": aboard, "teu": teu, "left_boxes": len(self._line), "capacity_teu": port.rail.capacity.value}
        for name, value in (known | {"t_planned": planned, "t_departed": planned}).items():
            self.train_log.write(number, name, value)


def timetable(world: World) -> list[tuple[float, Port]]:
    """Return the departures of the run, with the port that holds at that hour.

    In the week before the run the first train leaves at its day and hour; the others follow at equal distances.
    """
    if world.first.rail is None:
        return []
    start, timeline = world.horizon.start, world.timeline
    departures: list[tuple[float, Port]] = []
    for piece, port in enumerate(timeline.ports):
        day, _, clock = port.rail.first_train.value.partition(" ")
        days = next(k for k in range(-7, 0) if DAYS[(start + timedelta(days=k)).weekday()] == day)
        first, gap = 24 * days + hour_of_day(clock), 168 / port.rail.trains_per_week.value
        grid = (first + gap * k for k in range(ceil((world.end - first) / gap)))
        departures += [(t, port) for t in grid if 0 <= t < world.end and timeline.index(t) == piece]
    return departures


def to_europe(box: Box) -> Process:
    """From the release in the port to the train."""
    world, times = box.world, box.world.boxes.rail
    own = {name: column[np.searchsorted(times.rows, box.row)].item() for name, column in vars(times).items()}
    released, ready = world.clock.now, world.clock.now + own["wait"]
    interval = own["timetabled"]
    yield from box.leave("t_gate_out", max(ready, ceil(ready / interval) * interval) if interval else ready)
    diary = Diary(world.clock, world.station.box_log, box.row)
    diary.write("again", own["again"])
    if not own["again"]:
        diary.write("t_lodged", world.box_log.read(box.row, "t_lodged"))
        diary.write("t_released", released)
    yield from diary.reach("t_station", world.clock.now + own["shuttle"])
    if own["again"]:
        diary.mark("t_lodged")
        yield from diary.reach("t_released", world.clock.now + own["second"])
    diary.mark("t_ready")
    world.station.wait(box, world.clock.now, own["transit"])
