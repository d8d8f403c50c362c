"""The work on one call: cranes from the pool, lot by lot, into and out of a yard that has room or has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from sim.port.terminal import Basin, Terminal
from tests.oracle.box import Box
from tests.oracle.log import Process
from tests.oracle.world import World

Move = TypeVar("Move")


class QuayWork:
    """Discharge, then load. Cranes and yard are looked at when a lot begins, and not in between.

    place: where the call lies. wanted: cranes that she can use.
    """

    def __init__(self, world: World, number: int, place: Terminal | Basin, wanted: float) -> None:
        self._world, self._clock, self._number, self._place = world, world.clock, number, place
        self._key = world.keys[world.calls.terminal[number]]
        self._wanted, self._yard = int(wanted), world.yards[self._key]
        self._pool = (world.sea if isinstance(place, Terminal) else world.basins)[self._key].cranes
        self._cranes = 0
        self._crane_hours = self._yard_stop = 0.0

    def work(self, off: list[Box], list_of_loads: Callable[[], list[Box]] | None) -> Process:
        """From the first crane move to the last; the first crane is waited for, first come first served.

        The list of loads is asked for when the last box is off; where there is none, loads are moves and nothing more.
        """
        log, n, nominal = self._world.call_log, self._number, int(self._world.calls.load[self._number])
        for name, value in {"yard_stop": 0.0, "crane_hours": 0.0}.items():
            log.write(n, name, value)
        if not self._direct:
            yield self._pool.get(1)
            self._cranes = 1
        log.mark(n, "t_started")
        for lot in self._lots(off):
            yield from self._discharge(lot, self._rate(len(off) + nominal))
        log.mark(n, "t_discharged")
        on = range(nominal) if list_of_loads is None else list_of_loads()
        for lot in self._lots(on):
            yield from self._load(lot, self._rate(len(off) + len(on)) * self._yard.pace)
        if self._cranes:
            self._pool.put(self._cranes)
        log.write(n, "crane_hours", self._crane_hours)
        log.mark(n, "t_worked")

    def _lots(self, moves: list[Move]) -> Iterator[list[Move]]:
        """Cut the work into lots; before each, give a crane to a call that waits with none, or take the free ones."""
        while moves:
            lot = len(moves) if self._direct else self._next_lot()
            yield moves[:lot]
            moves = moves[lot:]

    def _next_lot(self) -> int:
        """Return the moves until the next look."""
        if self._pool.get_queue and self._cranes > 1:
            self._pool.put(1)
            self._cranes -= 1
        free = 0 if self._pool.get_queue else self._pool.level
        more = min(free, self._wanted - self._cranes)
        if more > 0:
            self._pool.get(more)
            self._cranes += more
        return max(1, round(self._place.cranes.lot.value * self._cranes))

    def _discharge(self, lot: list[Box], rate: float) -> Process:
        """Wait until the yard has room for the whole lot; claim it, and bring the boxes off one after the other."""
        while not self._yard.has_room(lot):
            yield from self._stand(self._clock.now + self._recheck)
            self._yard_stop += self._recheck
            self._world.call_log.write(self._number, "yard_stop", self._yard_stop)
        rate *= self._yard.pace
        self._yard.claim(lot)
        for k, box in enumerate(lot, start=1):
            self._clock.process(box.life(self._after(k / rate)))
        yield from self._stand(self._after(len(lot) / rate))

    def _load(self, lot: list[Box] | range, rate: float) -> Process:
        """Take the boxes aboard one after the other."""
        for k, box in enumerate(lot, start=1):
            if isinstance(box, Box):
                box.taken.succeed((self._number, self._after(k / rate)))
        yield from self._stand(self._after(len(lot) / rate))

    def _after(self, hours: float) -> float:
        """Return when so many hours of work from now on are done; the quay stands still in bad weather."""
        quay = self._world.openings.quay
        return max(self._clock.now, quay.to_wall_end(quay.to_open(self._clock.now) + hours))

    def _stand(self, until: float) -> Process:
        """Keep the cranes until then, whether they work or not."""
        self._crane_hours += (until - self._clock.now) * self._cranes
        yield self._clock.at(until)

    @property
    def _recheck(self) -> float:
        port = self._world.timeline.at(self._world.calls.t_arrived[self._number])
        return float(port.terminals[self._key].yard.recheck.value)

    @property
    def _direct(self) -> bool:
        """Whether the port states the hours of berth service outright, whatever the cranes."""
        return self._place.quay.service is not None

    def _rate(self, moves: int) -> float:
        """Moves per hour of the whole call, which makes so many in all, into a yard with room."""
        calls, n, cranes = self._world.calls, self._number, self._place.cranes
        if self._direct:
            return float(moves / calls.berth_service[n])
        one_crane = calls.crane_rate[n] * cranes.availability.value
        return float(one_crane * self._cranes**cranes.interference.value)
