"""The work of cranes on one call, at the sea quay or in the basin: discharge, then load, lot by lot."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.models.quay import QuayLine
from sim.models.world import Berths, World
from sim.port.terminal import Basin, Terminal
from sim.records import Event

Process = Generator[simpy.Event, Any, None]
Rows = NDArray[np.intp]


class QuayWork:
    """Cranes on one call. most: how many the vessel wants."""

    def __init__(self, world: World, number: int, place: Terminal | Basin, most: int) -> None:
        self._world, self._number, self._place, self._most = world, number, place, most
        self._terminal = int(world.calls.terminal[number])
        berths = world.sea[self._terminal] if isinstance(place, Terminal) else world.basins[self._terminal]
        if berths is None:
            raise TypeError("a barge calls where there is no basin")
        self._berths: Berths = berths
        self._cranes = 0
        self._crane_hours = 0.0
        self._lot_moves = place.cranes.lot.value
        self._pace = float(world.calls.crane_rate[number]) * place.cranes.availability.value

    @property
    def quay(self) -> QuayLine:
        """The quay along which the call lies."""
        return self._berths.quay

    def process(self) -> Process:
        """Discharge, then load, lot by lot."""
        world, n, pool = self._world, self._number, self._berths.cranes
        direct = self._place.quay.service is not None
        if not direct:
            yield pool.first()
            self._cranes = 1
        self._stamp("t_started", Event.WORK_STARTED)
        off = self._off()
        moves = len(off) + int(world.calls.load[n])
        for rows in self._lots(off, direct):
            yield from self._discharge(rows, moves)
        self._stamp("t_discharged", Event.DISCHARGE_ENDED)
        on = self._on()
        if on is None:
            yield from self._count_loads(int(world.calls.load[n]), moves, direct)
        else:
            moves = len(off) + len(on)
            for rows in self._lots(on, direct):
                yield from self._load(rows, moves)
        pool.give(self._cranes)
        world.table["crane_hours"][n] = self._crane_hours
        self._stamp("t_worked", Event.WORK_ENDED, self._crane_hours)

    def _stamp(self, milestone: str, kind: Event, value: float = 0.0) -> None:
        self._world.table[milestone][self._number] = self._world.env.now
        self._world.journal.add(self._world.env.now, kind, self._number, value)

    def _off(self) -> Rows:
        """Return the boxes that the call brings, in working order."""
        world, n = self._world, self._number
        if world.calls.barge[n]:
            return world.boxes.brought.get(n, np.empty(0, dtype=np.intp))
        first = int(world.boxes.start[n])
        return np.arange(first, first + int(world.calls.discharge[n]))

    def _on(self) -> Rows | None:
        """Return the boxes that the call takes; None where loads are counts only."""
        world, n = self._world, self._number
        if world.calls.barge[n]:
            return world.loading.barge(n, world.landside.ready)
        if world.timeline.ports[0].traffic.cargo.bookings is None:
            return None
        return world.loading.vessel(n, world.landside.ready)

    def _lots(self, rows: Rows, direct: bool) -> Generator[Rows, None, None]:
        done = 0
        while done < len(rows):
            lot = len(rows) if direct else self._lot(len(rows) - done)
            yield rows[done : done + lot]
            done += lot

    def _lot(self, left: int) -> int:
        """Settle the cranes for the next lot and return its number of moves."""
        pool = self._berths.cranes
        if pool.wanted and self._cranes > 1:
            self._cranes -= 1
            pool.give(1)
        self._cranes += pool.more(self._most - self._cranes)
        return min(left, max(1, round(self._lot_moves * self._cranes)))

    def _rate(self, moves: int) -> float:
        """Return the moves per hour of the whole call, which makes `moves` in all."""
        if self._place.quay.service is not None:
            return float(moves / self._world.calls.berth_service[self._number])
        return float(self._cranes**self._place.cranes.interference.value * self._pace)

    def _discharge(self, rows: Rows, moves: int) -> Process:
        """Discharge one lot as soon as the yard has room for it."""
        world, n = self._world, self._number
        factor = world.yard.room(self._terminal, rows, world.env.now)
        while factor is None:
            world.journal.add(world.env.now, Event.YARD_FULL, n, len(rows))
            pause = self._yard_recheck()
            yield world.env.timeout(pause)
            world.table["yard_stop"][n] += pause
            self._crane_hours += pause * self._cranes
            factor = world.yard.room(self._terminal, rows, world.env.now)
        world.journal.add(world.env.now, Event.LOT_DISCHARGED, n, len(rows))
        end = self._work("t_discharged", rows, self._rate(moves) * factor)
        world.landside.discharged(rows)
        yield world.env.timeout(end)

    def _yard_recheck(self) -> float:
        timeline = self._world.timeline
        place = list(timeline.at(float(self._world.calls.t_arrived[self._number])).terminals.values())[self._terminal]
        return place.yard.recheck.value

    def _load(self, rows: Rows, moves: int) -> Process:
        """Load one lot; its boxes leave the yard one by one."""
        world = self._world
        rate = self._rate(moves) * world.yard.speed(self._terminal, world.env.now)
        world.journal.add(world.env.now, Event.LOT_LOADED, self._number, len(rows))
        end = self._work("t_loaded", rows, rate)
        world.landside.loaded(rows)
        yield world.env.timeout(end)

    def _work(self, milestone: str, rows: Rows, rate: float) -> float:
        """Set the times at which the boxes of a lot are moved at `rate` [moves/h]; return the hours that it takes.

        The cranes stand still while the quay is closed.
        """
        hours, now = self._world.quay_hours, self._world.env.now
        moved = np.maximum(hours.after_work(now, np.arange(1, len(rows) + 1) / rate), now)
        self._world.boxes.table[milestone][rows] = moved
        spent = float(moved[-1]) - now
        self._crane_hours += spent * self._cranes
        return spent

    def _count_loads(self, left: int, moves: int, direct: bool) -> Process:
        """Make the moves of a load that is a count only."""
        world = self._world
        while left > 0:
            lot = left if direct else self._lot(left)
            rate = self._rate(moves) * world.yard.speed(self._terminal, world.env.now)
            hours, now = world.quay_hours, world.env.now
            spent = max(0.0, hours.to_wall_end(hours.to_open(now) + lot / rate) - now)
            self._crane_hours += spent * self._cranes
            yield world.env.timeout(spent)
            left -= lot
