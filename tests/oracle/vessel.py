"""One process per vessel call: anchorage, berth, channel, work at the quay, and out again."""

from __future__ import annotations

from functools import partial

import simpy

from tests.oracle.box import Box
from tests.oracle.log import Process
from tests.oracle.quay_work import QuayWork
from tests.oracle.waterway import Ship
from tests.oracle.world import World


class Vessel:
    """A vessel with the boxes that she brings, in working order. Her port is the one in force when she arrives."""

    def __init__(self, world: World, number: int, boxes: list[Box]) -> None:
        self._world, self._clock, self._number, self._boxes = world, world.clock, number, boxes
        calls = world.calls
        self._arrival = calls.t_arrived[number].item()
        self._port = world.timeline.at(self._arrival)
        self._key = world.keys[calls.terminal[number]]
        self._terminal = self._port.terminals[self._key]
        self._class = list(self._port.traffic.vessel_classes.values())[calls.vessel_class[number]]
        speed, draft = calls.transit_speed[number].item(), calls.draft[number].item()
        self._ship = Ship(self._port, speed, self._class.beam.value, draft)

    def life(self) -> Process:
        """From the anchorage to the sea."""
        yield self._clock.at(self._arrival)
        self._mark("t_arrived")
        quay = self._world.sea[self._key].quay
        place = yield quay.request(self._class.loa.value, self._class.priority == "mainline")
        self._mark("t_assigned")
        self._world.call_log.write(self._number, "position", place)
        yield from self._come_in()
        self._mark("t_berthed")
        for box in self._boxes:
            box.diary.mark("t_berthed")
        carriers = self._world.carriers
        booked = self._world.first.traffic.cargo.bookings is not None
        work = QuayWork(self._world, self._number, self._terminal, self._class.cranes.value)
        yield from work.work(self._boxes, partial(carriers.vessel_takes, self._number) if booked else None)
        yield from self._cast_off()
        self._mark("t_unberthed")
        quay.leave(place)
        yield self._clock.timeout(self._ship.transit)
        yield from self._give(self._world.pilots, self._class.pilots.value)
        self._mark("t_departed")

    def _come_in(self) -> Process:
        """When weather and tide let her in: pilots first, then the channel, then tugs at its end."""
        yield from self._await_window(ahead=0.0)
        yield from self._take(self._world.pilots, self._class.pilots.value)
        self._mark("t_piloted")
        yield from self._enter_channel(inbound=True, ahead=0.0)
        self._mark("t_entered")
        yield self._clock.timeout(self._ship.transit)
        yield from self._take(self._world.tugs, self._class.tugs.value)
        yield self._clock.timeout(self._terminal.quay.berthing.value)
        yield from self._give(self._world.tugs, self._class.tugs.value)
        yield from self._give(self._world.pilots, self._class.pilots.value)

    def _cast_off(self) -> Process:
        """The same outbound, with pilots and tugs on board before she books: unberthed, she is in the channel."""
        unberthing = self._terminal.quay.unberthing.value
        yield from self._await_window(ahead=unberthing)
        yield from self._take(self._world.pilots, self._class.pilots.value)
        yield from self._take(self._world.tugs, self._class.tugs.value)
        yield from self._enter_channel(inbound=False, ahead=unberthing)
        yield self._clock.timeout(unberthing)
        yield from self._give(self._world.tugs, self._class.tugs.value)

    def _await_window(self, ahead: float) -> Process:
        """Wait until weather and tide let her into the channel `ahead` hours from then, whatever the traffic."""
        if self._port.channel is not None:
            entry = self._world.channel.window(self._ship, self._clock.now + ahead)
            yield self._clock.at(max(self._clock.now, entry - ahead))

    def _enter_channel(self, inbound: bool, ahead: float) -> Process:
        """Book an entry at least `ahead` hours from now, and wait until just that long before it."""
        if self._port.channel is not None:
            entry = self._world.channel.book(self._ship, inbound, self._clock.now + ahead)
            yield self._clock.at(max(self._clock.now, entry - ahead))

    def _take(self, pool: simpy.Container | None, number: float) -> Process:
        if pool is not None:
            yield pool.get(number)

    def _give(self, pool: simpy.Container | None, number: float) -> Process:
        if pool is not None:
            yield pool.put(number)

    def _mark(self, milestone: str) -> None:
        self._world.call_log.mark(self._number, milestone)
