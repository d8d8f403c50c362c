"""The loading lists: the declared moments at which the port counts what is ready and lets waiting trucks in."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy
from simpy.events import URGENT

from sim.models.bookings import bookings_of
from sim.models.world import World
from sim.records import Event


class _At(simpy.Event):
    """Comes before everything else of its hour, so that a crane that starts on the hour already reads the new list."""

    def __init__(self, env: simpy.Environment, delay: float) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, priority=URGENT, delay=delay)


def lists(world: World) -> Generator[simpy.Event, Any, None]:
    """Draw up a list at hour 0 and every interval after it.

    The interval is read from the first port of the timeline: it is a rhythm of the terminals that no policy moves.
    """
    interval = bookings_of(world.timeline.ports[0]).list_interval.value
    stopped = [False] * len(world.landside.gates)
    number = 0
    while True:
        now = number * interval
        world.landside.advance(now)
        world.landside.ready.list(now)
        world.loading.listed = now
        for terminal in range(len(stopped)):
            stopped[terminal] = _trucks(world, terminal, now, stopped[terminal])
        number += 1
        yield _At(world.env, number * interval - world.env.now)


def _trucks(world: World, terminal: int, now: float, was_stopped: bool) -> bool:
    """Let the trucks of the next interval in, or keep them out; return whether they are kept out."""
    interval = bookings_of(world.timeline.ports[0]).list_interval.value
    gate = world.landside.gates[terminal]
    stop = world.yard.stops_trucks(terminal, now)
    if stop != was_stopped:
        world.journal.add(now, Event.GATE_STOPPED if stop else Event.GATE_RESUMED, -1, terminal)
    if stop:
        gate.hold(now + interval)
        return True
    rows = gate.let_in(now, now + interval)
    world.yard.admit(terminal, rows)
    world.landside.delivered(rows, world.boxes.table["t_gate_in"][rows])
    return False
