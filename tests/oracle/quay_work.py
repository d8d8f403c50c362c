"""The work on one call: cranes from the pool, lot by lot, into a yard that has room or has not."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.port.terminal import Yard
from tests.oracle.box import Box
from tests.oracle.world import SLOTS, World

Process = Generator[simpy.Event, Any, Any]


class QuayWork:
    """Discharge, then load. Cranes and yard are looked at when a lot begins, and not in between."""

    def __init__(self, world: World, number: int, boxes: list[Box]) -> None:
        self._world, self._clock, self._number, self._boxes = world, world.clock, number, boxes
        calls = world.calls
        self._port = world.timeline.at(calls.t_arrived[number])
        self._key = list(self._port.terminals)[calls.terminal[number]]
        self._place = self._port.terminals[self._key]
        self._pool, self._held = world.cranes[self._key], world.held[self._key]
        classes = list(self._port.traffic.vessel_classes.values())
        self._wanted = int(classes[calls.vessel_class[number]].cranes.value)
        self._cranes = 0
        self._crane_hours = self._yard_stop = 0.0

    def work(self) -> Process:
        """From the first crane move to the last; the first crane is waited for, first come first served."""
        mark, load = self._world.call_log.mark, int(self._world.calls.load[self._number])
        self._world.call_log.write(self._number, "yard_stop", 0.0)
        self._world.call_log.write(self._number, "crane_hours", 0.0)
        if not self._direct:
            yield self._pool.get(1)
            self._cranes = 1
        mark(self._number, "t_started")
        boxes = self._boxes
        while boxes:
            lot = self._next_lot(len(boxes))
            yield from self._discharge(boxes[:lot])
            boxes = boxes[lot:]
        mark(self._number, "t_discharged")
        while load > 0:
            lot = self._next_lot(load)
            yield from self._stand(self._after(lot / (self._rate * self._pace)) - self._clock.now)
            load -= lot
        if self._cranes:
            self._pool.put(self._cranes)
        self._world.call_log.write(self._number, "crane_hours", self._crane_hours)
        mark(self._number, "t_worked")

    def _next_lot(self, left: int) -> int:
        """Give a crane to a call that waits with none, or take the free ones; return the moves until the next look."""
        if self._direct:
            return left
        if self._pool.get_queue and self._cranes > 1:
            self._pool.put(1)
            self._cranes -= 1
        free = 0 if self._pool.get_queue else self._pool.level
        more = min(free, self._wanted - self._cranes)
        if more > 0:
            self._pool.get(more)
            self._cranes += more
        return min(left, max(1, round(self._place.cranes.lot.value * self._cranes)))

    def _discharge(self, lot: list[Box]) -> Process:
        """Wait until the yard has room for the whole lot; claim it, and bring the boxes off one after the other."""
        need = {slot: sum(box.teu for box in lot if box.slot == slot) for slot in SLOTS}
        while any(self._held[slot] + need[slot] > getattr(self._yard, slot).teu.value for slot in SLOTS):
            yield from self._stand(self._place.yard.recheck.value)
            self._yard_stop += self._place.yard.recheck.value
            self._world.call_log.write(self._number, "yard_stop", self._yard_stop)
        rate = self._rate * self._pace
        for slot in SLOTS:
            self._held[slot] += need[slot]
        for k, box in enumerate(lot, start=1):
            self._clock.process(box.life(self._after(k / rate)))
        yield from self._stand(self._after(len(lot) / rate) - self._clock.now)

    def _after(self, hours: float) -> float:
        """Return when so many hours of work from now on are done; the quay stands still in bad weather."""
        quay = self._world.openings.quay
        return max(self._clock.now, quay.to_wall_end(quay.to_open(self._clock.now) + hours))

    def _stand(self, hours: float) -> Process:
        """Keep the cranes for so many hours, whether they work or not."""
        self._crane_hours += hours * self._cranes
        yield self._clock.timeout(hours)

    @property
    def _direct(self) -> bool:
        """Whether the port states the hours of berth service outright, whatever the cranes."""
        return self._place.quay.service is not None

    @property
    def _rate(self) -> float:
        """Moves per hour of the whole call, into a yard with room."""
        calls, n, cranes = self._world.calls, self._number, self._place.cranes
        if self._direct:
            return float((calls.discharge[n] + calls.load[n]) / calls.berth_service[n])
        one_crane = calls.crane_rate[n] * cranes.availability.value
        return float(one_crane * self._cranes**cranes.interference.value)

    @property
    def _pace(self) -> float:
        """1, falling in a line from `slow_from` to `slow_to` as the yard fills up."""
        yard = self._yard
        begin, end = yard.slow_from.value, yard.slow_to.value
        fill = sum(self._held.values()) / (yard.dry.teu.value + yard.reefer.teu.value)
        return 1.0 if fill <= begin or begin >= 1 else 1 + (end - 1) * min(1.0, (fill - begin) / (1 - begin))

    @property
    def _yard(self) -> Yard:
        """The yard as it is now, which a reform may have changed since the vessel arrived."""
        return self._world.timeline.at(self._clock.now).terminals[self._key].yard
