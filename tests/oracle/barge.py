"""One process per barge call: a berth in the basin, the work of its cranes, and away up the river."""

from __future__ import annotations

from functools import partial

from tests.oracle.log import Process
from tests.oracle.quay_work import QuayWork
from tests.oracle.world import World


class Barge:
    """A barge. No channel, tide, pilot or tug holds her, and all barges are served first come, first served."""

    def __init__(self, world: World, number: int) -> None:
        self._world, self._clock, self._number = world, world.clock, number
        calls = world.calls
        self._arrival = calls.t_arrived[number].item()
        port = world.timeline.at(self._arrival)
        key = world.keys[calls.terminal[number]]
        self._basin, self._quay = port.terminals[key].basin, world.basins[key].quay
        self._class = list(port.traffic.vessel_classes.values())[calls.vessel_class[number]]

    def life(self) -> Process:
        """From the river to the river."""
        yield self._clock.at(self._arrival)
        brought = self._world.carriers.barge_brings(self._number)
        self._write("discharge_boxes", len(brought))
        self._write("discharge_teu", sum(box.teu for box in brought))
        self._mark("t_arrived")
        place = yield self._quay.request(self._class.loa.value, mainline=False)
        self._mark("t_assigned", "t_piloted", "t_entered")
        self._write("position", place)
        yield self._clock.timeout(self._basin.quay.berthing.value)
        self._mark("t_berthed")
        work = QuayWork(self._world, self._number, self._basin, self._class.cranes.value)
        yield from work.work(brought, partial(self._world.carriers.barge_takes, self._number))
        yield self._clock.timeout(self._basin.quay.unberthing.value)
        self._quay.leave(place)
        self._mark("t_unberthed", "t_departed")

    def _mark(self, *milestones: str) -> None:
        self._world.call_log.mark(self._number, *milestones)

    def _write(self, name: str, value: float) -> None:
        self._world.call_log.write(self._number, name, value)
