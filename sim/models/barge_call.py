"""One barge call as a SimPy process: a berth in the basin, the work of its crane, and away up the river."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.models.quay_work import QuayWork
from sim.models.world import World
from sim.port.terminal import Basin
from sim.records import Event

Process = Generator[simpy.Event, Any, None]
ORDINARY = 1
"""Barges are served first come, first served."""


class BargeCall:
    """The life of one barge call; `process` is the SimPy process. No channel, tide, pilot or tug holds a barge."""

    def __init__(self, world: World, number: int) -> None:
        self._world, self._number = world, number
        port = world.timeline.at(float(world.calls.t_arrived[number]))
        basin = list(port.terminals.values())[int(world.calls.terminal[number])].basin
        if basin is None:
            raise TypeError("a barge calls where there is no basin")
        self._basin: Basin = basin
        self._barge = list(port.traffic.vessel_classes.values())[int(world.calls.vessel_class[number])]
        self._work = QuayWork(world, number, basin, int(self._barge.cranes.value))

    def process(self) -> Process:
        """Carry the call from its arrival to its departure."""
        world, n = self._world, self._number
        yield world.env.timeout(float(world.calls.t_arrived[n]))
        self._stamp(("t_arrived",), Event.CALL_ARRIVED)
        position = yield self._work.quay.request(self._barge.loa.value, ORDINARY)
        self._stamp(("t_assigned", "t_piloted", "t_entered"), Event.BERTH_ASSIGNED, position)
        world.table["position"][n] = position
        yield world.env.timeout(self._basin.quay.berthing.value)
        self._stamp(("t_berthed",), Event.BERTHED, position)
        yield from self._work.process()
        yield world.env.timeout(self._basin.quay.unberthing.value)
        self._work.quay.release(position)
        self._stamp(("t_unberthed", "t_departed"), Event.UNBERTHED, position)

    def _stamp(self, milestones: tuple[str, ...], kind: Event, value: float = 0.0) -> None:
        for milestone in milestones:
            self._world.table[milestone][self._number] = self._world.env.now
        self._world.journal.add(self._world.env.now, kind, self._number, value)
