"""One replication: assemble the port, run it to its end, hand over the run log."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.kernel.draws import Draws
from sim.kernel.journal import Journal
from sim.models.alarm import Alarm
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.models.fairway import Fairway
from sim.models.landside import Landside
from sim.models.openings import Openings
from sim.models.quay import CranePool, QuayLine
from sim.models.stations import station_table
from sim.models.vessel_call import VesselCall, World
from sim.models.yard import YardLedger
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.terminal import SLOT_KINDS
from sim.records import BOX_FIELDS, CALL_FIELDS, EVENT_FIELDS, Column, Event, RunLog, empty

SPLITS = {
    "lodge": "t_lodged",
    "review": "t_reviewed",
    "scan": "t_scanned",
    "examine": "t_examined",
    "pickup": "t_truck",
    "gate": "t_gate_in",
}
"""Stage -> the milestone that ends it: before it is reached, nothing is said of the stage's hours."""


class CountingEnvironment(simpy.Environment):
    """A SimPy environment that counts what it schedules: the cost of a run."""

    def __init__(self) -> None:
        super().__init__()
        self.scheduled = 0

    def schedule(self, *args: Any, **kwargs: Any) -> None:
        """Schedule an event, and count it."""
        self.scheduled += 1
        super().schedule(*args, **kwargs)


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
    for number in range(len(calls)):
        env.process(VesselCall(world, number).process())
    env.process(_weather(env, openings, world.journal))
    # the last hour belongs to the run, for vessels as for boxes; SimPy stops just before `until`
    env.run(until=math.nextafter(horizon.total_hours, math.inf))
    world.landside.advance(horizon.total_hours)
    return _log(world, horizon, env.scheduled)


def _world(env: simpy.Environment, timeline: PortTimeline, openings: Openings, calls: Calls, boxes: Boxes) -> World:
    port = timeline.ports[0]
    terminals = list(port.terminals.values())
    landside = Landside(timeline, openings, boxes)
    marine = port.marine
    return World(
        env=env,
        timeline=timeline,
        calls=calls,
        boxes=boxes,
        table=_call_table(port, calls, boxes),
        journal=Journal(),
        fairway=Fairway(openings.channel),
        alarm=Alarm(env),
        quay_hours=openings.quay,
        quays=[QuayLine(env, t.quay.length.value, t.quay.gap.value) for t in terminals],
        cranes=[CranePool(env, int(t.cranes.count.value)) for t in terminals],
        yard=YardLedger(timeline, boxes, landside),
        landside=landside,
        pilots=simpy.Container(env, init=marine.pilots.value) if marine else None,
        tugs=simpy.Container(env, init=marine.tugs.value) if marine else None,
    )


def _call_table(port: Port, calls: Calls, boxes: Boxes) -> dict[str, Column]:
    table = empty(CALL_FIELDS, len(calls))
    classes = list(port.traffic.vessel_classes.values())
    table["call"] = np.arange(len(calls), dtype=np.int32)
    for name in ("service", "terminal", "vessel_class"):
        table[name] = getattr(calls, name).astype(np.int16)
    table["loa"] = np.array([c.loa.value for c in classes])[calls.vessel_class]
    table["beam"] = np.array([c.beam.value for c in classes])[calls.vessel_class]
    table["draft"] = calls.draft
    table["discharge_boxes"] = calls.discharge.astype(np.int32)
    table["load_boxes"] = calls.load.astype(np.int32)
    teu = np.concatenate([[0], np.cumsum(boxes.table["teu"], dtype=np.int64)])
    table["discharge_teu"] = (teu[boxes.start + calls.discharge] - teu[boxes.start]).astype(np.int32)
    table["load_teu"] = calls.load * (1 + port.traffic.cargo.forty_foot_share.value)
    table["crane_hours"] = np.zeros(len(calls))
    table["yard_stop"] = np.zeros(len(calls))
    return table


def _weather(env: simpy.Environment, openings: Openings, journal: Journal) -> Generator[simpy.Event, Any, None]:
    """Write the closures into the journal as they come."""
    edges = [
        (t, kind) for window in openings.windows for t, kind in zip(window, (Event.CLOSED, Event.REOPENED), strict=True)
    ]
    for t, kind in sorted(edges):
        yield env.timeout(t - env.now)
        journal.add(env.now, kind, -1)


def _log(world: World, horizon: Horizon, scheduled: int) -> RunLog:
    port, end = world.timeline.ports[0], horizon.total_hours
    boxes = {f.name: world.boxes.table[f.name] for f in BOX_FIELDS}
    boxes["t_berthed"] = world.table["t_berthed"][boxes["call"]]
    for name, column in boxes.items():
        if name.startswith("t_"):
            column[column > end] = np.nan
    for stage, milestone in SPLITS.items():
        for name in (name for name in boxes if name.startswith(f"{stage}_")):
            boxes[name][np.isnan(boxes[milestone])] = np.nan
    boxes["found"] &= ~np.isnan(boxes["t_examined"])
    boxes["shipside"] &= ~np.isnan(boxes["t_gate_out"])
    events = world.journal.columns()
    names = {
        "service": tuple(port.traffic.services),
        "terminal": tuple(port.terminals),
        "vessel_class": tuple(port.traffic.vessel_classes),
        "trader": tuple(port.customs.traders),
        "goods": tuple(port.traffic.cargo.goods),
    }
    stations, station_names = station_table(world.landside, boxes, end, names["terminal"])
    return RunLog(
        events={f.name: events[f.name].astype(f.dtype) for f in EVENT_FIELDS},
        calls={f.name: world.table[f.name] for f in CALL_FIELDS},
        boxes=boxes,
        stations=stations,
        names=names | {"station": station_names},
        window=horizon.window,
        end=end,
        yard={
            f"{key}.{kind}": getattr(t.yard, kind).teu.value for key, t in port.terminals.items() for kind in SLOT_KINDS
        },
        quay={key: (t.quay.length.value, t.quay.gap.value) for key, t in port.terminals.items()},
        counts={"simpy_events": scheduled, "boxes": len(boxes["box"]), "calls": len(world.calls)},
    )
