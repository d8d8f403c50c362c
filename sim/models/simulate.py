"""One replication: assemble the port, run it to its end, hand over the run log."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy
from simpy.events import NORMAL

from sim.kernel.draws import Draws
from sim.kernel.journal import Journal
from sim.models.alarm import Alarm
from sim.models.barge_call import BargeCall
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.models.fairway import Fairway
from sim.models.landside import Landside
from sim.models.lists import lists
from sim.models.loading import Loading
from sim.models.openings import Openings
from sim.models.run_log import call_table, run_log
from sim.models.vessel_call import VesselCall
from sim.models.world import Berths, World, settle_in
from sim.models.yard import YardLedger
from sim.port.port import Horizon, PortTimeline
from sim.records import Event, RunLog


class CountingEnvironment(simpy.Environment):
    """A SimPy environment that counts what it schedules: the cost of a run."""

    def __init__(self) -> None:
        super().__init__()
        self.scheduled = 0

    def schedule(self, event: simpy.Event, priority: simpy.events.EventPriority = NORMAL, delay: float = 0) -> None:
        """Schedule an event, and count it."""
        self.scheduled += 1
        super().schedule(event, priority, delay)


def simulate(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> RunLog:
    """Run the port over `horizon` and return what happened.

    A pure function: the same arguments give the same log, byte for byte. Milestones after the last hour are NaN.
    """
    draws = Draws(seed, replication)
    env = CountingEnvironment()
    openings = Openings(timeline, horizon, draws)
    calls = draw_calls(timeline, horizon, draws)
    boxes = draw_boxes(timeline, calls, draws)
    world = _world(env, timeline, openings, calls, boxes)
    if timeline.ports[0].traffic.cargo.bookings is not None:
        settle_in(world)
        env.process(lists(world))
    for number, barge in enumerate(calls.barge.tolist()):
        call = BargeCall(world, number) if barge else VesselCall(world, number)
        env.process(call.process())
    env.process(_weather(env, openings, world.journal))
    # the last hour belongs to the run, for vessels as for boxes; SimPy stops just before `until`
    env.run(until=math.nextafter(horizon.total_hours, math.inf))
    world.landside.advance(horizon.total_hours)
    return run_log(world, horizon, env.scheduled)


def _world(env: simpy.Environment, timeline: PortTimeline, openings: Openings, calls: Calls, boxes: Boxes) -> World:
    port = timeline.ports[0]
    terminals = list(port.terminals.values())
    landside = Landside(timeline, openings, boxes)
    marine, table = port.marine, call_table(port, calls, boxes)
    return World(
        env=env,
        timeline=timeline,
        calls=calls,
        boxes=boxes,
        table=table,
        journal=Journal(),
        fairway=Fairway(openings.channel),
        alarm=Alarm(env),
        quay_hours=openings.quay,
        sea=[Berths.of(env, terminal) for terminal in terminals],
        basins=[None if t.basin is None else Berths.of(env, t.basin) for t in terminals],
        yard=YardLedger(timeline, boxes, landside),
        landside=landside,
        loading=Loading(timeline, calls, boxes, table),
        pilots=simpy.Container(env, init=marine.pilots.value) if marine else None,
        tugs=simpy.Container(env, init=marine.tugs.value) if marine else None,
    )


def _weather(env: simpy.Environment, openings: Openings, journal: Journal) -> Generator[simpy.Event, Any, None]:
    """Write the closures into the journal as they come."""
    edges = [
        (t, kind) for window in openings.windows for t, kind in zip(window, (Event.CLOSED, Event.REOPENED), strict=True)
    ]
    for t, kind in sorted(edges):
        yield env.timeout(t - env.now)
        journal.add(env.now, kind, -1)
