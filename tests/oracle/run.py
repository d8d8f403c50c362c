"""The whole port as a plain SimPy model, one process per box and per carrier: what sim.models must equal.

Read `vessel`, `barge` and `quay_work` for the ships; `box` and `booked` for the journeys of the boxes, with `clearance`
and `rail`; `carriers` for who goes with whom; `waterway`, `yard` and `desk` for what they wait for; `world` for the
port. It shares with sim/ the values of the port, the draws, the hours and flags that are drawn, and the calendars.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nextafter

from sim.port.port import Horizon, PortTimeline
from sim.records import Event
from tests.oracle.barge import Barge
from tests.oracle.booked import Booked
from tests.oracle.box import Discharged
from tests.oracle.log import Columns
from tests.oracle.vessel import Vessel
from tests.oracle.world import World


@dataclass(frozen=True)
class Truth:
    """What became of every call, box and train: column -> numbers, NaN where not reached by the end.

    rail: of all boxes. stops: (hour, kind, terminal) of trucks stopped at the gate, and let in again.
    """

    calls: Columns
    boxes: Columns
    rail: Columns
    trains: Columns
    stops: list[tuple[float, Event, int]]


def oracle(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> Truth:
    """Run the port box by box. Hours up to and including the last are kept."""
    world = World(timeline, horizon, seed, replication)
    clock, calls, discharged = world.clock, world.calls, world.boxes.discharged
    rows = len(world.boxes.table["box"])
    world.box = [Discharged(world, row) if row < discharged else Booked(world, row) for row in range(rows)]
    for box in world.box:
        box.start()
    for number, first in enumerate(world.boxes.start.tolist()):
        brought = world.box[first : first + int(calls.discharge[number])]
        call = Barge(world, number) if calls.barge[number] else Vessel(world, number, brought)
        clock.process(call.life())
    if world.first.traffic.cargo.bookings is not None:
        clock.process(world.carriers.lists())
    for number in range(world.station.trains):
        clock.process(world.station.train(number))
    clock.run(until=clock.at(nextafter(world.end, inf)))
    for box in world.box:
        box.diary.write("rolled", box.missed)
    stops = [(t, kind, k) for k, gate in enumerate(world.carriers.outside.values()) for t, kind in gate.log]
    logs = world.call_log, world.box_log, world.station.box_log, world.station.train_log
    return Truth(*(log.columns for log in logs), stops=sorted(stops))
