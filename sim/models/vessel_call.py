"""One vessel call as a SimPy process: anchorage, berth, channel, quay work, departure."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from sim.kernel.clock import OpenHours
from sim.kernel.journal import Journal
from sim.models.alarm import Alarm
from sim.models.boxes import Boxes
from sim.models.calls import Calls
from sim.models.fairway import Direction, Fairway, Passage, transit_hours
from sim.models.landside import Landside
from sim.models.quay import CranePool, QuayLine
from sim.models.yard import YardLedger
from sim.port.port import Port, PortTimeline
from sim.port.terminal import Terminal
from sim.port.traffic import VesselClass
from sim.records import Column, Event

Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True)
class World:
    """What a call meets in the port; one entry a terminal in `quays` and `cranes`."""

    env: simpy.Environment
    timeline: PortTimeline
    calls: Calls
    boxes: Boxes
    table: dict[str, Column]
    journal: Journal
    fairway: Fairway
    alarm: Alarm
    quay_hours: OpenHours
    quays: list[QuayLine]
    cranes: list[CranePool]
    yard: YardLedger
    landside: Landside
    pilots: simpy.Container | None
    tugs: simpy.Container | None


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
        self._position = 0.0
        self._cranes = 0
        self._crane_hours = 0.0
        self._done = 0

    def process(self) -> Process:
        """Carry the call from the anchorage to the sea."""
        world, vessel = self._world, self._vessel
        yield world.env.timeout(float(world.calls.t_arrived[self._number]))
        self._stamp("t_arrived", Event.CALL_ARRIVED)
        priority = 0 if vessel.priority == "mainline" else 1
        self._position = yield world.quays[self._terminal].request(vessel.loa.value, priority)
        self._stamp("t_assigned", Event.BERTH_ASSIGNED, self._position)
        world.table["position"][self._number] = self._position
        yield from self._come_in()
        yield from self._work()
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
        self._world.quays[self._terminal].release(self._position)
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

    def _work(self) -> Process:
        """Discharge, then load, lot by lot."""
        world, calls, n = self._world, self._world.calls, self._number
        direct = self._place.quay.service is not None
        if not direct:
            yield world.cranes[self._terminal].first()
            self._cranes = 1
        self._stamp("t_started", Event.WORK_STARTED)
        boxes, first = int(calls.discharge[n]), int(world.boxes.start[n])
        while self._done < boxes:
            lot = boxes - self._done if direct else self._lot(boxes - self._done)
            yield from self._discharge(first + self._done, first + self._done + lot)
            self._done += lot
        self._stamp("t_discharged", Event.DISCHARGE_ENDED)
        left = int(calls.load[n])
        while left > 0:
            lot = left if direct else self._lot(left)
            rate = self._rate() * world.yard.speed(self._terminal, world.env.now)
            yield from self._move(lot, rate)
            left -= lot
        world.cranes[self._terminal].give(self._cranes)
        world.table["crane_hours"][n] = self._crane_hours
        self._stamp("t_worked", Event.WORK_ENDED, self._crane_hours)

    def _lot(self, left: int) -> int:
        """Settle the cranes for the next lot and return its number of moves."""
        pool = self._world.cranes[self._terminal]
        if pool.wanted and self._cranes > 1:
            self._cranes -= 1
            pool.give(1)
        self._cranes += pool.more(int(self._vessel.cranes.value) - self._cranes)
        return min(left, max(1, round(self._place.cranes.lot.value * self._cranes)))

    def _rate(self) -> float:
        """Return the moves per hour of the whole call."""
        calls, cranes = self._world.calls, self._place.cranes
        if self._place.quay.service is not None:
            moves = calls.discharge[self._number] + calls.load[self._number]
            return float(moves / calls.berth_service[self._number])
        pace = float(calls.crane_rate[self._number]) * cranes.availability.value
        return float(self._cranes**cranes.interference.value * pace)

    def _discharge(self, first: int, last: int) -> Process:
        """Discharge one lot as soon as the yard has room for it."""
        world, n = self._world, self._number
        factor = world.yard.room(self._terminal, first, last, world.env.now)
        while factor is None:
            world.journal.add(world.env.now, Event.YARD_FULL, n, last - first)
            pause = self._place.yard.recheck.value
            yield world.env.timeout(pause)
            world.table["yard_stop"][n] += pause
            self._crane_hours += pause * self._cranes
            factor = world.yard.room(self._terminal, first, last, world.env.now)
        rate = self._rate() * factor
        hours, now = world.quay_hours, world.env.now
        moves = np.arange(1, last - first + 1) / rate
        off = hours.to_wall_end(hours.to_open(now) + moves)
        world.boxes.table["t_discharged"][first:last] = np.maximum(off, now)
        world.landside.discharged(first, last)
        world.journal.add(now, Event.LOT_DISCHARGED, n, last - first)
        yield from self._move(last - first, rate)

    def _move(self, moves: int, rate: float) -> Process:
        """Let the cranes make `moves` at `rate` [moves/h], standing still while the quay is closed."""
        env, hours = self._world.env, self._world.quay_hours
        end = hours.to_wall_end(hours.to_open(env.now) + moves / rate)
        self._crane_hours += max(0.0, end - env.now) * self._cranes
        yield env.timeout(max(0.0, end - env.now))
