"""One vessel call as a SimPy process: anchorage, berth, channel, quay work, departure."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.models.fairway import Direction, Passage, transit_hours
from sim.models.quay_work import QuayWork
from sim.models.world import World
from sim.port.port import Port
from sim.port.terminal import Terminal
from sim.port.traffic import VesselClass
from sim.records import Event

Process = Generator[simpy.Event, Any, None]


class VesselCall:
    """The life of one call; `process` is the SimPy process."""

    def __init__(self, world: World, number: int) -> None:
        self._world, self._number = world, number
        self._terminal = int(world.calls.terminal[number])
        port = world.timeline.at(float(world.calls.t_arrived[number]))
        self._port: Port = port
        self._place: Terminal = list(port.terminals.values())[self._terminal]
        classes = list(port.traffic.vessel_classes.values())
        self._vessel: VesselClass = classes[int(world.calls.vessel_class[number])]
        self._work = QuayWork(world, number, self._place, int(self._vessel.cranes.value))
        self._position = 0.0

    def process(self) -> Process:
        """Carry the call from the anchorage to the sea."""
        world, vessel = self._world, self._vessel
        yield world.env.timeout(float(world.calls.t_arrived[self._number]))
        self._stamp("t_arrived", Event.CALL_ARRIVED)
        priority = 0 if vessel.priority == "mainline" else 1
        self._position = yield self._work.quay.request(vessel.loa.value, priority)
        self._stamp("t_assigned", Event.BERTH_ASSIGNED, self._position)
        world.table["position"][self._number] = self._position
        yield from self._come_in()
        yield from self._work.process()
        yield from self._go_out()

    def _stamp(self, milestone: str, kind: Event, value: float = 0.0) -> None:
        self._world.table[milestone][self._number] = self._world.env.now
        self._world.journal.add(self._world.env.now, kind, self._number, value)

    def _passage(self, direction: Direction) -> Passage:
        calls, channel = self._world.calls, self._port.channel
        speed = float(calls.transit_speed[self._number])
        transit = transit_hours(channel, speed) if channel else 0.0
        return Passage(direction, transit, self._vessel.beam.value, float(calls.draft[self._number]))

    def _come_in(self) -> Process:
        """Wait for tide and weather, pilots and the channel; then go in and make fast with tugs."""
        env = self._world.env
        passage = self._passage(Direction.INBOUND)
        yield from self._await_window(passage, 0.0)
        yield from self._take(self._world.pilots, self._vessel.pilots.value)
        self._world.table["t_piloted"][self._number] = env.now
        yield from self._enter(passage, 0.0)
        self._stamp("t_entered", Event.CHANNEL_ENTERED)
        yield env.timeout(passage.transit)
        yield from self._take(self._world.tugs, self._vessel.tugs.value)
        yield env.timeout(self._place.quay.berthing.value)
        yield from self._release(self._world.tugs, self._vessel.tugs.value)
        yield from self._release(self._world.pilots, self._vessel.pilots.value)
        self._stamp("t_berthed", Event.BERTHED, self._position)

    def _go_out(self) -> Process:
        """Wait for tide and weather at the berth, take pilots and tugs, unberth into a booked entry, go to sea."""
        env, unberthing = self._world.env, self._place.quay.unberthing.value
        passage = self._passage(Direction.OUTBOUND)
        yield from self._await_window(passage, unberthing)
        yield from self._take(self._world.pilots, self._vessel.pilots.value)
        yield from self._take(self._world.tugs, self._vessel.tugs.value)
        yield from self._enter(passage, unberthing)
        yield env.timeout(unberthing)
        yield from self._release(self._world.tugs, self._vessel.tugs.value)
        self._stamp("t_unberthed", Event.UNBERTHED, self._position)
        self._work.quay.release(self._position)
        yield env.timeout(passage.transit)
        yield from self._release(self._world.pilots, self._vessel.pilots.value)
        self._stamp("t_departed", Event.DEPARTED)

    def _await_window(self, passage: Passage, ahead: float) -> Process:
        channel = self._port.channel
        if channel is not None:
            ready = self._world.env.now + ahead
            yield self._world.alarm.at(self._world.fairway.window(channel, passage, ready) - ahead)

    def _enter(self, passage: Passage, ahead: float) -> Process:
        """Book an entry at least `ahead` hours away and wait until just that much before it."""
        env, channel = self._world.env, self._port.channel
        if channel is not None:
            self._world.fairway.forget(env.now, channel)
            yield self._world.alarm.at(self._world.fairway.book(channel, passage, env.now + ahead) - ahead)

    def _take(self, pool: simpy.Container | None, number: float) -> Process:
        if pool is not None:
            yield pool.get(number)

    def _release(self, pool: simpy.Container | None, number: float) -> Process:
        if pool is not None:
            yield pool.put(number)
