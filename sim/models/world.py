"""What a call meets in the port."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import simpy

from sim.kernel.clock import OpenHours
from sim.kernel.journal import Journal
from sim.models.alarm import Alarm
from sim.models.boxes import Boxes
from sim.models.calls import Calls
from sim.models.fairway import Fairway
from sim.models.landside import Landside
from sim.models.loading import Loading
from sim.models.quay import CranePool, QuayLine
from sim.models.yard import YardLedger
from sim.port.port import PortTimeline
from sim.port.terminal import Basin, Terminal
from sim.records import Column, Mode


@dataclass(frozen=True)
class Berths:
    """A quay and the cranes that work along it."""

    quay: QuayLine
    cranes: CranePool

    @staticmethod
    def of(env: simpy.Environment, place: Terminal | Basin) -> Berths:
        """Return the empty quay of a terminal or a basin."""
        quay = QuayLine(env, place.quay.length.value, place.quay.gap.value)
        return Berths(quay, CranePool(env, int(place.cranes.count.value)))


@dataclass(frozen=True)
class World:
    """What a call meets in the port; one entry a terminal in `sea` and `basins`. table: the calls."""

    env: simpy.Environment
    timeline: PortTimeline
    calls: Calls
    boxes: Boxes
    table: dict[str, Column]
    journal: Journal
    fairway: Fairway
    alarm: Alarm
    quay_hours: OpenHours
    sea: list[Berths]
    basins: list[Berths | None]
    yard: YardLedger
    landside: Landside
    loading: Loading
    pilots: simpy.Container | None
    tugs: simpy.Container | None


def settle_in(world: World) -> None:
    """Put the booked boxes that were to come before hour 0 into the port: they are there when the run begins."""
    boxes, table = world.boxes, world.boxes.table
    early = np.flatnonzero((boxes.planned < 0) & ~table["direct"][boxes.discharged :])
    rows, came = boxes.discharged + early, boxes.planned[early]
    by_truck = table["by_in"][rows] == Mode.ROAD
    for milestone in ("t_truck", "t_gate_in"):
        table[milestone][rows[by_truck]] = came[by_truck]
    table["t_discharged"][rows[~by_truck]] = came[~by_truck]
    world.landside.delivered(rows, came)
    for terminal in range(len(world.sea)):
        world.yard.admit(terminal, rows[table["terminal"][rows] == terminal])
